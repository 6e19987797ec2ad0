package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.loopcert.ring.RationalField;

/**
 * Matrix Market files (NIST): {@code array} or {@code coordinate}, {@code real}, {@code integer} or
 * {@code pattern} (every stored entry is 1), {@code general}, {@code symmetric} or
 * {@code skew-symmetric}. A number is the exact decimal it spells. An entry twice is refused: some
 * readers add such entries up, others keep the last.
 */
final class MatrixMarketReader {
    private static final String BANNER = "%%MatrixMarket";
    private static final String HINT = "the first line is such as '%%MatrixMarket matrix array real general'";

    private final SourceText source;
    private final InputLimits limits;
    private final NumberBudget budget;
    private int at;
    private long line;

    private boolean coordinate;
    private String field;
    private String symmetry;

    private MatrixMarketReader(SourceText source, InputLimits limits) {
        this.source = source;
        this.limits = limits;
        this.budget = new NumberBudget(limits);
    }

    /** The rows of the matrix, all of them written out. */
    static List<List<BigRational>> read(SourceText source, InputLimits limits) throws InputException {
        MatrixMarketReader reader = new MatrixMarketReader(source, limits);
        reader.banner();
        return reader.matrix();
    }

    private void banner() throws InputException {
        String first = nextLine();
        String[] words = first == null ? new String[0] : first.strip().split("\\s+");
        if (words.length != 5 || !words[0].equals(BANNER)) {
            throw here().expected("the five words of a Matrix Market header")
                    .found(first == null ? "an empty file" : InputException.quote(first))
                    .hint(HINT)
                    .build();
        }
        word(words[1], Set.of("matrix"), "the word matrix");
        coordinate = word(words[2], Set.of("array", "coordinate"), "array or coordinate")
                .equals("coordinate");
        field = word(words[3], Set.of("real", "integer", "pattern"), "real, integer or pattern");
        symmetry = word(
                words[4], Set.of("general", "symmetric", "skew-symmetric"), "general, symmetric or skew-symmetric");
        if (field.equals("pattern") && (!coordinate || symmetry.equals("skew-symmetric"))) {
            throw here().expected("a pattern of coordinates that is not skew-symmetric")
                    .found(InputException.quote(first))
                    .build();
        }
    }

    private String word(String word, Set<String> known, String expected) throws InputException {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!known.contains(lower)) {
            throw here().expected(expected + " in the header")
                    .found(InputException.quote(word))
                    .hint(HINT)
                    .build();
        }
        return lower;
    }

    private List<List<BigRational>> matrix() throws InputException {
        String[] sizes = nextEntry(coordinate ? 3 : 2, "the sizes of the matrix");
        int rows = size(sizes[0], limits.maxRows(), "rows");
        int columns = size(sizes[1], limits.maxColumns(), "columns");
        if (!symmetry.equals("general") && rows != columns) {
            throw here().expected("as many rows as columns of a " + symmetry + " matrix")
                    .found(rows + " and " + columns)
                    .build();
        }
        long cells = (long) rows * columns;
        long stored = coordinate ? stored(sizes[2], cells) : storedInArray(rows, cells);
        // a line of an entry takes at least a digit and its end, the last one only the digit
        long most = (source.text().length() - at + 1L) / 2;
        if (stored > most) {
            throw here().expected("a file of " + stored + " entries")
                    .found("room for at most " + most)
                    .hint("the file may be cut off")
                    .build();
        }
        // cells without an entry share one zero, but whoever computes with the matrix visits them all
        if (!budget.affords(cells)) {
            throw here().beyond(limits.beyondValueBytes(NumberBudget.atLeast(cells)))
                    .expected("numbers that fit in " + limits.maxValueBytes() + " bytes together")
                    .found(cells + " numbers")
                    .build();
        }
        List<List<BigRational>> matrix = new ArrayList<>(rows);
        BigRational absent = coordinate ? null : BigRational.ZERO;
        for (int i = 0; i < rows; i++) {
            matrix.add(new ArrayList<>(Collections.nCopies(columns, absent)));
        }
        if (coordinate) {
            readCoordinates(matrix, stored);
        } else {
            readArray(matrix, stored);
        }
        String rest = nextContent();
        if (rest != null) {
            throw here().expected("the end of the file after " + stored + " entries")
                    .found(InputException.quote(rest))
                    .build();
        }
        return matrix;
    }

    private int size(String text, int most, String what) throws InputException {
        BigInteger size = whole(text, "the number of " + what);
        if (size.signum() == 0) {
            throw here().expected("at least one of the " + what).found("0").build();
        }
        if (size.compareTo(BigInteger.valueOf(most)) > 0) {
            throw here().beyond("max-" + what, most, atMostLong(size))
                    .expected("at most " + most + " " + what)
                    .found(InputException.quote(text))
                    .build();
        }
        return size.intValueExact();
    }

    private static long atMostLong(BigInteger value) {
        return value.bitLength() < Long.SIZE ? value.longValueExact() : Long.MAX_VALUE;
    }

    private long stored(String text, long cells) throws InputException {
        BigInteger stored = whole(text, "the number of entries");
        if (stored.compareTo(BigInteger.valueOf(cells)) > 0) {
            throw here().expected("at most " + cells + " entries, each cell once")
                    .found(InputException.quote(text))
                    .build();
        }
        return stored.longValueExact();
    }

    private long storedInArray(long n, long cells) {
        return switch (symmetry) {
            case "symmetric" -> n * (n + 1) / 2;
            case "skew-symmetric" -> n * (n - 1) / 2;
            default -> cells;
        };
    }

    private BigInteger whole(String text, String what) throws InputException {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw here().expected("a whole number for " + what)
                    .found(InputException.quote(text))
                    .build();
        }
        if (text.length() > limits.maxDigits()) {
            throw here().beyond("max-digits", limits.maxDigits(), text.length())
                    .expected("at most " + limits.maxDigits() + " digits for " + what)
                    .found(text.length() + " digits")
                    .build();
        }
        return new BigInteger(text);
    }

    private void readArray(List<List<BigRational>> matrix, long stored) throws InputException {
        int rows = matrix.size();
        int columns = matrix.get(0).size();
        long read = 0;
        for (int j = 0; j < columns; j++) {
            int first = symmetry.equals("general") ? 0 : symmetry.equals("symmetric") ? j : j + 1;
            for (int i = first; i < rows; i++) {
                read++;
                String[] words = nextEntry(1, "entry " + read + " of " + stored + " (one a line, column by column)");
                put(matrix, i, j, number(words[0]));
            }
        }
    }

    private void readCoordinates(List<List<BigRational>> matrix, long stored) throws InputException {
        int width = field.equals("pattern") ? 2 : 3;
        for (long read = 1; read <= stored; read++) {
            String[] words = nextEntry(width, "entry " + read + " of " + stored);
            int i = index(words[0], matrix.size(), "row");
            int j = index(words[1], matrix.get(0).size(), "column");
            boolean above = symmetry.equals("symmetric") ? j > i : symmetry.equals("skew-symmetric") && j >= i;
            if (above) {
                throw here().expected("entries of a " + symmetry + " matrix below its diagonal"
                                + (symmetry.equals("symmetric") ? " or on it" : ""))
                        .found("row " + (i + 1) + ", column " + (j + 1))
                        .build();
            }
            if (matrix.get(i).get(j) != null) {
                throw here().expected("each entry once")
                        .found("row " + (i + 1) + ", column " + (j + 1) + " twice")
                        .hint("add such entries up, or keep one, before reading")
                        .build();
            }
            put(matrix, i, j, width == 2 ? BigRational.ONE : number(words[2]));
        }
        for (List<BigRational> row : matrix) {
            row.replaceAll(value -> value == null ? BigRational.ZERO : value);
        }
    }

    private void put(List<List<BigRational>> matrix, int i, int j, BigRational value) {
        matrix.get(i).set(j, value);
        if (!symmetry.equals("general")) {
            boolean skew = symmetry.equals("skew-symmetric");
            matrix.get(j).set(i, skew ? RationalField.INSTANCE.negate(value) : value);
        }
    }

    private int index(String text, int most, String what) throws InputException {
        BigInteger index = whole(text, "a " + what);
        if (index.signum() == 0 || index.compareTo(BigInteger.valueOf(most)) > 0) {
            throw here().expected("a " + what + " from 1 to " + most)
                    .found(InputException.quote(text))
                    .build();
        }
        return index.intValueExact() - 1;
    }

    private BigRational number(String text) throws InputException {
        try {
            BigRational value = budget.parse(text);
            if (field.equals("integer")
                    && (text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0)) {
                throw here().expected("an integer, as the header says")
                        .found(InputException.quote(text))
                        .hint("the header may say real instead")
                        .build();
            }
            return value;
        } catch (ExactDecimal.RefusedException e) {
            throw here().refused(e, "").build();
        } catch (NumberBudget.ExhaustedException e) {
            throw e.at(here());
        }
    }

    private String[] nextEntry(int words, String what) throws InputException {
        String content = nextContent();
        String[] split = content == null ? new String[0] : content.split("\\s+", words + 1);
        if (split.length != words) {
            throw here().expected((words == 1 ? "one number, " : words + " numbers, ") + what)
                    .found(content == null ? "the end of the file" : InputException.quote(content))
                    .build();
        }
        return split;
    }

    /** The next line that is neither blank nor a comment, without blanks around it; null at the end. */
    private String nextContent() {
        for (String next = nextLine(); next != null; next = nextLine()) {
            String content = next.strip();
            if (!content.isEmpty() && content.charAt(0) != '%') {
                return content;
            }
        }
        return null;
    }

    private String nextLine() {
        String text = source.text();
        if (at >= text.length()) {
            return null;
        }
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        String next = text.substring(at, end);
        at = end + 1;
        line++;
        return next;
    }

    private InputException.Builder here() {
        return InputException.in(source.file()).line(Math.max(1, line));
    }
}
