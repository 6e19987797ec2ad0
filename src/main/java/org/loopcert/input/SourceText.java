package org.loopcert.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A whole text file, within the byte limit, as strict UTF-8 without its byte order mark.
 *
 * @param file the file as the user named it
 * @param text its characters
 */
record SourceText(String file, String text) {

    static SourceText read(Path path, InputLimits limits) throws InputException {
        SourceBytes source = SourceBytes.read(path, limits);
        byte[] bytes = source.bytes();
        String text = decode(source.file(), bytes, 0, bytes.length);
        return new SourceText(source.file(), text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    /** The strict UTF-8 text of some bytes of a file. */
    static String decode(String file, byte[] bytes, int from, int length) throws InputException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
        CharBuffer out = CharBuffer.allocate(length); // UTF-8 never has fewer bytes than chars
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
        return out.toString();
    }
}
