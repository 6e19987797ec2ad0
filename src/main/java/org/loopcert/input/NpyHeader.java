package org.loopcert.input;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a {@code .npy} array, versions 1.0, 2.0 and 3.0 (NumPy Enhancement Proposal 1): a
 * magic string, the length of a Python dictionary, and the dictionary. Only the literals that numpy
 * writes are understood; nothing is evaluated.
 *
 * <pre>
 *   dictionary = "{" [ item { "," item } [ "," ] ] "}"     each of the three keys once
 *   item       = string ":" ( string | "True" | "False" | tuple )
 *   tuple      = "(" [ length "," [ length { "," length } [ "," ] ] ] ")"
 *   length     = digits [ "L" ]                            the L of Python 2
 * </pre>
 */
final class NpyHeader {
    /** More than any header of an array of numbers takes, and what is read of a packed member. */
    static final int LONGEST = 1 << 16;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final String KEYS = "the keys 'descr', 'fortran_order' and 'shape', each once";
    private static final int LONGEST_LENGTH = 18; // digits, so that a length fits a long

    private final Content content;
    private final String text;
    private final int base;
    private int at;

    private String descr;
    private int descrAt;
    private Boolean fortran;
    private List<Long> shape;
    private int shapeAt;

    private NpyHeader(Content content, String text, int base) {
        this.content = content;
        this.text = text;
        this.base = base;
    }

    /**
     * Reads the header of an array and checks it against the size of its file.
     *
     * @param name the name of the array, empty where it has none
     * @param content at least the header
     * @param total the bytes of header and entries that are really there
     */
    static ArrayHeader read(String name, Content content, long total) throws InputException {
        byte[] bytes = content.bytes();
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= bytes.length || bytes[i] != MAGIC[i]) {
                throw content.at(i)
                        .expected("the bytes \\x93NUMPY of a .npy array")
                        .found(found(bytes, i))
                        .hint("numpy.save writes such a file")
                        .build();
            }
        }
        int major = at(content, 6);
        int minor = at(content, 7);
        if (major < 1 || major > 3 || minor != 0) {
            throw content.at(6)
                    .expected("version 1.0, 2.0 or 3.0 of the .npy format")
                    .found(major + "." + minor)
                    .build();
        }
        int width = major == 1 ? 2 : 4;
        long length = 0;
        for (int i = 0; i < width; i++) {
            length |= (long) at(content, 8 + i) << 8 * i;
        }
        int start = 8 + width;
        if (length > total - start) {
            throw content.at(8)
                    .expected("a header that ends within the " + total + " bytes present")
                    .found("a header of " + length + " bytes")
                    .build();
        }
        if (length > LONGEST) {
            throw content.at(8)
                    .beyond(InputException.FIXED, LONGEST, length)
                    .expected("a header of at most " + LONGEST + " bytes")
                    .found(Long.toString(length))
                    .build();
        }
        // one char a byte keeps positions; the three keys and their values are ASCII in every version
        String text = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
        NpyHeader header = new NpyHeader(content, text, start);
        header.dictionary();
        return header.checked(name, start + length, total);
    }

    private static String found(byte[] bytes, int offset) {
        return offset < bytes.length ? String.format("the byte 0x%02x", bytes[offset] & 0xff) : "the end";
    }

    private static int at(Content content, int offset) throws InputException {
        if (offset >= content.bytes().length) {
            throw content.at(content.bytes().length)
                    .expected("the version and length of a .npy header")
                    .found("the end")
                    .build();
        }
        return content.bytes()[offset] & 0xff;
    }

    private void dictionary() throws InputException {
        require('{', "a dictionary, beginning with {");
        while (!accept('}')) {
            skipBlanks();
            int keyAt = at;
            String key = string(KEYS);
            require(':', "a colon after the key");
            skipBlanks();
            switch (key) {
                case "descr" -> {
                    requireNew(keyAt, descr);
                    descrAt = at;
                    descr = descr();
                }
                case "fortran_order" -> {
                    requireNew(keyAt, fortran);
                    fortran = truth();
                }
                case "shape" -> {
                    requireNew(keyAt, shape);
                    shapeAt = at;
                    shape = tuple();
                }
                default -> throw refuse(keyAt, KEYS, InputException.quote(key));
            }
            if (!accept(',')) {
                require('}', "a comma or } after the value");
                break;
            }
        }
        skipBlanks();
        if (at < text.length()) {
            throw refuse(at, "blanks until the entries begin", here());
        }
        if (descr == null || fortran == null || shape == null) {
            throw refuse(0, KEYS, "a dictionary without all three");
        }
    }

    private void requireNew(int keyAt, Object earlier) throws InputException {
        if (earlier != null) {
            throw refuse(keyAt, KEYS, "a key twice");
        }
    }

    private ArrayHeader checked(String name, long dataOffset, long total) throws InputException {
        NpyType type = NpyType.of(descr);
        if (type.type() != null) {
            BigInteger needed = ArrayHeader.count(shape)
                    .multiply(BigInteger.valueOf(type.type().size()));
            long present = total - dataOffset;
            if (!needed.equals(BigInteger.valueOf(present))) {
                throw refuse(
                        shapeAt,
                        needed + " bytes of entries for shape " + ArrayHeader.shapeText(shape) + " of dtype "
                                + InputException.quote(descr),
                        present + " bytes after the header");
            }
        }
        return new ArrayHeader(
                name,
                descr,
                type.type(),
                type.refusal(),
                type.order(),
                fortran,
                shape,
                base + (long) descrAt,
                dataOffset);
    }

    private boolean truth() throws InputException {
        for (String word : new String[] {"True", "False"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw refuse(at, "True or False for 'fortran_order'", here());
    }

    private String descr() throws InputException {
        if (at < text.length() && text.charAt(at) == '[') {
            throw refuse(
                    at,
                    "one type for all entries, such as '<f8'",
                    "a structured type, which names fields",
                    "save the fields as columns of one array of numbers");
        }
        return string("a type such as '<f8'");
    }

    private String string(String expected) throws InputException {
        skipBlanks();
        char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '\'' && quote != '"') {
            throw refuse(at, expected, here());
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw refuse(at, "a string that ends", "none of its closing quotes");
        }
        String value = text.substring(at + 1, end);
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\')) {
            throw refuse(at, expected, InputException.quote(value));
        }
        at = end + 1;
        return value;
    }

    private List<Long> tuple() throws InputException {
        require('(', "a tuple of lengths for 'shape'");
        List<Long> lengths = new ArrayList<>();
        while (!accept(')')) {
            if (lengths.size() == ArrayHeader.MOST_AXES) {
                throw refuse(at, "at most " + ArrayHeader.MOST_AXES + " axes", "more");
            }
            lengths.add(length());
            if (!accept(',')) {
                if (lengths.size() == 1) {
                    throw refuse(at, "a comma after the only length of 'shape'", here());
                }
                require(')', "a comma or ) after a length of 'shape'");
                break;
            }
        }
        return lengths;
    }

    private long length() throws InputException {
        skipBlanks();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > LONGEST_LENGTH) {
            throw refuse(
                    start,
                    "a length of at most " + LONGEST_LENGTH + " digits in 'shape'",
                    at == start ? here() : (at - start) + " digits");
        }
        long length = Long.parseLong(text, start, at, 10);
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return length;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private boolean accept(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char wanted, String expected) throws InputException {
        if (!accept(wanted)) {
            throw refuse(at, expected, here());
        }
    }

    private String here() {
        return at < text.length()
                ? InputException.quote(text.substring(at, Math.min(text.length(), at + 20)))
                : "the end of the header";
    }

    private InputException refuse(int place, String expected, String found) {
        return refuse(place, expected, found, null);
    }

    private InputException refuse(int place, String expected, String found, String hint) {
        return content.at(base + (long) place)
                .expected(expected)
                .found(found)
                .hint(hint)
                .build();
    }

    /**
     * A type as numpy spells it.
     *
     * @param type the numeric type, or null
     * @param refusal what it is instead, or null
     * @param order the byte order of a numeric type
     */
    private record NpyType(NumericType type, String refusal, ByteOrder order) {

        static NpyType of(String descr) {
            boolean marked = !descr.isEmpty() && "<>|=".indexOf(descr.charAt(0)) >= 0;
            char mark = marked ? descr.charAt(0) : '=';
            String kind = marked ? descr.substring(1) : descr;
            NumericType type = numeric(kind);
            String quoted = InputException.quote(descr);
            if (type == null) {
                return new NpyType(null, notNumeric(kind) + ", dtype " + quoted, ByteOrder.LITTLE_ENDIAN);
            }
            if (type.size() > 1 && mark != '<' && mark != '>') {
                // numpy takes these in the byte order of the machine that reads them
                return new NpyType(null, "no byte order, < or >, in dtype " + quoted, ByteOrder.LITTLE_ENDIAN);
            }
            return new NpyType(type, null, mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        }

        private static NumericType numeric(String kind) {
            return switch (kind) {
                case "f2" -> NumericType.FLOAT16;
                case "f4" -> NumericType.FLOAT32;
                case "f8" -> NumericType.FLOAT64;
                case "i1" -> NumericType.INT8;
                case "i2" -> NumericType.INT16;
                case "i4" -> NumericType.INT32;
                case "i8" -> NumericType.INT64;
                case "u1" -> NumericType.UINT8;
                case "u2" -> NumericType.UINT16;
                case "u4" -> NumericType.UINT32;
                case "u8" -> NumericType.UINT64;
                default -> null;
            };
        }

        private static String notNumeric(String kind) {
            return switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
                case 'O' -> "an object array, a Python pickle, which is never loaded";
                case 'c' -> "complex numbers";
                case 'b', '?' -> "truth values";
                case 'U', 'S', 'a' -> "text";
                case 'M', 'm' -> "dates or durations";
                case 'V' -> "raw bytes";
                case 'f' -> "floating point of another size";
                default -> "another type";
            };
        }
    }
}
