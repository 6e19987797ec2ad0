package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.Vector;

/**
 * A vector in a file of its own: a JSON list of exact numbers (the first character that is not
 * blank is a bracket), or one number a line with an optional header line, which is what a CSV of
 * one column is. A {@code .npy}, {@code .npz} or {@code .safetensors} file holds one array of shape
 * (n,) or (n, 1), a {@code .mtx} file a matrix of one column.
 */
public final class VectorReader {
    private VectorReader() {}

    /**
     * Reads a vector.
     *
     * @throws InputException if the file is not one list of exact numbers within the limits
     */
    public static Vector<BigRational> read(Path path, InputLimits limits) throws InputException {
        return Vector.of(entries(path, limits));
    }

    static List<BigRational> entries(Path path, InputLimits limits) throws InputException {
        if (ArrayFile.holdsArrays(path)) {
            return array(path, limits).vector(limits);
        }
        if (ArrayFile.extension(path).equals(".mtx")) {
            return column(path, limits);
        }
        SourceText source = SourceText.read(path, limits);
        String text = source.text().stripLeading();
        return text.startsWith("[") || text.startsWith("{") ? list(source, limits) : lines(source, limits);
    }

    /** Labels in a file; where X is one of a stack, they may be a stack of as many. */
    static List<BigRational> labels(Path path, Draft.Stack stack, int n, InputLimits limits) throws InputException {
        return ArrayFile.holdsArrays(path)
                ? ArrayInstance.labels(array(path, limits), stack, n, limits)
                : entries(path, limits);
    }

    private static StoredArray array(Path path, InputLimits limits) throws InputException {
        return ArrayFile.open(path, limits).only("save the vector in a .npy file of its own");
    }

    private static List<BigRational> column(Path path, InputLimits limits) throws InputException {
        List<List<BigRational>> rows = MatrixMarketReader.read(SourceText.read(path, limits), limits);
        if (rows.get(0).size() != 1) {
            throw InputException.in(path.toString())
                    .expected("a vector, a matrix of one column")
                    .found(rows.get(0).size() + " columns")
                    .build();
        }
        return rows.stream().map(row -> row.get(0)).toList();
    }

    private static List<BigRational> list(SourceText source, InputLimits limits) throws InputException {
        try (JsonTokens tokens = new JsonTokens(source, limits)) {
            tokens.next();
            List<BigRational> entries = tokens.vector("the vector", limits.maxRows(), "max-rows");
            tokens.requireEnd();
            return entries;
        }
    }

    private static List<BigRational> lines(SourceText source, InputLimits limits) throws InputException {
        NumberBudget budget = new NumberBudget(limits);
        List<BigRational> entries = new ArrayList<>();
        boolean first = true;
        try (TableReader.Records records = new TableReader.Records(source, ',')) {
            for (CsvRecord row = records.next(); row != null; row = records.next()) {
                InputException.Builder place = InputException.in(source.file()).line(row.getStartingLineNumber());
                if (row.getFieldCount() != 1) {
                    throw place.expected("one number a line")
                            .found(row.getFieldCount() + " fields")
                            .build();
                }
                String text = row.getField(0).strip();
                if (first && isHeader(text)) {
                    first = false;
                    continue;
                }
                first = false;
                if (entries.size() == limits.maxRows()) {
                    throw place.beyond("max-rows", limits.maxRows(), limits.maxRows() + 1L)
                            .expected("at most " + limits.maxRows() + " entries")
                            .found("more")
                            .build();
                }
                try {
                    entries.add(budget.parse(text));
                } catch (ExactDecimal.RefusedException e) {
                    throw place.refused(e, "").build();
                } catch (NumberBudget.ExhaustedException e) {
                    throw e.at(place);
                }
            }
        }
        if (entries.isEmpty()) {
            throw InputException.in(source.file())
                    .expected("at least one number")
                    .found("none")
                    .build();
        }
        return entries;
    }

    /** A name starts with a letter and is not one of the words for a missing or infinite value. */
    private static boolean isHeader(String text) {
        return !text.isEmpty()
                && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_')
                && !ExactDecimal.isMissingOrNotFinite(text);
    }
}
