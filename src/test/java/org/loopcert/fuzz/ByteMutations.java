package org.loopcert.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.loopcert.input.ArrayBytes;

/** Changes bytes at random, without knowing what they mean. */
public final class ByteMutations {
    private static final int LONGEST_RUN = 64;

    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        16,
        127,
        128,
        255,
        256,
        1 << 15,
        (1 << 16) - 1,
        1 << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        1L << 32,
        1L << 40,
        1L << 53,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 8,
        1L << 61
    };

    private static final List<byte[]> WORDS = List.of(
                    "0",
                    "-0",
                    "-",
                    "+",
                    ".",
                    "e",
                    "E5",
                    "1e9999",
                    "1e-9999",
                    "1e99999",
                    "9e2000000000",
                    "nan",
                    "inf",
                    "-Infinity",
                    "NA",
                    "null",
                    "true",
                    "1/0",
                    "0/0",
                    "1/3",
                    "0x1p3",
                    "\"",
                    "'",
                    "\\",
                    "\\u0000",
                    ",",
                    ";",
                    "\t",
                    "\n",
                    "\r",
                    "\r\n",
                    "\0",
                    "[",
                    "]",
                    "{",
                    "}",
                    "[[[[",
                    "]]]]",
                    "(",
                    ")",
                    "()",
                    "%%",
                    "#",
                    " ",
                    "\ufeff",
                    "\u00a0",
                    "\u0663",
                    "\u202e",
                    "99999999999999999999",
                    "\"X\":",
                    "\"y\":",
                    "\"loops\":")
            .stream()
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    /** The changes. */
    public enum Kind {
        FLIP_BIT,
        SET_BYTE,
        INSERT,
        INSERT_WORD,
        DELETE,
        DUPLICATE,
        TRUNCATE,
        SPLICE,
        OVERWRITE_INTEGER,
        CHANGE_DIGIT,
        SWAP_RUNS
    }

    private ByteMutations() {}

    /**
     * The bytes after one change.
     *
     * @param other another file, for splices
     */
    public static byte[] changed(Kind kind, byte[] bytes, byte[] other, Random random) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int run = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : LONGEST_RUN));
        byte[] edited = bytes.clone();
        switch (kind) {
            case FLIP_BIT -> {
                if (bytes.length > 0) {
                    edited[at] ^= (byte) (1 << random.nextInt(8));
                }
                return edited;
            }
            case SET_BYTE -> {
                if (bytes.length > 0) {
                    edited[at] = (byte) random.nextInt(256);
                }
                return edited;
            }
            case INSERT -> {
                byte[] more = new byte[1 + random.nextInt(8)];
                random.nextBytes(more);
                return replaced(bytes, at, 0, more);
            }
            case INSERT_WORD -> {
                byte[] word = WORDS.get(random.nextInt(WORDS.size()));
                return replaced(bytes, at, random.nextBoolean() ? 0 : Math.min(run, word.length), word);
            }
            case DELETE -> {
                return replaced(bytes, at, run, new byte[0]);
            }
            case DUPLICATE -> {
                byte[] copy = Arrays.copyOfRange(bytes, at, at + run);
                return replaced(
                        bytes, bytes.length == 0 || random.nextBoolean() ? at : random.nextInt(bytes.length), 0, copy);
            }
            case TRUNCATE -> {
                return Arrays.copyOf(bytes, at);
            }
            case SPLICE -> {
                int from = random.nextInt(other.length + 1);
                int length = random.nextBoolean() ? other.length - from : Math.min(run, other.length - from);
                int replaced = random.nextBoolean() ? bytes.length - at : run;
                return replaced(bytes, at, replaced, Arrays.copyOfRange(other, from, from + length));
            }
            case OVERWRITE_INTEGER -> {
                int size = 1 << random.nextInt(4);
                byte[] number = ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(INTEGERS[random.nextInt(INTEGERS.length)] + random.nextInt(3) - 1)
                        .array();
                for (int k = 0; k < size && at + k < bytes.length; k++) {
                    edited[at + k] = number[k];
                }
                return edited;
            }
            case CHANGE_DIGIT -> {
                for (int k = 0; k < bytes.length; k++) {
                    int i = (at + k) % bytes.length;
                    if (bytes[i] >= '0' && bytes[i] <= '9') {
                        edited[i] = (byte) ('0' + random.nextInt(10));
                        break;
                    }
                }
                return edited;
            }
            case SWAP_RUNS -> {
                int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
                for (int k = 0; k < run && from + k < bytes.length; k++) {
                    edited[at + k] = bytes[from + k];
                    edited[from + k] = bytes[at + k];
                }
                return edited;
            }
        }
        throw new IllegalStateException("no change of kind " + kind);
    }

    /** One to four changes, mostly few and often of a digit, so that what follows the reading is reached too. */
    static byte[] changed(byte[] bytes, byte[] other, Random random) {
        byte[] edited = bytes;
        Kind[] kinds = Kind.values();
        for (int edits = 1 + random.nextInt(2) * random.nextInt(4); edits > 0; edits--) {
            Kind kind = random.nextInt(3) == 0 ? Kind.CHANGE_DIGIT : kinds[random.nextInt(kinds.length)];
            edited = changed(kind, edited, other, random);
        }
        return edited;
    }

    /**
     * A zip file of the same members, one of them changed, with the checksums and sizes that it then has; empty where the
     * bytes are no zip file.
     */
    static Optional<byte[]> changedMember(byte[] archive, byte[] other, Random random) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ByteArrayOutputStream member = new ByteArrayOutputStream();
                in.transferTo(member);
                members.put(entry.getName(), member.toByteArray());
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        if (members.isEmpty()) {
            return Optional.empty();
        }
        String name = List.copyOf(members.keySet()).get(random.nextInt(members.size()));
        members.put(name, changed(members.get(name), other, random));
        return Optional.of(ArrayBytes.zip(random.nextBoolean(), members));
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
        byte[] edited = new byte[bytes.length - length + by.length];
        System.arraycopy(bytes, 0, edited, 0, at);
        System.arraycopy(by, 0, edited, at, by.length);
        System.arraycopy(bytes, at + length, edited, at + by.length, bytes.length - at - length);
        return edited;
    }
}
