package org.loopcert.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.input.InputException;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Verdict;

/** What a manifest expects of the files of a run, and how many were otherwise. */
final class Expectations {
    private final Path file;
    private final Manifest manifest;
    private final Set<String> seen = new HashSet<>();
    private int unexpected;

    Expectations(Path file) throws Failure {
        this.file = file;
        this.manifest = Manifest.read(file);
    }

    /** The path of the manifest. */
    Path file() {
        return file;
    }

    /** The inputs below a folder that are to be checked beside the certificates there. */
    List<Path> inputs(Path below) {
        return manifest.inputs(below);
    }

    /** Checks a file: an input of the manifest with the certificate that is named there, anything else as it is. */
    Checked check(Path each, CheckOptions options, Session session) {
        CertificateCheck check = new CertificateCheck(session, options);
        Optional<Manifest.Input> listed = manifest.input(each);
        return listed.isPresent()
                ? check(each, listed.get(), options, session, check)
                : check.of(each, each, options.own());
    }

    private Checked check(
            Path each, Manifest.Input listed, CheckOptions options, Session session, CertificateCheck check) {
        LimitArguments.Kernel limits = options.limits();
        try {
            Optional<String> derivation = CounterexampleCheck.own(each, limits.kernel());
            if (derivation.isPresent()) {
                return check.of(each, listed.certificate(), new CheckOptions.Own(Optional.empty(), derivation));
            }
            InputArguments arguments = InputArguments.parse(listed.options(), manifest.folder());
            Problem problem = arguments.read(each, limits.input(), session, true);
            Optional<byte[]> instance = Optional.of(Json.print(Instances.resolved(problem, limits.bits())));
            return check.of(each, listed.certificate(), new CheckOptions.Own(instance, Optional.empty()));
        } catch (InputException e) {
            boolean limit = e.limit().isPresent();
            return new Checked.Unread(each, Failures.json(e), limit ? ExitCode.UNDECIDED : ExitCode.MALFORMED);
        } catch (Failure e) {
            return new Checked.Unread(each, e.json(), e.exitCode());
        } catch (OutOfMemoryError e) {
            return check.outOfMemory(each);
        } catch (RuntimeException e) {
            return check.fault(each, e);
        }
    }

    /** Whether a result is as expected; says so where it is not. */
    boolean met(Checked checked, Session session) {
        seen.add(manifest.name(checked.file()));
        boolean matches = asExpected(checked, session);
        unexpected += matches ? 0 : 1;
        return matches;
    }

    private boolean asExpected(Checked checked, Session session) {
        Optional<Manifest.Expectation> expected = manifest.expected(checked.file());
        if (expected.isEmpty()) {
            session.err().println("loopcert: " + checked.file() + " is not listed in " + file);
            return false;
        }
        Optional<Verdict> verdict =
                checked instanceof Checked.Decided decided ? Optional.of(decided.verdict()) : Optional.empty();
        Manifest.Expectation found = Manifest.Expectation.found(
                checked.word(),
                checked.reason(),
                verdict,
                checked instanceof Checked.Counterexample ? Optional.of(CounterexampleText.KIND) : Optional.empty(),
                Optional.ofNullable(
                        CheckedJson.of(checked).path("limit").path("name").textValue()));
        boolean matches = expected.get().isMetBy(found);
        if (!matches) {
            session.err().println("loopcert: " + checked.file() + ": expected " + expected.get() + ", found " + found);
        }
        return matches;
    }

    /** How many files were not as expected, those among them that were not there. */
    int unexpected(Session session) {
        Set<String> absent = new TreeSet<>(manifest.names());
        absent.removeAll(seen);
        absent.forEach(name -> session.err().println("loopcert: " + file + " lists " + name + ", which is not there"));
        return unexpected + absent.size();
    }
}
