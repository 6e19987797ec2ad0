package org.loopcert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;

/** Has one file after the other decided, under the options of a run. */
final class CertificateCheck {
    private final Session session;
    private final CheckOptions options;

    CertificateCheck(Session session, CheckOptions options) {
        this.session = session;
        this.options = options;
    }

    /**
     * Reads a certificate and has it decided.
     *
     * @param file what the result is about: the certificate itself, or an input of it
     */
    Checked of(Path file, Path certificate, CheckOptions.Own own) {
        Limits kernel = options.limits().kernel();
        try {
            byte[] bytes = read(certificate, kernel);
            Optional<Verdict> tooLong = options.limits().tooLong(length(certificate, bytes));
            if (tooLong.isPresent()) {
                return new Checked.Decided(file, tooLong.get(), new byte[0]);
            }
            boolean counterexample = CounterexampleText.isOne(bytes);
            if (counterexample ? own.instance().isPresent() : own.derivation().isPresent()) {
                String wrong = counterexample
                        ? "expected a derivation as --input of a counterexample, found data"
                        : "expected data as --input of this certificate, found a derivation";
                return malformed(file, wrong);
            }
            if (counterexample) {
                return new Checked.Counterexample(file, CounterexampleCheck.of(bytes, own.derivation(), kernel));
            }
            Verdict verdict = options.limits()
                    .inOptions(
                            own.instance().isPresent()
                                    ? Kernel.check(bytes, own.instance().get(), kernel)
                                    : Kernel.check(bytes, kernel));
            if (verdict instanceof Verdict.Malformed
                    && options.expectations().isEmpty()
                    && !options.quiet()
                    && !namesItsFormat(bytes)) {
                session.err().println("note: " + file + " does not begin as a certificate does (certify makes one)");
            }
            return new Checked.Decided(file, verdict, bytes);
        } catch (IOException e) {
            return malformed(file, "cannot read it: " + OutputFile.describe(e));
        } catch (OutOfMemoryError e) {
            return outOfMemory(file);
        } catch (RuntimeException e) {
            return fault(file, e);
        }
    }

    private Checked malformed(Path file, String reason) {
        session.err().println("loopcert: " + file + ": " + reason);
        return new Checked.Unread(file, "malformed", reason, ExitCode.MALFORMED);
    }

    Checked outOfMemory(Path file) {
        return new Checked.Decided(file, options.limits().outOfMemory(), new byte[0]);
    }

    Checked fault(Path file, RuntimeException e) {
        Failures.fault(session, new IllegalStateException(file + ": " + e, e), options.debug());
        return new Checked.Unread(file, "fault", String.valueOf(e.getMessage()), ExitCode.FAULT);
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
}
