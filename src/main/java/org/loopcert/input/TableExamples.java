package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The examples of a table, whose numbers are decimals. */
final class TableExamples implements ExampleStream {
    private static final int ROWS = 4096;

    /** A block with long numbers ends where they take so many bits, for the sake of memory. */
    private static final long BITS = 1L << 27;

    /** Numbers of so many places fit a long or a few words; all of a block are as long as the longest. */
    private static final int LONG_PLACES = 30;

    /** A block with longer numbers ends where the products of their parts of seven places are so many, for the sake of time. */
    private static final double PRODUCTS = 1L << 31;

    private static final long[] POWERS = powers();

    private final HashedInput input;
    private final TableReader table;
    private final TableReader.Records records;
    private final InputLimits limits;
    private final List<TableReader.Column> columns; // the labels last
    private final int width;
    private final long[] digits;
    private final int[] places;
    private final BigInteger[] longer; // where digits do not fit, of ten to the power of -places
    private boolean any;

    /** Where a row that was read but belongs to the next block begins, or -1. */
    private int left = -1;

    private TableExamples(HashedInput input, Reader text, char separator, InputOptions options, InputLimits limits)
            throws InputException {
        this.input = input;
        this.limits = limits;
        this.table = new TableReader(input.file(), text, separator, options, limits);
        this.records = table.records();
        CsvRecord header = reading(() -> table.header(records));
        TableReader.Selection selection = table.select(header);
        this.width = header.getFieldCount();
        this.columns = new ArrayList<>(selection.features());
        columns.add(selection.labels());
        int most = ROWS * columns.size();
        this.digits = new long[most];
        this.places = new int[most];
        this.longer = new BigInteger[most];
    }

    static TableExamples open(Path path, char separator, InputOptions options, InputLimits limits)
            throws InputException {
        if (options.labelsFile().isPresent()) {
            throw InputException.in(path.toString())
                    .expected("an array, .npy, for --labels-file")
                    .found("a table, whose labels are one of its columns")
                    .build();
        }
        HashedInput input = HashedInput.open(path);
        try {
            Reader text = new BufferedReader(
                    new InputStreamReader(
                            input,
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    1 << 16);
            text.mark(1);
            if (text.read() != '\ufeff') {
                text.reset();
            }
            return new TableExamples(input, text, separator, options, limits);
        } catch (IOException e) {
            throw input.closed(unreadable(input, e));
        } catch (InputException e) {
            throw input.closed(e);
        }
    }

    /** What is read of the file. */
    @FunctionalInterface
    private interface Read<T> {
        T get() throws InputException;
    }

    private <T> T reading(Read<T> read) throws InputException {
        try {
            return read.get();
        } catch (UncheckedIOException e) {
            throw unreadable(input, e.getCause());
        }
    }

    private static InputException unreadable(HashedInput input, IOException e) {
        if (e instanceof CharacterCodingException) {
            return InputException.in(input.file())
                    .expected("UTF-8 text")
                    .found("other bytes, within the first " + input.position())
                    .hint("save the file as UTF-8")
                    .cause(e)
                    .build();
        }
        return HashedInput.unreadable(input.file(), e);
    }

    @Override
    public List<String> featureNames() {
        return columns.subList(0, columns.size() - 1).stream()
                .map(TableReader.Column::name)
                .toList();
    }

    @Override
    public Block next() throws InputException {
        int rows = 0;
        int most = 0;
        long bits = 0;
        boolean fits = true;
        while (rows < ROWS && bits < BITS) {
            if (!readRow(rows)) {
                break;
            }
            int longest = most;
            for (int at = rows * columns.size(); at < (rows + 1) * columns.size(); at++) {
                longest = Math.max(longest, places[at]);
            }
            if (rows > 0 && longest > LONG_PLACES && products(rows + 1, longest) > PRODUCTS) {
                left = rows * columns.size();
                break;
            }
            most = longest;
            for (int at = rows * columns.size(); at < (rows + 1) * columns.size(); at++) {
                fits &= longer[at] == null;
                bits += longer[at] == null ? 0 : longer[at].bitLength();
            }
            rows++;
        }
        if (rows == 0) {
            if (!any) {
                throw table.at(1)
                        .expected("at least one example after the header")
                        .found("none")
                        .build();
            }
            return null;
        }
        any = true;
        return fits && scale(rows, most) ? new Decimals(rows, digits, most) : integers(rows, most);
    }

    private double products(int rows, int longest) {
        double parts = longest / 7.0;
        return rows * (double) columns.size() * columns.size() * parts * parts;
    }

    /** Reads the next row to this place, unless there is none; one that was left comes first. */
    private boolean readRow(int i) throws InputException {
        int to = i * columns.size();
        if (left >= 0) {
            System.arraycopy(digits, left, digits, to, columns.size());
            System.arraycopy(places, left, places, to, columns.size());
            System.arraycopy(longer, left, longer, to, columns.size());
            left = -1;
            return true;
        }
        CsvRecord row = reading(records::next);
        if (row == null) {
            return false;
        }
        table.requireWidth(row, width);
        for (int j = 0; j < columns.size(); j++) {
            read(row, j, to + j);
        }
        return true;
    }

    private void read(CsvRecord row, int j, int at) throws InputException {
        TableReader.Column column = columns.get(j);
        String text = row.getField(column.index()).strip();
        long value = ExactDecimal.shortDigits(text);
        longer[at] = null;
        if (value != Long.MIN_VALUE && text.length() <= limits.maxDigits()) {
            int point = text.indexOf('.');
            digits[at] = value;
            places[at] = point < 0 ? 0 : text.length() - 1 - point;
            return;
        }
        try {
            BigRational number = ExactDecimal.parse(text, limits);
            BigInteger denominator = number.getDenominatorBigInteger();
            int twos = denominator.getLowestSetBit();
            int power = power(denominator.shiftRight(twos), row, column);
            places[at] = Math.max(twos, power);
            longer[at] = number.getNumeratorBigInteger()
                    .multiply(BigInteger.TEN.pow(places[at]))
                    .divide(denominator);
        } catch (ExactDecimal.RefusedException e) {
            throw table.refused(e, row.getStartingLineNumber(), column, j == columns.size() - 1);
        }
    }

    /** The exponent of a power of five. */
    private int power(BigInteger odd, CsvRecord row, TableReader.Column column) throws InputException {
        int exponent = (int) Math.round((odd.bitLength() - 1) / (Math.log(5) / Math.log(2))); // checked below
        for (int e = Math.max(0, exponent - 1); e <= exponent + 1; e++) {
            if (BigInteger.valueOf(5).pow(e).equals(odd)) {
                return e;
            }
        }
        throw table.at(row.getStartingLineNumber())
                .expected("a decimal in column " + InputException.quote(column.name()))
                .found("the fraction "
                        + InputException.quote(row.getField(column.index()).strip()))
                .hint("sums of fractions have no bounded denominator")
                .build();
    }

    /** Brings the digits of all numbers to as many places, if they stay short enough. */
    private boolean scale(int rows, int most) {
        int count = rows * columns.size();
        for (int at = 0; at < count; at++) {
            int missing = most - places[at];
            if (digits[at] != 0
                    && (missing >= POWERS.length || Math.abs(digits[at]) > Long.MAX_VALUE / 2 / POWERS[missing])) {
                return false;
            }
        }
        for (int at = 0; at < count; at++) {
            if (digits[at] != 0) {
                digits[at] *= POWERS[most - places[at]];
            }
        }
        return true;
    }

    private Integers integers(int rows, int most) {
        BigInteger[][] result = new BigInteger[rows][columns.size()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns.size(); j++) {
                int at = i * columns.size() + j;
                BigInteger value = longer[at] == null ? BigInteger.valueOf(digits[at]) : longer[at];
                result[i][j] = value.multiply(BigInteger.TEN.pow(most - places[at]));
            }
        }
        return new Integers(result, 0, most);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        Arrays.setAll(powers, k -> BigInteger.TEN.pow(k).longValueExact());
        return powers;
    }

    @Override
    public long bytes() {
        return input.size();
    }

    @Override
    public long position() {
        return input.position();
    }

    @Override
    public List<Source> sources() {
        return List.of(new Source(input.file(), input.sha256()));
    }

    @Override
    public void close() {
        records.close();
    }
}
