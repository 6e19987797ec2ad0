package org.loopcert.cli;

import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or standard error of a run: notices when nobody reads any more, knows whether anything was written,
 * and after a stop takes nothing but from the thread that stopped the run.
 */
final class ResultWriter extends FilterWriter {
    private volatile boolean used;
    private volatile Thread only;

    ResultWriter(PrintStream stream) {
        super(new BufferedWriter(new OutputStreamWriter(new Checked(stream), StandardCharsets.UTF_8)));
    }

    /** A print stream keeps its errors to itself; this asks for them after every buffer. */
    private static final class Checked extends OutputStream {
        private final PrintStream stream;

        Checked(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            stream.write(b);
            flush();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            stream.write(bytes, from, length);
            flush();
        }

        @Override
        public void flush() throws IOException {
            if (stream.checkError()) {
                throw new IOException("it is closed or full");
            }
        }
    }

    /** Whether anything was written. */
    boolean used() {
        return used;
    }

    /** From now on only this thread may write. */
    void leaveTo(Thread thread) {
        only = thread;
    }

    private void requireOpen() throws IOException {
        if (only != null && only != Thread.currentThread()) {
            throw new IOException("the run was stopped");
        }
        used = true;
    }

    @Override
    public void write(int c) throws IOException {
        requireOpen();
        super.write(c);
    }

    @Override
    public void write(char[] buffer, int from, int length) throws IOException {
        requireOpen();
        super.write(buffer, from, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        requireOpen();
        super.write(text, from, length);
    }
}
