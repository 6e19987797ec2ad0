package org.loopcert.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.loopcert.certificate.Conclusions;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.certificate.Measured;
import org.loopcert.kernel.Verdict;

/**
 * A run of {@code check}. With plain options it needs neither the parser of the command line nor a library for JSON, and
 * none of them is loaded.
 */
final class CheckRun {
    /** Bytes of earlier files from which on memory is given back before the next one. */
    private static final long LEFT_BEHIND = 48L << 20;

    private static final String MANIFEST = "manifest.json";

    private final Session session;
    private final CheckOptions options;

    CheckRun(Session session, CheckOptions options) {
        this.session = session;
        this.options = options;
    }

    /** Checks every file; the exit code. */
    int run() throws IOException, Failure {
        List<Path> files = files();
        Optional<Expectations> expectations = options.expectations();
        boolean single =
                files.size() == 1 && files.get(0).equals(options.certificates().get(0)) && expectations.isEmpty();
        CheckedJson json = options.json() ? new CheckedJson() : null;
        CertificateCheck check = new CertificateCheck(session, options);
        int worst = ExitCode.ACCEPTED;
        int done = 0;
        try (Progress progress = Progress.of(session, "checking", files.size(), options.quiet())) {
            for (Path file : files) {
                Checked checked = expectations.isPresent()
                        ? expectations.get().check(file, options, session)
                        : check.of(file, file, options.own());
                Optional<Boolean> asExpected = expectations.isPresent()
                        ? Optional.of(expectations.get().met(checked, session))
                        : Optional.empty();
                if (json == null) { // else a run that is stopped shows none of it
                    session.earned(
                            asExpected.isEmpty()
                                    ? checked.code()
                                    : asExpected.get() ? ExitCode.ACCEPTED : ExitCode.REJECTED);
                }
                worst = ExitCode.worse(worst, checked.code());
                done++;
                if (json != null) { // else nothing is kept, so that thousands of files take no more memory than one
                    json.add(checked, asExpected);
                } else if (!options.quiet()) {
                    if (options.conclusions()) {
                        conclude(checked);
                    } else {
                        show(checked, single);
                    }
                    if (session.out().checkError()) {
                        throw Failure.unusable("cannot write to standard output", null);
                    }
                }
                progress.stepTo(done);
                collect();
            }
        }
        session.delivery().begin();
        if (json != null) {
            json.print(session, single);
        }
        if (expectations.isPresent()) {
            return expectation(expectations.get().unexpected(session), files.size(), worst);
        }
        if (!single && !options.json() && !options.quiet() && !options.conclusions()) {
            session.out().println(counted(files.size()));
        }
        return worst;
    }

    /** Otherwise a Java machine with a large heap keeps what hundreds of files left behind. */
    private static void collect() {
        Runtime machine = Runtime.getRuntime();
        if (machine.totalMemory() - machine.freeMemory() > LEFT_BEHIND) {
            System.gc();
        }
    }

    private int expectation(int unexpected, int count, int worst) {
        if (!options.json() && !options.quiet()) {
            session.out().println(counted(count) + ", " + unexpected + " not as expected");
        }
        if (worst == ExitCode.FAULT) {
            return ExitCode.FAULT;
        }
        return unexpected == 0 ? ExitCode.ACCEPTED : ExitCode.REJECTED;
    }

    private static String counted(int files) {
        return files + (files == 1 ? " file" : " files") + " checked";
    }

    private List<Path> files() throws Failure {
        List<Path> files = new ArrayList<>();
        for (Path each : options.certificates()) {
            if (Files.isDirectory(each)) {
                files.addAll(below(each));
            } else {
                files.add(each);
            }
        }
        return files;
    }

    private List<Path> below(Path folder) throws Failure {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> found = tree.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !isManifest(file))
                    .toList();
            found = Stream.concat(
                            found.stream(),
                            options.expectations().stream().flatMap(list -> list.inputs(folder).stream()))
                    .distinct()
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw Failure.unusable(folder + ": expected .json files in this folder, found none", null);
            }
            return found;
        } catch (UncheckedIOException e) { // of a file that went away under way, or a folder that may not be read
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Failure unreadable(Path folder, IOException e) {
        return Failure.unusable("cannot read " + folder + ": " + OutputFile.describe(e), e);
    }

    private boolean isManifest(Path file) {
        return file.getFileName().toString().equals(MANIFEST)
                || options.expectations().isPresent()
                        && file.toAbsolutePath()
                                .normalize()
                                .equals(options.expectations()
                                        .get()
                                        .file()
                                        .toAbsolutePath()
                                        .normalize());
    }

    /** The text in which checkers are compared. */
    private void conclude(Checked checked) {
        if (checked instanceof Checked.Decided decided) {
            session.out().println(Conclusions.verdict(decided.verdict()) + " " + checked.file());
            Conclusions.of(decided.verdict()).forEach(line -> session.out().println(" " + line));
            return;
        }
        String word =
                switch (checked.word()) {
                    case "accepted" -> "accepted " + CounterexampleText.KIND;
                    case "rejected" -> "rejected " + checked.reason().orElseThrow() + " 0";
                    case "undecided" -> "undecided " + checked.reason().orElseThrow();
                    default -> checked.word();
                };
        session.out().println(word + " " + checked.file());
    }

    private void show(Checked checked, boolean single) {
        String word = session.coloured(checked.word());
        if (!single) {
            session.out()
                    .println(word + " ".repeat(Math.max(1, 11 - checked.word().length())) + checked.file() + ": "
                            + checked.line());
        } else if (checked instanceof Checked.Decided decided) {
            show(decided, word);
        } else if (checked instanceof Checked.Counterexample counterexample) {
            boolean refutes = checked.code() == ExitCode.ACCEPTED;
            session.out().println(checked.file() + ": " + word + (refutes ? " (refutes a line of a derivation)" : ""));
            counterexample.found().show(new Summary(session));
        } // what could not be read is said on standard error
    }

    private void show(Checked.Decided decided, String word) {
        Summary summary = new Summary(session);
        if (decided.verdict() instanceof Verdict.Accepted accepted) {
            String kind = accepted.refutation() ? " (refutes convergence)" : " (convergence certified)";
            session.out().println(decided.file() + ": " + word + kind);
            summary.accepted(accepted, Measured.of(decided.bytes()), List.of());
        } else {
            session.out().println(decided.file() + ": " + word);
            summary.refused(decided.verdict());
        }
    }
}
