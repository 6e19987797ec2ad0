package org.loopcert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.loopcert.cli.Main;

/** Runs a command and says at the end of the process how much memory it had at any time, as Linux counted it. */
public final class PeakMemory {
    static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** The command line of {@code loopcert.jar}. */
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(PeakMemory::print));
        Main.main(arguments);
    }

    private static void print() {
        try {
            Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .forEach(System.err::println);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
