package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.ToIntBiFunction;

/** Runs a command in this process and keeps what it says. */
public record Cli(int code, String out, String err) {
    public static Cli run(Object... args) {
        return run(Main::run, args);
    }

    /** The same by the general parser of command lines, whatever the line is. */
    static Cli parsed(Object... args) {
        return run((session, words) -> Commands.line(session).execute(words), args);
    }

    private static Cli run(ToIntBiFunction<Session, String[]> command, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int code = command.applyAsInt(
                session, Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        session.out().flush();
        return new Cli(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A Gaussian instance in the folder. */
    static Path gaussian(Path folder, int n, int d, long loops) {
        Path file = folder.resolve("gaussian-%d-%d-%d.json".formatted(n, d, loops));
        Cli made =
                run("generate", "--family", "gaussian", "--n", n, "--d", d, "--seed", 5, "--loops", loops, "-o", file);
        if (made.code() != 0) {
            throw new IllegalStateException(made.err());
        }
        return file;
    }

    /** A certificate of such an instance. */
    static Path certificate(Path folder, int n, int d, long loops) {
        Path file = folder.resolve("certificate-%d-%d-%d.json".formatted(n, d, loops));
        Cli made = run("certify", gaussian(folder, n, d, loops), "-o", file);
        if (made.code() != 0) {
            throw new IllegalStateException(made.err());
        }
        return file;
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + out, e);
        }
    }
}
