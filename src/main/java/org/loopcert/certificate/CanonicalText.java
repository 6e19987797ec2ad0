package org.loopcert.certificate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loopcert.kernel.Json;
import org.loopcert.matrix.DyadicMatrix;

/**
 * The bytes of a certificate under construction: the spelling of {@link Json#print}, made without an object for each number.
 *
 * <p>It also knows how many digits the longest integer written has, which certificates declare.
 */
public final class CanonicalText {
    /** Exponents e below this have their denominators 2^e ready. */
    private static final int POWERS = 64;

    /** Words of eight characters that hold a slash, 2^e below 2^64 and a quotation mark. */
    private static final int POWER_WORDS = 3;

    /** What closes the fraction over 2^e and its quotation marks, in words of eight characters; e = 0 has no slash. */
    private static final long[] CLOSING = new long[POWERS * POWER_WORDS];

    /** How many characters of these words count. */
    private static final int[] CLOSING_LENGTH = new int[POWERS];

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int EIGHT_DIGITS = 100_000_000;

    /** Eight times the character 0. */
    private static final long ZEROS = 0x3030303030303030L;

    /** Room for a comma, quotation marks, a sign and a long, and for what a whole word writes too much. */
    private static final int MOST_OF_LONG = 32;

    /** The length of a part of a long text. */
    private static final int PART = 1 << 16;

    static {
        for (int e = 0; e < POWERS; e++) {
            byte[] text = ascii(e == 0 ? "\"" : "/" + BigInteger.ONE.shiftLeft(e) + '"');
            byte[] padded = Arrays.copyOf(text, Long.BYTES * POWER_WORDS);
            CLOSING_LENGTH[e] = text.length;
            for (int w = 0; w < POWER_WORDS; w++) {
                CLOSING[e * POWER_WORDS + w] = (long) EIGHT.get(padded, Long.BYTES * w);
            }
        }
    }

    /** What was written before the present bytes, which nothing changes any more. */
    private final List<Part> parts = new ArrayList<>();

    /** The length of these parts together. */
    private int before;

    /** So many of these bytes. */
    private record Part(byte[] bytes, int length) {}

    private byte[] bytes;
    private int length;
    private int depth;
    private int digits = 1;

    /** Whether the container opened last has no items yet. */
    private boolean empty;

    /** A text that begins inside so many containers. */
    CanonicalText(int capacity, int depth, boolean empty) {
        this.bytes = new byte[capacity];
        this.depth = depth;
        this.empty = empty;
    }

    /** A copy that can grow without changing this one. */
    CanonicalText copy() {
        CanonicalText copy = new CanonicalText(0, depth, empty);
        copy.parts.addAll(parts);
        copy.before = before;
        copy.bytes = Arrays.copyOf(bytes, length);
        copy.length = length;
        copy.digits = digits;
        return copy;
    }

    int length() {
        return Math.addExact(before, length);
    }

    int depth() {
        return depth;
    }

    boolean empty() {
        return empty;
    }

    /** The most decimal digits of an integer in the numbers written. */
    int digits() {
        return digits;
    }

    void copyTo(byte[] target, int at) {
        int to = at;
        for (Part part : parts) {
            System.arraycopy(part.bytes(), 0, target, to, part.length());
            to += part.length();
        }
        System.arraycopy(bytes, 0, target, to, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            grow(more);
        }
    }

    /** Doubles a short text, and begins another part of a long one, which is copied only once. */
    private void grow(int more) {
        if (length < PART / 2) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
            return;
        }
        parts.add(new Part(bytes, length));
        before = Math.addExact(before, length);
        bytes = new byte[Math.max(more, PART)];
        length = 0;
    }

    private void put(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
    }

    @SuppressWarnings("deprecation") // the bytes of ASCII, without an array for each
    void put(String ascii) {
        int count = ascii.length();
        reserve(count);
        ascii.getBytes(0, count, bytes, length);
        length += count;
    }

    /** Opens an object or an array whose items stand on lines of their own. */
    public void open(char bracket) {
        put(bracket);
        depth++;
        empty = true;
    }

    /** Begins an item of the array opened last. */
    public void item() {
        if (!empty) {
            put(',');
        }
        empty = false;
        newLine();
    }

    /** Begins a field of the object opened last. */
    public void name(String name) {
        item();
        put('"');
        put(name);
        put("\": ");
    }

    /** A field of the object opened last. */
    public void field(String name, Json value) {
        name(name);
        value(value);
    }

    /** Closes what was opened last. */
    public void close(char bracket) {
        depth--;
        if (!empty) {
            newLine();
        }
        empty = false;
        put(bracket);
    }

    private void newLine() {
        reserve(depth + 1);
        bytes[length++] = '\n';
        for (int i = 0; i < depth; i++) {
            bytes[length++] = ' ';
        }
    }

    /** A value of any kind. */
    public void value(Json value) {
        if (isInline(value)) {
            inline(value);
        } else if (value instanceof Json.Arr array) {
            array(array);
        } else if (value instanceof Json.Obj object) {
            open('{');
            for (int i = 0; i < object.names().size(); i++) {
                name(object.names().get(i));
                value(object.values().get(i));
            }
            close('}');
        }
    }

    private static boolean isInline(Json value) {
        return value instanceof Json.Str || value instanceof Json.Int;
    }

    private void inline(Json value) {
        if (value instanceof Json.Str str) {
            put('"');
            put(str.text());
            put('"');
            digits = Math.max(digits, digits(str.text()));
        } else if (value instanceof Json.Int number) {
            put(Long.toString(number.value()));
        }
    }

    private void array(Json.Arr array) {
        boolean inline = true;
        for (Json item : array.items()) {
            inline &= isInline(item);
        }
        if (inline) {
            put('[');
            for (int i = 0; i < array.items().size(); i++) {
                separate(i);
                inline(array.items().get(i));
            }
            put(']');
            return;
        }
        open('[');
        for (Json item : array.items()) {
            item();
            value(item);
        }
        close(']');
    }

    private void separate(int i) {
        if (i > 0) {
            put(", ");
        }
    }

    /** An array of the entries of a row on one line. */
    void row(DyadicMatrix matrix, int i) {
        put('[');
        int most = digits;
        for (int j = 0; j < matrix.columns(); j++) {
            separate(j);
            reserve(MOST_OF_LONG + Long.BYTES * POWER_WORDS);
            byte[] out = bytes;
            int at = length;
            out[at++] = '"';
            long number = matrix.numerator(i, j);
            out[at] = '-'; // written over unless it counts: signs of data cannot be foretold
            at += (int) (number >>> Long.SIZE - 1);
            int start = at;
            at = magnitude(Math.abs(number), out, at);
            most = Math.max(most, at - start);
            int e = matrix.exponent(i, j);
            if (e < POWERS) {
                for (int w = 0; w < POWER_WORDS; w++) {
                    EIGHT.set(out, at + Long.BYTES * w, CLOSING[e * POWER_WORDS + w]);
                }
                length = at + CLOSING_LENGTH[e];
                most = Math.max(most, CLOSING_LENGTH[e] - 2); // without the slash and the mark
            } else {
                String power = Texts.powerOfTwo(e);
                length = at;
                put('/');
                put(power);
                put('"');
                most = Math.max(most, power.length());
            }
        }
        digits = most;
        put(']');
    }

    /** An array of integers, each times one power of two, on one line. */
    void integers(long[] numbers, ShiftedDecimals decimals) {
        put('[');
        for (int i = 0; i < numbers.length; i++) {
            separate(i);
            int places = decimals.multiply(Math.absExact(numbers[i]));
            reserve(MOST_OF_LONG + ShiftedDecimals.PLACES * places);
            bytes[length++] = '"';
            if (numbers[i] < 0) {
                bytes[length++] = '-';
            }
            int start = length;
            length = first(decimals.place(places - 1), bytes, length);
            for (int k = places - 2; k >= 0; k--) {
                int nine = decimals.place(k);
                int high = nine / EIGHT_DIGITS;
                bytes[length] = (byte) ('0' + high);
                EIGHT.set(bytes, length + 1, eight(nine - high * EIGHT_DIGITS) + ZEROS);
                length += ShiftedDecimals.PLACES;
            }
            digits = Math.max(digits, length - start);
            bytes[length++] = '"';
        }
        put(']');
    }

    /** Writes an integer below 2^64 without sign, and characters that do not count; returns where it ends. */
    private static int magnitude(long value, byte[] out, int start) {
        long high = value < 0 ? Long.divideUnsigned(value, EIGHT_DIGITS) : value / EIGHT_DIGITS;
        int low = (int) (value - high * EIGHT_DIGITS);
        if (high == 0) {
            return first(low, out, start);
        }
        long highest = high / EIGHT_DIGITS;
        int middle = (int) (high - highest * EIGHT_DIGITS);
        int at;
        if (highest == 0) {
            at = first(middle, out, start);
        } else {
            at = first((int) highest, out, start);
            EIGHT.set(out, at, eight(middle) + ZEROS);
            at += Long.BYTES;
        }
        EIGHT.set(out, at, eight(low) + ZEROS);
        return at + Long.BYTES;
    }

    /** Writes a number below 10^9 without leading zeros, and characters that do not count; returns where it ends. */
    private static int first(int number, byte[] out, int at) {
        int to = at;
        int rest = number;
        if (number >= EIGHT_DIGITS) {
            int high = number / EIGHT_DIGITS;
            out[to++] = (byte) ('0' + high);
            rest = number - high * EIGHT_DIGITS;
            EIGHT.set(out, to, eight(rest) + ZEROS);
            return to + Long.BYTES;
        }
        long word = eight(rest);
        int zeros = Math.min(Long.BYTES - 1, Long.numberOfTrailingZeros(word) / Byte.SIZE);
        EIGHT.set(out, to, word + ZEROS >>> Byte.SIZE * zeros);
        return to + Long.BYTES - zeros;
    }

    /**
     * The eight decimal digits of a number below 10^8, the first in the lowest byte. Halves of four digits, pairs and single
     * digits are divided beside one another: 10486/2^20 times a number below 10^4 rounds down to a hundredth of it, and
     * 103/2^10 times one below 100 to a tenth.
     */
    static long eight(int number) {
        long high = number / 10_000;
        long fours = high | number - 10_000 * high << 32;
        long hundreds = fours * 10_486 >>> 20 & 0x7f0000007fL;
        long twos = hundreds | fours - 100 * hundreds << 16;
        long tens = twos * 103 >>> 10 & 0x000f000f000f000fL;
        return tens | twos - 10 * tens << 8;
    }

    /** The digits of the longer integer in a fraction; 0 for any other text. */
    private static int digits(String text) {
        int largest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                run++;
                largest = Math.max(largest, run);
            } else if (c == '/' && run > 0 && largest == run && text.indexOf('/') == i && i + 1 < text.length()) {
                run = 0;
            } else if (c != '-' || i > 0 || text.length() == 1) {
                return 0;
            }
        }
        return largest;
    }
}
