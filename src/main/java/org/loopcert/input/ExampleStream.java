package org.loopcert.input;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;

/**
 * Examples of a file read once, block by block, so that the memory does not grow with their number:
 * tables ({@code .csv}, {@code .tsv}), and arrays ({@code .npy}) of shape (n, d) whose labels are a
 * column or an array of their own.
 */
public interface ExampleStream extends AutoCloseable {

    /** Some examples, a row each: the features in order, then the label. */
    sealed interface Block permits Doubles, Decimals, Integers {}

    /** Doubles, row by row in the first rows * (d + 1) entries, not to be kept beyond the next block. */
    record Doubles(int rows, double[] entries) implements Block {}

    /** Numbers entry / 10^places, arranged alike. */
    record Decimals(int rows, long[] entries, int places) implements Block {}

    /** Numbers entry 2^exponent / 10^places. */
    record Integers(BigInteger[][] rows, int exponent, int places) implements Block {}

    /**
     * A file that was read.
     *
     * @param file as the user named it
     * @param sha256 of its bytes, in lower-case hexadecimal
     */
    record Source(String file, String sha256) {}

    /**
     * Opens the examples of a file.
     *
     * @param options labels, features of a table, and for arrays the file of labels
     * @throws InputException if the file cannot be read, is of another kind, or does not fit the options
     */
    static ExampleStream open(Path path, InputOptions options, InputLimits limits) throws InputException {
        return switch (ArrayFile.extension(path)) {
            case ".npy" -> ArrayExamples.open(path, options, limits);
            case ".csv" -> TableExamples.open(path, ',', options, limits);
            case ".tsv" -> TableExamples.open(path, '\t', options, limits);
            default ->
                throw InputException.in(path.toString())
                        .expected("a table, .csv or .tsv, or an array, .npy")
                        .found("another kind of file")
                        .build();
        };
    }

    /** The names of the features. */
    List<String> featureNames();

    /**
     * The next examples, or null at the end.
     *
     * @throws InputException at the first number or line that is refused
     */
    Block next() throws InputException;

    /** The bytes of all files. */
    long bytes();

    /** How many of them are read. */
    long position();

    /** The files, after the last block. */
    List<Source> sources();

    @Override
    void close();
}
