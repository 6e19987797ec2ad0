package org.loopcert.certificate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.loopcert.kernel.Json;
import org.loopcert.matrix.DyadicMatrix;

/**
 * The bytes of a certificate under construction: the spelling of {@link Json#print}, made without an object for each number.
 *
 * <p>It also knows how many digits the longest integer written has, which certificates declare.
 */
public final class CanonicalText {
    /** Denominators 2^e, e below the length, with what closes a fraction. */
    private static final byte[][] POWERS = new byte[128][];

    /** Two decimal digits for each number below 100. */
    private static final short[] PAIRS = new short[100];

    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /** Powers of ten. */
    private static final long[] TENS = new long[19];

    private static final long EIGHT_DIGITS = 100_000_000;

    /** Room for a comma, quotation marks, a sign and a long. */
    private static final int MOST_OF_LONG = 32;

    static {
        TENS[0] = 1;
        for (int k = 1; k < TENS.length; k++) {
            TENS[k] = 10 * TENS[k - 1];
        }
        Arrays.setAll(POWERS, e -> ascii("/" + BigInteger.ONE.shiftLeft(e)));
        for (int k = 0; k < 100; k++) {
            PAIRS[k] = (short) (('0' + k / 10) << 8 | '0' + k % 10);
        }
    }

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
        copy.bytes = Arrays.copyOf(bytes, length);
        copy.length = length;
        copy.digits = digits;
        return copy;
    }

    int length() {
        return length;
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
        System.arraycopy(bytes, 0, target, at, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
        }
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
        if (value instanceof Json.Str str) {
            put('"');
            put(str.text());
            put('"');
            digits = Math.max(digits, digits(str.text()));
        } else if (value instanceof Json.Int number) {
            put(Long.toString(number.value()));
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

    private void array(Json.Arr array) {
        boolean inline = true;
        for (Json item : array.items()) {
            inline &= item instanceof Json.Str || item instanceof Json.Int;
        }
        if (inline) {
            put('[');
            for (int i = 0; i < array.items().size(); i++) {
                separate(i);
                value(array.items().get(i));
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
        byte[] longest = power(matrix.exponent());
        for (int j = 0; j < matrix.columns(); j++) {
            reserve(MOST_OF_LONG + longest.length);
            byte[] out = bytes;
            int at = length;
            if (j > 0) {
                out[at++] = ',';
                out[at++] = ' ';
            }
            out[at++] = '"';
            long number = matrix.numerator(i, j);
            if (number < 0) {
                out[at++] = '-';
            }
            int before = at;
            at = integer(number, out, at);
            int most = at - before;
            int e = matrix.exponent(i, j);
            if (e > 0) {
                byte[] power = power(e);
                System.arraycopy(power, 0, out, at, power.length);
                at += power.length;
                most = Math.max(most, power.length - 1);
            }
            out[at++] = '"';
            length = at;
            digits = Math.max(digits, most);
        }
        put(']');
    }

    private static byte[] power(int e) {
        return e < POWERS.length ? POWERS[e] : ascii("/" + BigInteger.ONE.shiftLeft(e));
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
            int before = length;
            length = integer(decimals.place(places - 1), bytes, length);
            for (int k = places - 2; k >= 0; k--) {
                nine(decimals.place(k));
            }
            digits = Math.max(digits, length - before);
            bytes[length++] = '"';
        }
        put(']');
    }

    /** Nine digits with leading zeros. */
    private void nine(int number) {
        int high = number / 10_000;
        int low = number - 10_000 * high;
        int first = high / 10_000;
        bytes[length] = (byte) ('0' + first);
        four(high - 10_000 * first, bytes, length + 1);
        four(low, bytes, length + 5);
        length += 9;
    }

    /** Writes the decimal digits of a magnitude, for which there is room, and returns where they end. */
    private static int integer(long value, byte[] out, int at) {
        if (value == Long.MIN_VALUE) {
            byte[] magnitude = ascii(Long.toString(value));
            System.arraycopy(magnitude, 1, out, at, magnitude.length - 1);
            return at + magnitude.length - 1;
        }
        long rest = Math.abs(value);
        int end = at + count(rest);
        int to = end;
        while (rest >= EIGHT_DIGITS) {
            long quotient = rest / EIGHT_DIGITS;
            int low = (int) (rest - quotient * EIGHT_DIGITS);
            rest = quotient;
            int high = low / 10_000;
            four(high, out, to - 8);
            four(low - high * 10_000, out, to - 4);
            to -= 8;
        }
        int last = (int) rest;
        while (last >= 100) {
            int quotient = last / 100;
            PAIR.set(out, to - 2, PAIRS[last - 100 * quotient]);
            last = quotient;
            to -= 2;
        }
        if (last >= 10) {
            PAIR.set(out, to - 2, PAIRS[last]);
        } else {
            out[to - 1] = (byte) ('0' + last);
        }
        return end;
    }

    private static void four(int below10000, byte[] out, int at) {
        int high = below10000 / 100;
        PAIR.set(out, at, PAIRS[high]);
        PAIR.set(out, at + 2, PAIRS[below10000 - 100 * high]);
    }

    /** How many decimal digits a number that is not negative has. */
    private static int count(long value) {
        int least = (Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12; // times log10(2), rounded down
        return value < TENS[least] ? Math.max(1, least) : least + 1;
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
