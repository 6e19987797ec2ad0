package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.loopcert.certificate.Outcome;
import org.loopcert.kernel.Verdict;

/** What became of one file; {@link CheckedJson} has it as JSON. */
sealed interface Checked {
    Path file();

    /** accepted, rejected, undecided, malformed or fault. */
    String word();

    /** The code of the reason, or what is malformed or cannot be read; empty for accepted files. */
    Optional<String> reason();

    /** The exit code. */
    int code();

    /** What is said of it beside other files. */
    String line();

    /**
     * The kernel's verdict.
     *
     * @param bytes the certificate, from which its producer's measurements are read; may be empty unless it is accepted
     */
    record Decided(Path file, Verdict verdict, byte[] bytes) implements Checked {
        @Override
        public String word() {
            return verdict.word();
        }

        @Override
        public Optional<String> reason() {
            return Outcome.reason(verdict);
        }

        @Override
        public int code() {
            return ExitCode.of(verdict);
        }

        @Override
        public String line() {
            return Summary.line(verdict);
        }
    }

    /** A certificate of kind counterexample. */
    record Counterexample(Path file, CounterexampleCheck found) implements Checked {
        @Override
        public String word() {
            return found.word();
        }

        @Override
        public Optional<String> reason() {
            return found.reason();
        }

        @Override
        public int code() {
            return found.code();
        }

        @Override
        public String line() {
            return found.line();
        }
    }

    /**
     * A file of which there is no verdict.
     *
     * @param because its reason
     * @param details all of the result, where there is more than word and reason
     */
    record Unread(Path file, String word, String because, int code, Optional<ObjectNode> details) implements Checked {
        Unread(Path file, String word, String because, int code) {
            this(file, word, because, code, Optional.empty());
        }

        Unread(Path file, ObjectNode details, int code) {
            this(file, details.path("verdict").asText(), details.path("reason").asText(), code, Optional.of(details));
        }

        @Override
        public Optional<String> reason() {
            return Optional.of(because);
        }

        @Override
        public String line() {
            String text = details.isPresent() ? details.get().path("missing").asText(because) : because;
            String name = file + ": "; // the line names it already
            return text.startsWith(name) ? text.substring(name.length()) : text;
        }
    }
}
