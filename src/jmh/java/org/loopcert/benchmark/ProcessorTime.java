package org.loopcert.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Processor time of this process in nanoseconds, compiler and collector included. The virtual machine's own clock for the
 * process has ticks of ten milliseconds; Linux tells the time of every thread that does not run just now exactly, and the
 * virtual machine that of the present thread.
 */
final class ProcessorTime {
    private static final Path THREADS = Path.of("/proc/self/task");

    private final long begin;

    private ProcessorTime(long begin) {
        this.begin = begin;
    }

    static ProcessorTime start() throws IOException {
        return new ProcessorTime(now());
    }

    long elapsed() throws IOException {
        return now() - begin;
    }

    private static long now() throws IOException {
        long sum = 0;
        Path present = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (!thread.getFileName().equals(present)) {
                    sum += ofThread(thread);
                }
            }
        }
        return sum + ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long ofThread(Path thread) throws IOException {
        try {
            String text = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            // the thread ended meanwhile
            return 0;
        }
    }
}
