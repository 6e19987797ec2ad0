package org.loopcert.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes the file of {@code -o}: an existing one is replaced only by a complete one, in one move. */
final class OutputFile {
    private OutputFile() {}

    /** What is written. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer writer) throws IOException, Failure;
    }

    /** Replaces the target by the content; leaves it as it was if anything fails. */
    static void replace(Path target, Content content) throws Failure {
        try {
            if (Files.isDirectory(target)) {
                throw Failure.unusable("-o: expected a file, found the folder " + target, null);
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                write(target, content, StandardOpenOption.WRITE); // a device or a pipe cannot be replaced
            } else {
                // a link stays a link: what it points to is replaced
                move(Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target, content);
            }
        } catch (IOException e) {
            throw Failure.unusable("cannot write " + target + ": " + describe(e), e);
        }
    }

    private static void move(Path target, Content content) throws IOException, Failure {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "no such folder");
        }
        String unique = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        Path partial = folder.resolve("." + absolute.getFileName() + "." + unique + ".part");
        try {
            write(partial, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("the file system cannot replace a file in one move", e);
            }
        } finally {
            if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(partial);
            }
        }
    }

    private static void write(Path file, Content content, StandardOpenOption... options) throws IOException, Failure {
        try (Writer writer = new BufferedWriter(
                new OutputStreamWriter(Files.newOutputStream(file, options), StandardCharsets.UTF_8))) {
            content.writeTo(writer);
        }
    }

    /** The reason of a failed file operation without the path, which the caller names. */
    static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return ((NoSuchFileException) e).getReason() == null
                    ? "no such file"
                    : ((FileSystemException) e).getReason();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
