package org.loopcert.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for inputs that are written, read once and overwritten: in memory where the system has such a place. */
final class Scratch {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Scratch() {}

    /** A new folder that goes when the Java machine ends, if what is in it went through {@link #write}. */
    static Path folder() {
        try {
            Path folder = Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "loopcert")
                    : Files.createTempDirectory("loopcert");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                file.toFile().deleteOnExit();
            }
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
