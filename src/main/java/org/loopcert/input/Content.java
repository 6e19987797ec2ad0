package org.loopcert.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes that hold arrays: a whole file, or one unpacked member of a zip archive. Positions in
 * messages count from the start of these bytes.
 *
 * @param file the file as the user named it
 * @param member the member of the archive, or null for the file itself
 * @param bytes the content; not copied, never written
 */
record Content(String file, String member, byte[] bytes) {

    /** A refusal at a byte of this content. */
    InputException.Builder at(long offset) {
        return place().byteOffset(offset);
    }

    /** A refusal of this content as a whole. */
    InputException.Builder place() {
        InputException.Builder place = InputException.in(file);
        return member == null ? place : place.member(member);
    }

    /** A view for multi-byte numbers in the given order. */
    ByteBuffer view(ByteOrder order) {
        return ByteBuffer.wrap(bytes).order(order);
    }
}
