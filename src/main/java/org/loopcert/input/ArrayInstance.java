package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which array of a file is X, which is y.
 *
 * <ul>
 *   <li>{@code --array} names the array; else it is the only one, or the one named X, x or xs whose
 *       labels are named y, y or ys. {@code --labels} names the labels of another pair.
 *   <li>With labels, in the file or through {@code --labels-file}, an array of shape (n, d) is X and
 *       labels of shape (n,) are y. Stacks of shape (B, n, d) and (B, n) hold B such pairs, and
 *       {@code --index} chooses one.
 *   <li>{@code --labels} last, or a number from 0, takes that column of a matrix X as the labels.
 *   <li>Without labels, an array Z of shape (B, n+1, d+1) is a stack of prompts: X = Z[i, :-1, :-1], y
 *       = Z[i, :-1, -1], and the query of the prompt is Z[i, -1, :-1]. The entry beside the query is
 *       not read.
 * </ul>
 */
final class ArrayInstance {
    private static final Map<String, String> PAIRS = Map.of("X", "y", "x", "y", "xs", "ys");
    private static final String THETA = "theta";

    private final ArrayFile file;
    private final InputOptions options;
    private final InputLimits limits;
    private final Draft draft;

    private ArrayInstance(ArrayFile file, InputOptions options, InputLimits limits) {
        this.file = file;
        this.options = options;
        this.limits = limits;
        this.draft = new Draft(file.file());
    }

    static Draft read(Path path, InputOptions options, InputLimits limits) throws InputException {
        if (options.features().isPresent()) {
            throw InputException.in(path.toString())
                    .expected("a table with named columns for --features")
                    .found("an array, whose columns have no names")
                    .build();
        }
        ArrayInstance instance = new ArrayInstance(ArrayFile.open(path, limits), options, limits);
        instance.read();
        return instance.draft;
    }

    private void read() throws InputException {
        StoredArray x = features();
        x.requireNumbers();
        boolean column = isColumn(x);
        Optional<StoredArray> labels =
                column ? Optional.empty() : labels(x.header().name());
        Optional<StoredArray> theta = x.header().name().isEmpty() ? Optional.empty() : file.find(THETA);
        if (theta.isPresent() && theta.get() != x && (labels.isPresent() || column)) {
            draft.theta = theta.get().vector(limits);
        }
        boolean labelled = labels.isPresent() || options.labelsFile().isPresent();
        switch (x.header().axes()) {
            case 2 -> {
                readMatrix(x, labels);
                if (column) {
                    draft.takeLabels(options.labels().get(), x.place());
                }
            }
            case 3 -> readStack(x, labels, labelled);
            default ->
                throw x.place()
                        .expected("X of shape (n, d), a stack (B, n, d) with labels, or prompts (B, n+1, d+1)")
                        .found(x.header().describe())
                        .hint(
                                x.header().axes() == 1
                                        ? "one feature is an array of shape (n, 1); a vector of labels goes into"
                                                + " --labels-file"
                                        : "save the part that holds the examples")
                        .build();
        }
        draft.featureNames = Problem.defaultFeatureNames(draft.rows.get(0).size());
    }

    private StoredArray features() throws InputException {
        if (options.array().isPresent()) {
            return file.require("--array", options.array().get());
        }
        if (file.arrays().size() > 1) {
            List<StoredArray> named = new ArrayList<>();
            for (Map.Entry<String, String> pair : PAIRS.entrySet()) {
                Optional<StoredArray> x = file.find(pair.getKey());
                if (x.isPresent() && file.find(pair.getValue()).isPresent()) {
                    named.add(x.get());
                }
            }
            if (named.size() == 1) {
                return named.get(0);
            }
        }
        return file.only("--array chooses one; without it, X and y are found by these names");
    }

    /** Whether the labels are a column of X: an array of that name comes first. */
    private boolean isColumn(StoredArray x) {
        return x.header().axes() == 2
                && options.labels().isPresent()
                && Draft.namesColumn(options.labels().get())
                && file.find(options.labels().get()).isEmpty();
    }

    private Optional<StoredArray> labels(String name) throws InputException {
        if (options.labels().isPresent()) {
            if (file.arrays().size() == 1) {
                throw InputException.in(file.file())
                        .expected("a file of several arrays, or a table, for --labels")
                        .found("one array, whose columns have no names")
                        .hint("--labels-file gives the labels; --labels last, or a number from 0, takes a column of a"
                                + " matrix")
                        .build();
            }
            return Optional.of(file.require("--labels", options.labels().get()));
        }
        String partner = PAIRS.get(name);
        return partner == null ? Optional.empty() : file.find(partner);
    }

    private void readMatrix(StoredArray x, Optional<StoredArray> labels) throws InputException {
        if (options.index().isPresent()) {
            throw x.place()
                    .expected("a stack of shape (B, n+1, d+1), or (B, n, d) with labels, for --index")
                    .found(x.header().describe())
                    .hint("leave --index out")
                    .build();
        }
        ArrayHeader header = x.header();
        draft.rows = rows(x, header.axis(0), header.axis(1), new int[2], 0);
        if (labels.isPresent()) {
            draft.y = labels.get().vector(limits);
        }
    }

    private void readStack(StoredArray x, Optional<StoredArray> labels, boolean labelled) throws InputException {
        ArrayHeader header = x.header();
        int prompt = prompt(x);
        int[] at = {prompt, 0, 0};
        if (labelled) {
            draft.rows = rows(x, header.axis(1), header.axis(2), at, 1);
            draft.stack = new Draft.Stack(prompt, header.axis(0));
            if (labels.isPresent()) {
                draft.y = labels(labels.get(), draft.stack, draft.rows.size(), limits);
            }
            return;
        }
        long n = header.axis(1) - 1;
        long d = header.axis(2) - 1;
        if (n < 1 || d < 1) {
            throw x.place()
                    .expected("prompts of shape (B, n+1, d+1) with at least one example and one feature")
                    .found(header.describe())
                    .hint("--labels-file takes the array as X alone")
                    .build();
        }
        // the last column is read with the rest, the last row apart
        List<List<BigRational>> examples = rows(x, n, d + 1, at, 1);
        List<BigRational> y = new ArrayList<>(examples.size());
        for (List<BigRational> example : examples) {
            y.add(example.remove((int) d));
        }
        draft.rows = examples;
        draft.y = y;
        at[1] = (int) n;
        draft.query = x.line(limits, d, at, 2, limits.maxColumns(), "max-columns", "columns");
    }

    private int prompt(StoredArray x) throws InputException {
        long prompts = x.header().axis(0);
        if (prompts < 1 || prompts > Integer.MAX_VALUE) { // a stack of empty prompts takes no bytes
            throw x.place()
                    .expected("at least one prompt, and at most " + Integer.MAX_VALUE)
                    .found(x.header().describe())
                    .build();
        }
        if (options.index().isEmpty() && prompts == 1) {
            return 0;
        }
        if (options.index().isEmpty() || options.index().get() >= prompts) {
            throw x.place()
                    .expected("--index from 0 to " + (prompts - 1))
                    .found(options.index().map(String::valueOf).orElse("none") + ", for "
                            + x.header().describe())
                    .hint("--index chooses one of the " + prompts + " prompts")
                    .build();
        }
        return options.index().get();
    }

    private List<List<BigRational>> rows(StoredArray x, long rows, long columns, int[] at, int axis)
            throws InputException {
        x.requireAtMost(rows, limits.maxRows(), "max-rows", "rows");
        x.requireAtMost(columns, limits.maxColumns(), "max-columns", "columns");
        StoredArray.Entries entries = x.open(rows * columns, limits);
        List<List<BigRational>> list = new ArrayList<>((int) rows);
        int[] index = at.clone();
        for (int i = 0; i < rows; i++) {
            index[axis] = i;
            list.add(entries.line((int) columns, index, axis + 1));
        }
        return list;
    }

    /** Labels of one instance: a vector, or where X is one of a stack, a row of a stack of labels. */
    static List<BigRational> labels(StoredArray array, Draft.Stack stack, int n, InputLimits limits)
            throws InputException {
        ArrayHeader header = array.header();
        boolean stacked = stack != null
                && (header.axes() == 2 || header.axes() == 3 && header.axis(2) == 1)
                && header.axis(0) == stack.size()
                && header.axis(1) == n;
        if (!stacked) {
            return array.vector(limits);
        }
        int[] at = new int[header.axes()];
        at[0] = stack.index();
        return array.line(limits, n, at, 1, limits.maxRows(), "max-rows", "labels");
    }
}
