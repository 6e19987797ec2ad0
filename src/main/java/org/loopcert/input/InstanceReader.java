package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON instances: one object with {@code X}, {@code y} or {@code theta} or both, {@code alpha},
 * {@code start}, {@code loops}, {@code step}; see {@code instance.schema.json}.
 */
final class InstanceReader {
    private static final String FIELDS = "X, y, theta, alpha, start, loops or step";

    private final JsonTokens tokens;
    private final Draft draft;

    private InstanceReader(JsonTokens tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    static Draft read(SourceText source, InputLimits limits) throws InputException {
        try (JsonTokens tokens = new JsonTokens(source, limits)) {
            InstanceReader reader = new InstanceReader(tokens, new Draft(source.file()));
            reader.readObject();
            return reader.draft;
        }
    }

    private void readObject() throws InputException {
        if (tokens.next() != JsonToken.START_OBJECT) {
            InputException.Builder place = tokens.current() == null ? InputException.in(draft.file) : tokens.here();
            if (tokens.current() == JsonToken.START_ARRAY) {
                place.hint("a list of records has to be written as CSV, with a header");
            }
            throw place.expected("an instance, an object with the fields " + FIELDS)
                    .found(tokens.describe())
                    .build();
        }
        while (tokens.next() != JsonToken.END_OBJECT) {
            readField(tokens.text());
        }
        if (draft.rows == null) {
            throw tokens.here()
                    .expected("the field X")
                    .found("an instance without it")
                    .build();
        }
        tokens.requireEnd();
        draft.featureNames = Problem.defaultFeatureNames(draft.rows.get(0).size());
    }

    private void readField(String name) throws InputException {
        switch (name) {
            case "X", "y", "theta", "alpha", "start", "loops", "step" -> {
                tokens.next();
                tokens.markPlace(draft, name);
            }
            default ->
                throw tokens.here()
                        .expected("one of the fields " + FIELDS)
                        .found(InputException.quote(name))
                        .build();
        }
        InputLimits limits = tokens.limits();
        switch (name) {
            case "X" -> draft.rows = matrix();
            case "y" -> draft.y = tokens.vector("y", limits.maxRows(), "max-rows");
            case "theta" -> draft.theta = tokens.vector("theta", limits.maxColumns(), "max-columns");
            case "alpha" -> {
                draft.alpha = tokens.number("alpha");
                if (draft.alpha.signum() == 0) {
                    throw tokens.here().expected("a nonzero alpha").found("0").build();
                }
            }
            case "start" -> draft.start = tokens.vector("start", limits.maxColumns(), "max-columns");
            case "loops" -> draft.loops = loops();
            default -> draft.step = step();
        }
    }

    private List<List<BigRational>> matrix() throws InputException {
        tokens.requireArray("X", "a list of rows");
        List<List<BigRational>> rows = new ArrayList<>();
        while (tokens.next() != JsonToken.END_ARRAY) {
            String row = "row " + (rows.size() + 1) + " of X";
            if (rows.size() == tokens.limits().maxRows()) {
                throw tokens.here()
                        .beyond(
                                "max-rows",
                                tokens.limits().maxRows(),
                                tokens.limits().maxRows() + 1L)
                        .expected("at most " + tokens.limits().maxRows() + " rows of X")
                        .found("more")
                        .build();
            }
            InputException.Builder place = tokens.here();
            List<BigRational> entries = tokens.vector(row, tokens.limits().maxColumns(), "max-columns");
            if (!rows.isEmpty() && entries.size() != rows.get(0).size()) {
                throw place.expected(rows.get(0).size() + " entries in " + row + ", as in the first")
                        .found(Integer.toString(entries.size()))
                        .build();
            }
            rows.add(entries);
        }
        if (rows.isEmpty()) {
            throw tokens.here().expected("at least one row of X").found("none").build();
        }
        return rows;
    }

    private Long loops() throws InputException {
        String expected = "a whole number of loops from 0 to " + Long.MAX_VALUE;
        if (tokens.current() != JsonToken.VALUE_NUMBER_INT) {
            throw tokens.here().expected(expected).found(tokens.describe()).build();
        }
        String text = tokens.text();
        // Long.parseLong reads at most 19 digits before it gives up, whatever the length
        try {
            long loops = Long.parseLong(text);
            if (loops >= 0) {
                return loops;
            }
        } catch (NumberFormatException e) {
            throw tokens.here()
                    .expected(expected)
                    .found(InputException.quote(text))
                    .cause(e)
                    .build();
        }
        throw tokens.here().expected(expected).found(InputException.quote(text)).build();
    }

    private StepSpec step() throws InputException {
        if (tokens.current() == JsonToken.START_ARRAY) {
            return new StepSpec.Schedule(tokens.vector("step", tokens.limits().maxRows(), "max-rows"));
        }
        if (!tokens.isScalar()) {
            throw tokens.here()
                    .expected("a step: auto, chebyshev, lambda-max, a number or a list of numbers")
                    .found(tokens.describe())
                    .build();
        }
        try {
            return StepSpec.parse(tokens.text(), tokens.limits());
        } catch (ExactDecimal.RefusedException e) {
            throw tokens.here()
                    .refused(e, " for step")
                    .expected("auto, chebyshev, lambda-max or " + e.expected() + " for step")
                    .build();
        }
    }
}
