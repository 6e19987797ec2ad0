package org.loopcert.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * All bytes of a file, within the byte limit.
 *
 * @param file the file as the user named it
 * @param bytes its content; not copied, never written
 */
record SourceBytes(String file, byte[] bytes) {

    static SourceBytes read(Path path, InputLimits limits) throws InputException {
        String file = path.toString();
        byte[] bytes;
        if (Files.isDirectory(path)) {
            throw InputException.in(file).expected("a file").found("a folder").build();
        }
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(limits.fileBytes() + 1);
        } catch (NoSuchFileException e) {
            throw InputException.in(file)
                    .expected("a file")
                    .found("no such file")
                    .cause(e)
                    .build();
        } catch (AccessDeniedException e) {
            throw InputException.in(file)
                    .expected("a readable file")
                    .found("no permission to read it")
                    .cause(e)
                    .build();
        } catch (IOException e) {
            throw InputException.in(file)
                    .expected("a readable file")
                    .found("a read error: " + InputException.quote(String.valueOf(e.getMessage())))
                    .cause(e)
                    .build();
        }
        if (bytes.length > limits.fileBytes()) {
            throw InputException.in(file)
                    .beyond(limits.beyondFileBytes(size(path, bytes.length)))
                    .expected("at most " + limits.fileBytes() + " bytes")
                    .found("a longer file")
                    .build();
        }
        return new SourceBytes(file, bytes);
    }

    /** The size of a file; of a pipe, what was read of it. */
    private static long size(Path path, int read) {
        try {
            return Files.isRegularFile(path) ? Math.max(read, Files.size(path)) : read;
        } catch (IOException e) {
            return read; // gone or changed meanwhile; that much it had
        }
    }

    /** The whole file as the content of arrays. */
    Content content() {
        return new Content(file, null, bytes);
    }
}
