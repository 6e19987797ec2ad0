package org.loopcert;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the built jar in a process of its own, as a user does. */
record LoopcertJar(int code, String out, String err) {
    /** Options of the Java machine for short runs; what they compute is the same. */
    static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final long MINUTES = 5;

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String jar() {
        return Path.of("target", "loopcert.jar").toAbsolutePath().toString();
    }

    /** The command line of the jar. */
    static List<String> command(List<String> java, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(java);
        command.addAll(List.of("-jar", jar()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    static LoopcertJar run(List<String> java, Object... arguments) {
        return run(command(java, arguments));
    }

    /** The same classes, run by {@link PeakMemory}. */
    static LoopcertJar measured(List<String> java, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(java);
        String tests = Path.of("target", "test-classes").toAbsolutePath().toString();
        command.addAll(List.of("-cp", jar() + File.pathSeparator + tests, PeakMemory.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command);
    }

    /** A line of the shell, in which {@code loopcert} is the jar. */
    static LoopcertJar shell(String line) {
        return run(List.of(
                "sh",
                "-c",
                "loopcert() { '" + java() + "' " + String.join(" ", QUICK) + " -jar '" + jar() + "' \"$@\"; }; "
                        + line));
    }

    private static LoopcertJar run(List<String> command) {
        try {
            Path out = Files.createTempFile("loopcert", ".out");
            Path err = Files.createTempFile("loopcert", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
                throw new IllegalStateException("does not end: " + command);
            }
            LoopcertJar result = new LoopcertJar(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
