package org.loopcert.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A whole text file, within the byte limit, as strict UTF-8 without its byte order mark.
 *
 * @param file the file as the user named it
 * @param text its characters
 */
record SourceText(String file, String text) {

    static SourceText read(Path path, InputLimits limits) throws InputException {
        String file = path.toString();
        byte[] bytes;
        if (Files.isDirectory(path)) {
            throw InputException.in(file).expected("a file").found("a folder").build();
        }
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(limits.maxBytes() + 1);
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
        if (bytes.length > limits.maxBytes()) {
            throw InputException.in(file)
                    .beyondLimit()
                    .expected("at most " + limits.maxBytes() + " bytes")
                    .found("a longer file")
                    .build();
        }
        return new SourceText(file, decode(file, bytes));
    }

    private static String decode(String file, byte[] bytes) throws InputException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length); // UTF-8 never has fewer bytes than chars
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int offset = in.position();
            throw InputException.in(file)
                    .byteOffset(offset)
                    .expected("UTF-8 text")
                    .found(String.format("the byte 0x%02x", bytes[offset] & 0xff))
                    .hint("save the file as UTF-8")
                    .build();
        }
        out.flip();
        if (out.hasRemaining() && out.charAt(0) == '\ufeff') {
            out.get();
        }
        return out.toString();
    }
}
