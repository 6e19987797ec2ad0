package org.loopcert.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is read once from its beginning to its end, with its SHA-256. */
final class HashedInput extends FilterInputStream {
    private final String file;
    private final long size;
    private final MessageDigest digest;
    private long position;

    private HashedInput(String file, long size, InputStream in, MessageDigest digest) {
        super(in);
        this.file = file;
        this.size = size;
        this.digest = digest;
    }

    static HashedInput open(Path path) throws InputException {
        String file = path.toString();
        if (!Files.isRegularFile(path)) {
            throw InputException.in(file)
                    .expected("a file")
                    .found(Files.isDirectory(path) ? "a folder" : Files.exists(path) ? "none" : "no such file")
                    .build();
        }
        try {
            return new HashedInput(
                    file, Files.size(path), Files.newInputStream(path), MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw InputException.in(file)
                    .expected("a readable file")
                    .found(e instanceof NoSuchFileException ? "no such file" : "no permission to read it")
                    .cause(e)
                    .build();
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The refusal for a file whose reading failed. */
    static InputException unreadable(String file, IOException e) {
        return InputException.in(file)
                .expected("a readable file")
                .found("a read error: " + InputException.quote(String.valueOf(e.getMessage())))
                .cause(e)
                .build();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            digest.update(bytes, offset, count);
            position += count;
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, 1 << 13)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Closes the file of a refused input and returns the refusal. */
    InputException closed(InputException refusal) {
        try {
            close();
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
        return refusal;
    }

    String file() {
        return file;
    }

    /** The size of the file as it was opened, in bytes. */
    long size() {
        return size;
    }

    /** The bytes read so far. */
    long position() {
        return position;
    }

    /** The SHA-256 of the bytes read, in lower-case hexadecimal; to be asked for once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
