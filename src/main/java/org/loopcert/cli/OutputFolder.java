package org.loopcert.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Writes the folder of {@code -o}: it appears in one move with all its files, or not at all. */
final class OutputFolder {
    private OutputFolder() {}

    /**
     * Refuses a folder that holds anything, before work is spent on its content: files of two runs must not mix.
     *
     * @throws Failure if the target is a file or not empty, or has no parent folder
     */
    static void requireUsable(Path target) throws Failure {
        try {
            Path absolute = target.toAbsolutePath();
            if (Files.isDirectory(absolute)) {
                try (Stream<Path> inside = Files.list(absolute)) {
                    if (inside.findAny().isPresent()) {
                        throw Failure.unusable("-o: expected a new or empty folder, found files in " + target, null);
                    }
                }
            } else if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
                throw Failure.unusable("-o: expected a new or empty folder, found the file " + target, null);
            } else if (absolute.getParent() == null || !Files.isDirectory(absolute.getParent())) {
                throw new NoSuchFileException(String.valueOf(absolute.getParent()), null, "no such folder");
            }
        } catch (IOException e) {
            throw Failure.unusable("cannot write " + target + ": " + OutputFile.describe(e), e);
        }
    }

    /**
     * Writes the files into a new folder beside the target and moves it there.
     *
     * @param files contents by relative path, at most one {@code /} in each
     */
    static void write(Session session, Path target, SortedMap<String, byte[]> files) throws Failure {
        requireUsable(target);
        try {
            Path absolute = Files.isDirectory(target) ? target.toRealPath() : target.toAbsolutePath();
            String unique = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
            Path partial = absolute.resolveSibling("." + absolute.getFileName() + "." + unique + ".part");
            session.delivery().createFolder(partial);
            try {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Path path = partial.resolve(file.getKey());
                    // not the parents of the parent: a folder that a stop has removed must not come back
                    if (!Files.isDirectory(path.getParent())) {
                        Files.createDirectory(path.getParent());
                    }
                    write(path, file.getValue());
                }
                session.delivery().move(partial, absolute);
            } finally {
                session.delivery().discard(partial);
            }
        } catch (IOException e) {
            throw Failure.unusable("cannot write " + target + ": " + OutputFile.describe(e), e);
        }
    }

    private static void write(Path path, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true); // or the move may reach the disk before the content does
        }
    }
}
