package org.loopcert.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Writes the file of {@code -o}: an existing one is replaced only by a complete one, in one move. */
final class OutputFile {
    private OutputFile() {}

    /** What is written. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer writer) throws IOException, Failure;
    }

    @FunctionalInterface
    private interface Bytes {
        void writeTo(OutputStream stream) throws IOException, Failure;
    }

    /** Refuses a target that cannot be written, before any work is done for it. */
    static void require(Session session, Path target) throws Failure {
        try {
            if (Files.isDirectory(target)) {
                throw Failure.unusable("-o: expected a file, found the folder " + target, null);
            }
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw new AccessDeniedException(target.toString());
            }
            if (isReplaced(target)) {
                Path probe = partial(resolved(target));
                session.delivery().create(probe);
                session.delivery().discard(probe);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /**
     * Refuses a target that cannot be written, or that is one of the files that are read: nothing of the user's is lost.
     *
     * @param read the files, some perhaps null
     */
    static void require(Session session, Path target, List<Path> read) throws Failure {
        for (Path file : read) {
            try {
                if (file != null && Files.exists(target) && Files.exists(file) && Files.isSameFile(target, file)) {
                    throw Failure.unusable("expected another file to write than the input " + file, null);
                }
            } catch (IOException e) {
                throw unwritable(target, e);
            }
        }
        require(session, target);
    }

    /** Replaces the target by the content; leaves it as it was if anything fails. */
    static void replace(Session session, Path target, Content content) throws Failure {
        replaceBy(session, target, stream -> write(stream, content));
    }

    /** As above, by bytes. */
    static void replace(Session session, Path target, byte[] content) throws Failure {
        replaceBy(session, target, stream -> stream.write(content));
    }

    private static void replaceBy(Session session, Path target, Bytes content) throws Failure {
        try {
            if (isReplaced(target)) {
                move(session.delivery(), resolved(target), content);
            } else {
                try (OutputStream stream = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                    content.writeTo(stream);
                }
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        } catch (UncheckedIOException e) {
            throw unwritable(target, e.getCause());
        }
    }

    private static Failure unwritable(Path target, IOException e) {
        return Failure.unusable("cannot write " + target + ": " + describe(e), e);
    }

    /** A device or a pipe cannot be replaced, it is written to. */
    private static boolean isReplaced(Path target) {
        return !Files.exists(target) || Files.isRegularFile(target);
    }

    /** The file itself: a link stays a link, and what it points to is replaced. */
    private static Path resolved(Path target) throws IOException {
        return Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    }

    /** The name of a temporary file beside the target. */
    private static Path partial(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "no such folder");
        }
        String unique = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        return folder.resolve("." + target.getFileName() + "." + unique + ".part");
    }

    private static void move(Delivery delivery, Path target, Bytes content) throws IOException, Failure {
        Path partial = partial(target);
        delivery.create(partial);
        try {
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true); // or the move may reach the disk before the content does
            }
            delivery.move(partial, target);
        } finally {
            delivery.discard(partial);
        }
    }

    private static void write(OutputStream stream, Content content) throws IOException, Failure {
        Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        content.writeTo(writer);
        writer.flush();
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
