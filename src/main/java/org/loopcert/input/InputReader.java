package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** A user's file and options to an exact {@link Problem}. */
public final class InputReader {
    private static final String CONSTANT = "const";

    /**
     * A problem and how it came about.
     *
     * @param problem the exact instance
     * @param overridden the options that replaced something the file says, such as {@code --loops}
     * @param promptQuery the query x_q where the file is a stack of prompts; no part of the instance
     */
    public record Reading(Problem problem, List<String> overridden, Optional<Vector<BigRational>> promptQuery) {
        /** Copies the list. */
        public Reading {
            overridden = List.copyOf(overridden);
        }
    }

    private InputReader() {}

    /**
     * Reads an instance: {@code .json}, {@code .csv}, {@code .tsv}, {@code .npy}, {@code .npz},
     * {@code .safetensors} or {@code .mtx}.
     *
     * @throws InputException if the file or a file named by the options cannot be read, is not what
     *     its name says, does not fit the options, or exceeds the limits
     */
    public static Problem read(Path path, InputOptions options, InputLimits limits) throws InputException {
        return readNoting(path, options, limits).problem();
    }

    /** {@link #read}, and which options replaced something the file says. */
    public static Reading readNoting(Path path, InputOptions options, InputLimits limits) throws InputException {
        return new Assembly(draft(path, options, limits), options, limits).problem();
    }

    private static Draft draft(Path path, InputOptions options, InputLimits limits) throws InputException {
        if (ArrayFile.holdsArrays(path)) {
            return ArrayInstance.read(path, options, limits);
        }
        String extension = ArrayFile.extension(path);
        if (options.array().isPresent() || options.index().isPresent()) {
            throw InputException.in(path.toString())
                    .expected("a .npy, .npz or .safetensors file for --array and --index")
                    .found("another file, which is one instance")
                    .build();
        }
        switch (extension) {
            case ".csv":
                return new TableReader(SourceText.read(path, limits), ',', options, limits).read();
            case ".tsv":
                return new TableReader(SourceText.read(path, limits), '\t', options, limits).read();
            case ".json":
                requireNoColumns(path, options);
                return InstanceReader.read(SourceText.read(path, limits), limits);
            case ".mtx":
                requireNoNames(path, options);
                Draft matrix = new Draft(path.toString());
                matrix.rows = MatrixMarketReader.read(SourceText.read(path, limits), limits);
                if (options.labels().isPresent()) {
                    matrix.takeLabels(options.labels().get(), InputException.in(path.toString()));
                }
                matrix.featureNames =
                        Problem.defaultFeatureNames(matrix.rows.get(0).size());
                return matrix;
            default:
                throw InputException.in(path.toString())
                        .expected("a .json, .csv, .tsv, .npy, .npz, .safetensors or .mtx file")
                        .found(
                                extension.isEmpty()
                                        ? "a name without extension"
                                        : "the extension " + InputException.quote(extension))
                        .build();
        }
    }

    private static void requireNoColumns(Path path, InputOptions options) throws InputException {
        if (options.labels().isPresent() || options.features().isPresent()) {
            throw InputException.in(path.toString())
                    .expected("a table with named columns for --labels and --features")
                    .found("a JSON instance, whose columns have no names")
                    .hint("--labels-file gives other labels")
                    .build();
        }
    }

    private static void requireNoNames(Path path, InputOptions options) throws InputException {
        boolean named = options.labels().isPresent()
                && !Draft.namesColumn(options.labels().get());
        if (named || options.features().isPresent()) {
            throw InputException.in(path.toString())
                    .expected("a table with named columns for --labels and --features")
                    .found("a matrix, whose columns have no names")
                    .hint("--labels-file gives the labels; --labels last, or a number from 0, takes a column")
                    .build();
        }
    }

    /** Whether {@code --array} and {@code --index} make sense for a file, judged by its name. */
    public static boolean holdsArrays(Path path) {
        return ArrayFile.holdsArrays(path);
    }

    /** Puts a draft, the options and the files they name together. */
    private static final class Assembly {
        private final Draft draft;
        private final InputOptions options;
        private final InputLimits limits;
        private final List<String> overridden = new ArrayList<>();

        Assembly(Draft draft, InputOptions options, InputLimits limits) {
            this.draft = draft;
            this.options = options;
            this.limits = limits;
        }

        Reading problem() throws InputException {
            List<String> names = new ArrayList<>(draft.featureNames);
            List<List<BigRational>> rows = draft.rows;
            if (options.constant()) {
                rows = withConstant(names, rows);
            }
            Matrix<BigRational> x = Matrix.of(rows);
            int n = x.rows();
            int d = x.columns();
            Optional<Vector<BigRational>> theta =
                    vector("--theta", options.theta(), "theta", draft.theta, d, "column of X");
            Optional<Vector<BigRational>> given =
                    vector("--labels-file", options.labelsFile(), "y", draft.y, n, "example");
            Optional<Vector<BigRational>> start =
                    vector("--start", options.start(), "start", draft.start, d, "column of X");
            if (given.isEmpty() && theta.isEmpty()) {
                throw InputException.in(draft.file)
                        .expected("labels y, or theta")
                        .found("neither")
                        .hint("--labels-file or --theta gives them")
                        .build();
            }
            Vector<BigRational> y =
                    given.isPresent() ? given.get() : x.multiply(RationalField.INSTANCE, theta.orElseThrow());
            BigRational alpha = or(choose("--query", options.query(), draft.alpha), BigRational.ONE);
            StepSpec step = or(choose("--step", options.step(), draft.step), new StepSpec.Auto());
            Long counted = choose("--loops", options.loops(), draft.loops);
            if (options.loss() == InputOptions.Loss.MEAN) {
                step = step.dividedBy(n);
            }
            long loops = loops(counted, step);
            Problem problem = new Problem(
                    x,
                    y,
                    theta,
                    alpha,
                    start.orElseGet(() -> Vector.constant(d, BigRational.ZERO)),
                    loops,
                    step,
                    names,
                    options.labelsFile().isPresent() ? "y" : draft.labelName);
            return new Reading(
                    problem, overridden, Optional.ofNullable(draft.query).map(Vector::of));
        }

        private List<List<BigRational>> withConstant(List<String> names, List<List<BigRational>> rows)
                throws InputException {
            if (names.contains(CONSTANT)) {
                throw InputException.in(draft.file)
                        .expected("no feature named 'const' beside --const")
                        .found("one")
                        .hint("leave --const out, or the column with --features")
                        .build();
            }
            names.add(0, CONSTANT);
            List<List<BigRational>> extended = new ArrayList<>(rows.size());
            for (List<BigRational> row : rows) {
                List<BigRational> entries = new ArrayList<>(row.size() + 1);
                entries.add(BigRational.ONE);
                entries.addAll(row);
                extended.add(entries);
            }
            return extended;
        }

        private Optional<Vector<BigRational>> vector(
                String option, Optional<Path> file, String field, List<BigRational> inside, int size, String each)
                throws InputException {
            if (file.isPresent() && inside != null) {
                overridden.add(option);
            }
            List<BigRational> entries = inside;
            if (file.isPresent()) {
                entries = field.equals("y")
                        ? VectorReader.labels(file.get(), draft.stack, size, limits)
                        : VectorReader.entries(file.get(), limits);
            }
            if (entries == null) {
                return Optional.empty();
            }
            if (entries.size() != size) {
                InputException.Builder place =
                        file.isPresent() ? InputException.in(file.get().toString()) : draft.at(field);
                throw place.expected(size + " entries of " + field + ", one for each " + each)
                        .found(Integer.toString(entries.size()))
                        .build();
            }
            return Optional.of(Vector.of(entries));
        }

        private long loops(Long counted, StepSpec step) throws InputException {
            if (!(step instanceof StepSpec.Schedule schedule)) {
                return or(counted, Problem.DEFAULT_LOOPS);
            }
            int length = schedule.stepSizes().size();
            if (counted != null && counted != length) {
                throw (options.step().isPresent() ? InputException.in(draft.file) : draft.at("step"))
                        .expected("a schedule of " + counted + " steps, one for each loop")
                        .found(Integer.toString(length))
                        .hint("--loops " + length + " fits the schedule")
                        .build();
            }
            return length;
        }

        private <T> T choose(String option, Optional<T> said, T inside) {
            if (said.isPresent() && inside != null) {
                overridden.add(option);
            }
            return said.orElse(inside);
        }

        private static <T> T or(T value, T otherwise) {
            return value != null ? value : otherwise;
        }
    }
}
