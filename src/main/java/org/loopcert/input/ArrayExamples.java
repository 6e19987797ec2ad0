package org.loopcert.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples of arrays: a matrix with a column of labels, or a matrix and a vector of labels. */
final class ArrayExamples implements ExampleStream {
    private static final int ENTRIES = 1 << 17; // of a block

    private final Rows examples;
    private final Rows labels; // null where they are a column of the examples
    private final int label; // that column, or the place behind the features
    private final int columns;
    private final int block;
    private final double[] entries;
    private final BigInteger[] integers; // integers that are no doubles
    private long done;

    private ArrayExamples(Rows examples, Rows labels, int label) {
        this.examples = examples;
        this.labels = labels;
        this.label = label;
        this.columns = examples.columns + (labels == null ? 0 : 1);
        this.block = Math.max(16, Math.min(4096, ENTRIES / columns));
        this.entries = new double[block * columns];
        this.integers = new BigInteger[block * columns];
    }

    static ArrayExamples open(Path path, InputOptions options, InputLimits limits) throws InputException {
        if (options.features().isPresent()) {
            throw InputException.in(path.toString())
                    .expected("a table with named columns for --features")
                    .found("an array, whose columns have no names")
                    .build();
        }
        Rows examples = Rows.open(path, limits);
        try {
            return open(path, examples, options, limits);
        } catch (InputException e) {
            examples.close();
            throw e;
        }
    }

    private static ArrayExamples open(Path path, Rows examples, InputOptions options, InputLimits limits)
            throws InputException {
        if (examples.header.axes() != 2) {
            throw examples.place()
                    .expected("a matrix, an array of shape (n, d)")
                    .found(examples.header.describe())
                    .build();
        }
        if (options.labelsFile().isPresent()) {
            Path file = options.labelsFile().get();
            if (!ArrayFile.extension(file).equals(".npy")) {
                throw InputException.in(file.toString())
                        .expected("an array, .npy, of labels")
                        .found("another kind of file")
                        .build();
            }
            Rows labels = Rows.open(file, limits);
            if (labels.columns != 1 || labels.rows != examples.rows) {
                labels.close();
                throw labels.place()
                        .expected("a vector of " + examples.rows + " labels, one for each row of " + path)
                        .found(labels.header.describe())
                        .build();
            }
            return new ArrayExamples(examples, labels, examples.columns);
        }
        String column = options.labels().orElse("");
        if (!Draft.namesColumn(column)) {
            throw examples.place()
                    .expected("--labels-file, or --labels last or a column from 0")
                    .found(column.isEmpty() ? "neither" : "--labels " + InputException.quote(column))
                    .build();
        }
        int label = column.equals(Draft.LAST) ? examples.columns - 1 : Integer.parseInt(column);
        if (label >= examples.columns || examples.columns < 2) {
            throw examples.place()
                    .expected(
                            examples.columns < 2
                                    ? "a matrix of at least two columns, features and labels"
                                    : "--labels last, or a column from 0 to " + (examples.columns - 1))
                    .found(examples.columns < 2 ? "one column" : "column " + label)
                    .build();
        }
        return new ArrayExamples(examples, null, label);
    }

    @Override
    public List<String> featureNames() {
        return Problem.defaultFeatureNames(columns - 1);
    }

    @Override
    public Block next() throws InputException {
        int count = (int) Math.min(block, examples.rows - done);
        if (count == 0) {
            return null;
        }
        boolean exact = examples.read(count, done, label, columns, entries, integers);
        if (labels != null) {
            exact &= labels.read(count, done, -1, columns, entries, integers);
        }
        done += count;
        return exact ? new Doubles(count, entries) : integers(count);
    }

    /** Doubles and longer integers together as integers of one exponent. */
    private Integers integers(int count) {
        int exponent = 0;
        for (int at = 0; at < count * columns; at++) {
            if (integers[at] == null && entries[at] != 0) {
                exponent = Math.min(exponent, Math.getExponent(entries[at]) - 52);
            }
        }
        exponent = Math.max(exponent, -1074);
        BigDecimal scale = new BigDecimal(BigInteger.ONE.shiftLeft(-exponent));
        BigInteger[][] result = new BigInteger[count][columns];
        for (int at = 0; at < count * columns; at++) {
            result[at / columns][at % columns] = integers[at] == null
                    ? new BigDecimal(entries[at]).multiply(scale).toBigIntegerExact()
                    : integers[at].shiftLeft(-exponent);
        }
        return new Integers(result, exponent, 0);
    }

    @Override
    public long bytes() {
        return examples.input.size() + (labels == null ? 0 : labels.input.size());
    }

    @Override
    public long position() {
        return examples.input.position() + (labels == null ? 0 : labels.input.position());
    }

    @Override
    public List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(examples.input.file(), examples.input.sha256()));
        if (labels != null) {
            sources.add(new Source(labels.input.file(), labels.input.sha256()));
        }
        return sources;
    }

    @Override
    public void close() {
        examples.close();
        if (labels != null) {
            labels.close();
        }
    }

    /** The rows of one array, from the first to the last. */
    private static final class Rows {
        final HashedInput input;
        final ArrayHeader header;
        final long rows;
        final int columns;
        private byte[] ahead; // bytes behind the header that were read with it
        private int used;

        private Rows(HashedInput input, ArrayHeader header, byte[] ahead) {
            this.input = input;
            this.header = header;
            this.ahead = ahead;
            this.used = (int) header.dataOffset();
            this.rows = header.axes() == 0 ? 0 : header.axis(0);
            this.columns = header.axes() == 2 ? (int) header.axis(1) : 1;
        }

        static Rows open(Path path, InputLimits limits) throws InputException {
            HashedInput input = HashedInput.open(path);
            try {
                byte[] head = input.readNBytes(NpyHeader.LONGEST + 12);
                Content content = new Content(input.file(), null, head);
                ArrayHeader header = NpyHeader.read("", content, input.size());
                StoredArray array = new StoredArray(header, content::place, () -> content);
                array.requireNumbers();
                if (header.axes() != 1 && header.axes() != 2) {
                    throw content.place()
                            .expected("a matrix or a vector")
                            .found(header.describe())
                            .build();
                }
                array.requireAtMost(header.axis(0), limits.maxRows(), "max-rows", "rows");
                if (header.axes() == 2) {
                    array.requireAtMost(header.axis(1), limits.maxColumns(), "max-columns", "columns");
                    if (header.fortran() && header.axis(0) > 1 && header.axis(1) > 1) {
                        throw content.place()
                                .expected("an array stored row by row")
                                .found("one in Fortran order")
                                .hint("save numpy.ascontiguousarray(a)")
                                .build();
                    }
                }
                return new Rows(input, header, head);
            } catch (IOException e) {
                throw input.closed(HashedInput.unreadable(input.file(), e));
            } catch (InputException e) {
                throw input.closed(e);
            }
        }

        InputException.Builder place() {
            return InputException.in(input.file());
        }

        /**
         * The next rows, each from the beginning of a row of the target on, or a vector into its last column.
         *
         * @param label the column that goes behind the others, or -1 for a vector of labels
         * @return whether all are doubles; the others are in {@code integers}
         */
        boolean read(int count, long first, int label, int stride, double[] target, BigInteger[] integers)
                throws InputException {
            NumericType type = header.type();
            byte[] bytes = bytes(count * columns * type.size());
            ByteBuffer view = ByteBuffer.wrap(bytes).order(header.order());
            boolean exact = true;
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < columns; j++) {
                    int at = i * stride + (label < 0 || j == label ? stride - 1 : j < label ? j : j - 1);
                    long bits = type.bits(view, (i * columns + j) * type.size());
                    target[at] = type.nearest(bits);
                    integers[at] = null;
                    if (!Double.isFinite(target[at])) {
                        throw place().byteOffset(header.dataOffset() + ((first + i) * columns + j) * type.size())
                                .expected("a finite number")
                                .found(type.notFinite(bits) + " in row " + (first + i + 1) + ", column " + (j + 1))
                                .hint("leave the example out, or replace the number, before saving the array")
                                .build();
                    }
                    if (type.isLong() && !type.isExact(bits)) {
                        integers[at] = type.value(bits).getNumeratorBigInteger();
                        exact = false;
                    }
                }
            }
            return exact;
        }

        private byte[] bytes(int count) throws InputException {
            byte[] bytes = new byte[count];
            int from = 0;
            if (ahead != null) {
                from = Math.min(count, ahead.length - used);
                System.arraycopy(ahead, used, bytes, 0, from);
                used += from;
                ahead = used == ahead.length ? null : ahead;
            }
            try {
                if (input.readNBytes(bytes, from, count - from) < count - from) {
                    throw place().byteOffset(input.position())
                            .expected("as many bytes as when the file was opened")
                            .found("the end")
                            .build();
                }
            } catch (IOException e) {
                throw HashedInput.unreadable(input.file(), e);
            }
            return bytes;
        }

        void close() {
            try {
                input.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing " + input.file(), e);
            }
        }
    }
}
