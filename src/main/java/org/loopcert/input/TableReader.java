package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables with a header: CSV (RFC 4180 quoting, comma) and TSV (the same with a tab). Names and
 * numbers may have blanks around them. Only selected columns have to be numeric.
 *
 * <ul>
 *   <li>Every record has as many fields as the header; an empty line counts as a record of one
 *       empty field, except at the end of the file.
 *   <li>Header names are distinct. An unnamed column (as R writes for row names) is allowed where
 *       {@code --features} leaves it out.
 *   <li>A header of numbers only is taken for a missing header and refused.
 * </ul>
 */
final class TableReader {
    private static final String DEFAULT_LABELS = "y";
    private static final int LONGEST_LIST = 12;
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private final String file;
    private final Reader text;
    private final char separator;
    private final InputOptions options;
    private final InputLimits limits;

    TableReader(SourceText source, char separator, InputOptions options, InputLimits limits) {
        this(source.file(), new StringReader(source.text()), separator, options, limits);
    }

    /** A table whose text is read as it is needed. */
    TableReader(String file, Reader text, char separator, InputOptions options, InputLimits limits) {
        this.file = file;
        this.text = text;
        this.separator = separator;
        this.options = options;
        this.limits = limits;
    }

    /** Reads the selected columns into a draft; labels stay absent with {@code --labels-file}. */
    Draft read() throws InputException {
        try (Records records = records()) {
            CsvRecord header = header(records);
            return readRows(records, header.getFieldCount(), select(header));
        }
    }

    /** The records, of which the first is the header. */
    Records records() {
        return new Records(file, text, separator);
    }

    /** The header, which comes first. */
    CsvRecord header(Records records) throws InputException {
        CsvRecord header = records.next();
        if (header == null) {
            throw at(0).expected("a header line with column names")
                    .found("an empty file")
                    .build();
        }
        return header;
    }

    private Draft readRows(Records records, int width, Selection selection) throws InputException {
        NumberBudget budget = new NumberBudget(limits);
        List<List<BigRational>> rows = new ArrayList<>();
        List<BigRational> labels = new ArrayList<>();
        for (CsvRecord row = records.next(); row != null; row = records.next()) {
            long line = row.getStartingLineNumber();
            requireWidth(row, width);
            if (rows.size() == limits.maxRows()) {
                throw at(line).beyond("max-rows", limits.maxRows(), limits.maxRows() + 1L)
                        .expected("at most " + limits.maxRows() + " rows")
                        .found("more")
                        .build();
            }
            List<BigRational> entries = new ArrayList<>(selection.features.size());
            for (Column feature : selection.features) {
                entries.add(number(row, feature, false, budget));
            }
            rows.add(entries);
            if (selection.labels != null) {
                labels.add(number(row, selection.labels, true, budget));
            }
        }
        if (rows.isEmpty()) {
            throw at(1).expected("at least one example after the header")
                    .found("none")
                    .build();
        }
        Draft draft = new Draft(file);
        draft.rows = rows;
        draft.featureNames = selection.features.stream().map(Column::name).toList();
        if (selection.labels != null) {
            draft.y = labels;
            draft.labelName = selection.labels.name();
        }
        return draft;
    }

    /** Refuses a record that has not as many fields as the header. */
    void requireWidth(CsvRecord row, int width) throws InputException {
        if (row.getFieldCount() != width) {
            throw at(row.getStartingLineNumber())
                    .expected(fields(width) + " as in the header")
                    .found(isEmptyLine(row) ? "an empty line" : fields(row.getFieldCount()))
                    .build();
        }
    }

    private BigRational number(CsvRecord row, Column column, boolean label, NumberBudget budget) throws InputException {
        long line = row.getStartingLineNumber();
        try {
            return budget.parse(row.getField(column.index).strip());
        } catch (ExactDecimal.RefusedException e) {
            throw refused(e, line, column, label);
        } catch (NumberBudget.ExhaustedException e) {
            throw e.at(at(line));
        }
    }

    /** The refusal of the text of a number. */
    InputException refused(ExactDecimal.RefusedException e, long line, Column column, boolean label) {
        return at(line).refused(e, " in column " + InputException.quote(column.name))
                .hint(
                        label
                                ? "--labels chooses another label column"
                                : "--features leaves a column out by naming the others")
                .build();
    }

    /** The columns of features and labels. */
    Selection select(CsvRecord header) throws InputException {
        int width = header.getFieldCount();
        if (width > limits.maxColumns()) {
            throw at(1).beyond("max-columns", limits.maxColumns(), width)
                    .expected("at most " + limits.maxColumns() + " columns")
                    .found(Integer.toString(width))
                    .build();
        }
        List<Column> columns = new ArrayList<>(width);
        Map<String, Column> byName = new LinkedHashMap<>();
        boolean onlyNumbers = true;
        for (int index = 0; index < width; index++) {
            Column column = new Column(index, header.getField(index).strip());
            columns.add(column);
            onlyNumbers &= isNumber(column.name);
            if (!column.name.isEmpty()) {
                Column earlier = byName.putIfAbsent(column.name, column);
                if (earlier != null) {
                    throw at(1).expected("distinct column names")
                            .found(InputException.quote(column.name)
                                    + " for columns "
                                    + (earlier.index + 1)
                                    + " and "
                                    + (index + 1))
                            .build();
                }
            }
        }
        if (onlyNumbers) {
            throw at(1).expected("a header line with column names")
                    .found("numbers only, " + InputException.quote(String.join(",", header.getFields())))
                    .hint("put a line of column names in front")
                    .build();
        }
        boolean labelsElsewhere = options.labelsFile().isPresent();
        if (width == 1 && !labelsElsewhere) {
            throw at(1).expected("at least two columns, features and labels, separated by "
                            + (separator == '\t' ? "tabs" : "commas"))
                    .found("the one column " + InputException.quote(columns.get(0).name))
                    .hint("a name ending in .tsv means tabs, in .csv commas; --labels-file gives labels in a"
                            + " file of their own")
                    .build();
        }
        Column labels = labelsElsewhere ? null : labels(columns, byName);
        List<Column> features = options.features().isPresent()
                ? namedFeatures(options.features().get(), byName, labels)
                : otherColumns(columns, byName, labels);
        return new Selection(features, labels);
    }

    private Column labels(List<Column> columns, Map<String, Column> byName) throws InputException {
        if (options.labels().isPresent()) {
            return named(options.labels().get(), byName, "--labels");
        }
        Column named = byName.get(DEFAULT_LABELS);
        Column chosen = named != null ? named : columns.get(columns.size() - 1);
        if (chosen.name.isEmpty()) {
            throw at(1).expected("a name for the last column, which holds the labels")
                    .found("an empty one")
                    .hint("--labels chooses the label column")
                    .build();
        }
        return chosen;
    }

    private List<Column> namedFeatures(List<String> names, Map<String, Column> byName, Column labels)
            throws InputException {
        List<Column> features = new ArrayList<>(names.size());
        Map<String, Boolean> seen = new HashMap<>();
        for (String name : names) {
            Column feature = named(name, byName, "--features");
            if (seen.put(name, true) != null) {
                throw at(1).expected("each feature once in --features")
                        .found(InputException.quote(name) + " twice")
                        .build();
            }
            if (feature.equals(labels)) {
                throw at(1).expected("features other than the label column")
                        .found(InputException.quote(name) + " in --features")
                        .hint("--labels chooses another label column")
                        .build();
            }
            features.add(feature);
        }
        return features;
    }

    private List<Column> otherColumns(List<Column> columns, Map<String, Column> byName, Column labels)
            throws InputException {
        if (labels == null && byName.containsKey(DEFAULT_LABELS)) {
            throw at(1).expected("no column named 'y' beside --labels-file")
                    .found("one")
                    .hint("--features says whether it is a feature")
                    .build();
        }
        List<Column> features = new ArrayList<>(columns);
        features.remove(labels);
        for (Column feature : features) {
            if (feature.name.isEmpty()) {
                throw at(1).expected("a name for column " + (feature.index + 1))
                        .found("an empty one")
                        .hint("--features leaves a column out by naming the others")
                        .build();
            }
        }
        return features;
    }

    private Column named(String name, Map<String, Column> byName, String option) throws InputException {
        Column column = byName.get(name);
        if (column == null) {
            List<String> known = List.copyOf(byName.keySet());
            String list = String.join(", ", known.subList(0, Math.min(LONGEST_LIST, known.size())));
            throw at(1).expected("the column " + InputException.quote(name) + " of " + option)
                    .found("the columns " + InputException.quote(list))
                    .build();
        }
        return column;
    }

    private boolean isNumber(String text) {
        try {
            ExactDecimal.parse(text, limits);
            return true;
        } catch (ExactDecimal.RefusedException e) {
            return e.kind() == InputException.Kind.BEYOND_LIMIT;
        }
    }

    InputException.Builder at(long line) {
        InputException.Builder place = InputException.in(file);
        return line > 0 ? place.line(line) : place;
    }

    private static String fields(int count) {
        return count == 1 ? "1 field" : count + " fields";
    }

    private static boolean isEmptyLine(CsvRecord row) {
        return row.getFieldCount() == 1 && row.getField(0).isEmpty();
    }

    /** A column of the file. */
    record Column(int index, String name) {}

    /** The columns that are read; labels may be elsewhere, null. */
    record Selection(List<Column> features, Column labels) {}

    /** The records of a table; empty lines at the end are not records. */
    static final class Records implements AutoCloseable {
        private final String file;
        private final CsvReader<CsvRecord> reader;
        private final CloseableIterator<CsvRecord> records;
        private final List<CsvRecord> waiting = new ArrayList<>(); // empty lines, then a record
        private int taken;

        Records(SourceText source, char separator) {
            this(source.file(), new StringReader(source.text()), separator);
        }

        Records(String file, Reader text, char separator) {
            this.file = file;
            this.reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .commentStrategy(CommentStrategy.NONE)
                    .skipEmptyLines(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(text);
            this.records = reader.iterator();
        }

        /** The next record, or null at the end. */
        CsvRecord next() throws InputException {
            if (taken == waiting.size()) {
                waiting.clear();
                taken = 0;
                fill();
            }
            return taken < waiting.size() ? waiting.get(taken++) : null;
        }

        private void fill() throws InputException {
            try {
                // one empty line is enough to refuse a file, so only the first of a run is kept
                while (records.hasNext()) {
                    CsvRecord row = records.next();
                    boolean empty = isEmptyLine(row);
                    if (!empty || waiting.isEmpty()) {
                        waiting.add(row);
                    }
                    if (!empty) {
                        return;
                    }
                }
                waiting.clear();
            } catch (CsvParseException e) {
                throw malformed(e);
            }
        }

        private InputException malformed(CsvParseException e) {
            InputException.Builder place = InputException.in(file);
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            if (line.find()) {
                place.line(Long.parseLong(line.group(1)));
            }
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return place.expected("a well-formed record")
                    .found(InputException.quote(String.valueOf(root.getMessage())))
                    .cause(e)
                    .build();
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing text in memory", e);
            }
        }
    }
}
