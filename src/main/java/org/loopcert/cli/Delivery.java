package org.loopcert.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settles between the thread that works and whatever may stop it, a deadline or a signal, whether there is a result.
 * Files are made and moved into place under one lock, so that nothing appears after a stop and no temporary file stays.
 */
final class Delivery {
    private final Set<Path> partial = new LinkedHashSet<>();
    private boolean delivered;
    private boolean stopped;
    private Path left;

    /** Makes a temporary file, which a stop removes. */
    synchronized void create(Path file) throws IOException {
        requireRunning();
        Files.createFile(file);
        partial.add(file);
    }

    /** Makes a temporary folder, which a stop removes with all that is in it. */
    synchronized void createFolder(Path folder) throws IOException {
        requireRunning();
        Files.createDirectory(folder);
        partial.add(folder);
    }

    /** Replaces the target, a file or an empty folder, by a complete one of its kind; from then on the work counts as done. */
    synchronized void move(Path file, Path target) throws IOException {
        requireRunning();
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot replace a file in one move", e);
        }
        partial.remove(file);
        delivered = true;
    }

    /** Removes a temporary file or folder that is not needed any more. */
    synchronized void discard(Path file) throws IOException {
        if (partial.remove(file)) {
            delete(file);
        }
    }

    /** The work is done, and its result is about to be shown. */
    synchronized void begin() throws IOException {
        requireRunning();
        delivered = true;
    }

    /** Whether the work was stopped. */
    synchronized boolean stopped() {
        return stopped;
    }

    /** Stops the work unless its result is being delivered; whether it did. */
    synchronized boolean stop() {
        if (delivered) {
            return false;
        }
        end();
        return true;
    }

    /** A temporary file that could not be removed. */
    synchronized Optional<Path> left() {
        return Optional.ofNullable(left);
    }

    /** Ends the work in any case, as the process ends; what is delivered by then stays. */
    synchronized void end() {
        stopped = true;
        for (Path file : partial) {
            try {
                delete(file);
            } catch (IOException e) {
                left = file; // its name says that it is partial
            }
        }
        partial.clear();
    }

    private static void delete(Path file) throws IOException {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(file);
            return;
        }
        List<Path> inside;
        try (Stream<Path> all = Files.walk(file)) {
            inside = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }

    private void requireRunning() throws IOException {
        if (stopped) {
            throw new IOException("the run was stopped");
        }
    }
}
