package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.loopcert.certificate.Conclusions;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.certificate.ResultJson;
import org.loopcert.input.InputException;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The kernel alone, on files and folders. */
@Command(
        name = "check",
        description =
                "Checks certificates, refutations and counterexamples with the kernel alone (of a counterexample the reader"
                        + " of derivations is trusted too). Of a folder it takes every .json file below it, except manifests. Several files: the exit code is the worst, in the order 70, 2, 1, 3, 0.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family gaussian --n 16 --d 4 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar certify instance.json -o certificate.json",
            "  java -jar target/loopcert.jar check certificate.json --input instance.json"
        })
final class Check implements Callable<Integer> {
    /** Bytes of earlier files from which on memory is given back before the next one. */
    private static final long LEFT_BEHIND = 48L << 20;

    private static final String MANIFEST = "manifest.json";

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CERT", arity = "0..*", description = "certificates, or folders of them")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "a file that names further certificates or folders, one a line")
    private Path list;

    @Option(
            names = "--conclusions",
            description =
                    "print of each file one line with the verdict, and of an accepted one a line with the numbers of each"
                            + " conclusion, as other checkers print them (FORMAT.md, section 3.4)")
    private boolean conclusions;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "your own file: refuse a certificate about any other instance than this one, or a"
                    + " counterexample to any other .derivation")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(
            names = "--expect",
            paramLabel = "MANIFEST",
            description = "JSON of the expected verdicts, {\"<file>\": {\"verdict\": \"...\", \"reason\": \"...\"}}:"
                    + " exit 0 if and only if every file is listed, present and as expected, else 1. An entry with"
                    + " \"certificate\": \"<file>\" is an input, read for that certificate with the list of \"options\";"
                    + " paths begin at the manifest's folder")
    private Path expect;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Mixin
    private ResultArguments result;

    /** What became of one file. */
    private record Checked(
            Path file,
            String word,
            Optional<String> reason,
            int code,
            Optional<Verdict> verdict,
            Optional<CounterexampleCheck> counterexample,
            ObjectNode json) {}

    Check(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (input == null && inputArguments.given()) {
            throw new ParameterException(
                    spec.commandLine(), "expected --input FILE beside options that say how to read it, found none");
        }
        addListed();
        if (conclusions && result.json()) {
            throw new ParameterException(spec.commandLine(), "expected --conclusions or --json, found both");
        }
        Optional<Manifest> manifest = expect == null ? Optional.empty() : Optional.of(Manifest.read(expect));
        Optional<byte[]> own = Optional.empty();
        Optional<String> derivation = CounterexampleCheck.own(input, limits.kernel());
        if (derivation.isPresent() && inputArguments.given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected no options that say how to read data beside a derivation, found some");
        }
        if (input != null && derivation.isEmpty()) {
            Problem problem = inputArguments.read(input, limits.input(), session, result.quiet());
            own = Optional.of(Json.print(Instances.resolved(problem, limits.bits())));
        }
        List<Path> files = files(manifest);
        boolean single = files.size() == 1 && files.get(0).equals(certificates.get(0)) && manifest.isEmpty();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        int worst = ExitCode.ACCEPTED;
        int unexpected = 0;
        int done = 0;
        Set<String> seen = new HashSet<>();
        try (Progress progress = Progress.of(session, "checking", files.size(), result.quiet())) {
            for (Path file : files) {
                Optional<Manifest.Input> listed = manifest.flatMap(each -> each.input(file));
                Checked checked = listed.isPresent()
                        ? check(file, listed.get(), manifest.get().folder())
                        : check(file, file, own, derivation);
                if (manifest.isPresent()) {
                    seen.add(manifest.get().name(file));
                    boolean matches = asExpected(checked, manifest.get());
                    checked.json().put("asExpected", matches);
                    unexpected += matches ? 0 : 1;
                    session.earned(matches ? ExitCode.ACCEPTED : ExitCode.REJECTED);
                } else {
                    session.earned(checked.code());
                }
                worst = ExitCode.worse(worst, checked.code());
                done++;
                if (result.json()) { // else nothing is kept, so that thousands of files take no more memory than one
                    list.add(checked.json());
                } else if (!result.quiet()) {
                    if (conclusions) {
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
        if (result.json()) {
            ResultArguments.print(session, single ? list.get(0) : list);
        }
        if (manifest.isPresent()) {
            unexpected += missing(manifest.get(), seen);
            return expectation(unexpected, files.size(), worst);
        }
        if (!single && !result.json() && !result.quiet() && !conclusions) {
            session.out().println(counted(files.size()));
        }
        return worst;
    }

    private void addListed() throws Failure {
        if (list != null) {
            try {
                Files.readAllLines(list).stream()
                        .filter(line -> !line.isEmpty())
                        .map(Path::of)
                        .forEach(certificates::add);
            } catch (IOException e) {
                throw Failure.unusable("cannot read " + list + ": " + OutputFile.describe(e), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected certificates, found none");
        }
    }

    /** Otherwise a Java machine with a large heap keeps what hundreds of files left behind. */
    private static void collect() {
        Runtime machine = Runtime.getRuntime();
        if (machine.totalMemory() - machine.freeMemory() > LEFT_BEHIND) {
            System.gc();
        }
    }

    private int expectation(int unexpected, int count, int worst) {
        if (!result.json() && !result.quiet()) {
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

    private int missing(Manifest manifest, Set<String> seen) {
        Set<String> absent = new TreeSet<>(manifest.names());
        absent.removeAll(seen);
        absent.forEach(
                name -> session.err().println("loopcert: " + expect + " lists " + name + ", which is not there"));
        return absent.size();
    }

    private boolean asExpected(Checked checked, Manifest manifest) {
        Optional<Manifest.Expectation> expected = manifest.expected(checked.file());
        if (expected.isEmpty()) {
            session.err().println("loopcert: " + checked.file() + " is not listed in " + expect);
            return false;
        }
        Manifest.Expectation found = Manifest.Expectation.found(
                checked.word(),
                checked.reason(),
                checked.verdict(),
                checked.counterexample().map(any -> CounterexampleText.KIND),
                Optional.ofNullable(checked.json().path("limit").path("name").textValue()));
        boolean matches = expected.get().isMetBy(found);
        if (!matches) {
            session.err().println("loopcert: " + checked.file() + ": expected " + expected.get() + ", found " + found);
        }
        return matches;
    }

    private List<Path> files(Optional<Manifest> manifest) throws Failure {
        List<Path> files = new ArrayList<>();
        for (Path each : certificates) {
            if (!Files.isDirectory(each)) {
                files.add(each);
                continue;
            }
            try (Stream<Path> tree = Files.walk(each)) {
                List<Path> found = tree.filter(Files::isRegularFile)
                        .filter(file -> file.getFileName().toString().endsWith(".json"))
                        .filter(file -> !isManifest(file))
                        .toList();
                found = Stream.concat(found.stream(), manifest.stream().flatMap(list -> list.inputs(each).stream()))
                        .distinct()
                        .sorted()
                        .toList();
                if (found.isEmpty()) {
                    throw Failure.unusable(each + ": expected .json files in this folder, found none", null);
                }
                files.addAll(found);
            } catch (IOException e) {
                throw Failure.unusable("cannot read " + each + ": " + OutputFile.describe(e), e);
            }
        }
        return files;
    }

    private boolean isManifest(Path file) {
        return file.getFileName().toString().equals(MANIFEST)
                || expect != null
                        && file.toAbsolutePath()
                                .normalize()
                                .equals(expect.toAbsolutePath().normalize());
    }

    /** Checks an input of a manifest, with the certificate that stands there. */
    private Checked check(Path file, Manifest.Input listed, Path folder) {
        try {
            Optional<String> derivation = CounterexampleCheck.own(file, limits.kernel());
            if (derivation.isPresent()) {
                return check(file, listed.certificate(), Optional.empty(), derivation);
            }
            InputArguments arguments = InputArguments.parse(listed.options(), folder);
            Problem problem = arguments.read(file, limits.input(), session, true);
            return check(
                    file,
                    listed.certificate(),
                    Optional.of(Json.print(Instances.resolved(problem, limits.bits()))),
                    Optional.empty());
        } catch (InputException e) {
            boolean limit = e.limit().isPresent();
            return unread(file, Main.json(e), limit ? ExitCode.UNDECIDED : ExitCode.MALFORMED);
        } catch (Failure e) {
            return unread(file, e.json(), e.exitCode());
        } catch (OutOfMemoryError e) {
            return checked(file, limits.outOfMemory(), new byte[0]);
        } catch (RuntimeException e) {
            return fault(file, e);
        }
    }

    private Checked check(Path file, Path certificate, Optional<byte[]> own, Optional<String> derivation) {
        Limits kernel = limits.kernel();
        try {
            byte[] bytes = read(certificate, kernel);
            Optional<Verdict> tooLong = limits.tooLong(length(certificate, bytes));
            if (tooLong.isPresent()) {
                return checked(file, tooLong.get(), new byte[0]);
            }
            boolean counterexample = CounterexampleText.isOne(bytes);
            if (counterexample ? own.isPresent() : derivation.isPresent()) {
                String wrong = counterexample
                        ? "expected a derivation as --input of a counterexample, found data"
                        : "expected data as --input of this certificate, found a derivation";
                session.err().println("loopcert: " + file + ": " + wrong);
                return unread(file, ResultJson.unread("malformed", wrong), ExitCode.MALFORMED);
            }
            if (counterexample) {
                return checked(file, CounterexampleCheck.of(bytes, derivation, kernel));
            }
            Verdict verdict = limits.inOptions(
                    own.isPresent() ? Kernel.check(bytes, own.get(), kernel) : Kernel.check(bytes, kernel));
            if (verdict instanceof Verdict.Malformed && expect == null && !result.quiet() && !namesItsFormat(bytes)) {
                session.err().println("note: " + file + " does not begin as a certificate does (certify makes one)");
            }
            return checked(file, verdict, bytes);
        } catch (IOException e) {
            String reason = "cannot read it: " + OutputFile.describe(e);
            session.err().println("loopcert: " + file + ": " + reason);
            return unread(file, ResultJson.unread("malformed", reason), ExitCode.MALFORMED);
        } catch (OutOfMemoryError e) {
            return checked(file, limits.outOfMemory(), new byte[0]);
        } catch (RuntimeException e) {
            return fault(file, e);
        }
    }

    private Checked fault(Path file, RuntimeException e) {
        Main.fault(session, new IllegalStateException(file + ": " + e, e), Main.debugging(spec));
        return unread(file, ResultJson.unread("fault", String.valueOf(e.getMessage())), ExitCode.FAULT);
    }

    /** Reads no more than one byte beyond the limit, whatever the file claims to be. */
    static byte[] read(Path file, Limits kernel) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NoSuchFileException(file.toString(), null, "it is a folder");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(kernel.bytes() + 1);
        }
    }

    /** The length of a file of which so much was read: all of it, unless it is too long. */
    static long length(Path file, byte[] read) throws IOException {
        return Files.isRegularFile(file) ? Math.max(read.length, Files.size(file)) : read.length;
    }

    /** Whether the file begins like a certificate, in whatever spelling; an instance or a table does not. */
    static boolean namesItsFormat(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.ISO_8859_1).contains("\"format\"");
    }

    private static Checked checked(Path file, Verdict verdict, byte[] bytes) {
        ObjectNode json = named(file);
        json.setAll(ResultJson.of(verdict, bytes, List.of()));
        return new Checked(
                file,
                verdict.word(),
                ResultJson.reason(verdict),
                ExitCode.of(verdict),
                Optional.of(verdict),
                Optional.empty(),
                json);
    }

    private static Checked checked(Path file, CounterexampleCheck checked) {
        ObjectNode json = named(file);
        json.setAll(checked.json());
        return new Checked(
                file, checked.word(), checked.reason(), checked.code(), Optional.empty(), Optional.of(checked), json);
    }

    private static Checked unread(Path file, ObjectNode result, int code) {
        ObjectNode json = named(file);
        json.setAll(result);
        return new Checked(
                file,
                result.path("verdict").asText(),
                Optional.of(result.path("reason").asText()),
                code,
                Optional.empty(),
                Optional.empty(),
                json);
    }

    private static ObjectNode named(Path file) {
        return JsonNodeFactory.instance.objectNode().put("file", file.toString());
    }

    private static String why(Checked checked) {
        String text = checked.json().path("missing").asText(checked.reason().orElse(""));
        String file = checked.file() + ": "; // the line names it already
        return text.startsWith(file) ? text.substring(file.length()) : text;
    }

    /** The text in which checkers are compared. */
    private void conclude(Checked checked) {
        String word = checked.verdict().map(Conclusions::verdict).orElseGet(() -> switch (checked.word()) {
            case "accepted" -> "accepted " + CounterexampleText.KIND;
            case "rejected" -> "rejected " + checked.reason().orElseThrow() + " 0";
            case "undecided" -> "undecided " + checked.reason().orElseThrow();
            default -> checked.word();
        });
        session.out().println(word + " " + checked.file());
        checked.verdict().map(Conclusions::of).orElse(List.of()).forEach(line -> session.out()
                .println(" " + line));
    }

    private void show(Checked checked, boolean single) {
        String word = session.coloured(checked.word());
        if (!single) {
            String rest = checked.verdict()
                    .map(Summary::line)
                    .or(() -> checked.counterexample().map(CounterexampleCheck::line))
                    .orElseGet(() -> why(checked));
            session.out()
                    .println(word + " ".repeat(Math.max(1, 11 - checked.word().length())) + checked.file() + ": "
                            + rest);
            return;
        }
        if (checked.counterexample().isPresent()) {
            boolean refutes = checked.code() == ExitCode.ACCEPTED;
            session.out().println(checked.file() + ": " + word + (refutes ? " (refutes a line of a derivation)" : ""));
            checked.counterexample().get().show(new Summary(session));
            return;
        }
        if (checked.verdict().isEmpty()) {
            return; // said on standard error
        }
        Verdict verdict = checked.verdict().get();
        String kind = verdict instanceof Verdict.Accepted accepted
                ? accepted.refutation() ? " (refutes convergence)" : " (convergence certified)"
                : "";
        session.out().println(checked.file() + ": " + word + kind);
        Summary summary = new Summary(session);
        if (verdict instanceof Verdict.Accepted accepted) {
            summary.accepted(accepted, checked.json(), List.of());
        } else {
            summary.refused(verdict);
        }
    }
}
