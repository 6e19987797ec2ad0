package org.loopcert.testing;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.loopcert.input.InputException;
import org.loopcert.input.Problem;

/** Assertions about the instance in a file. */
public final class InstanceFileAssert extends AbstractInstanceAssert<InstanceFileAssert, InstanceFile> {
    private Problem problem;

    InstanceFileAssert(InstanceFile actual) {
        super(actual, InstanceFileAssert.class);
    }

    @Override
    Problem problem() {
        if (problem == null) {
            try {
                problem = actual.read();
            } catch (InputException e) {
                AssertionError error =
                        failure("%nExpecting %s%nto be readable, but it is refused:%n  %s", actual, e.getMessage());
                error.initCause(e);
                throw error;
            }
        }
        return problem;
    }

    @Override
    String subject() {
        return "the instance in " + actual;
    }

    /** The file is refused, whether outside its format or beyond a limit. */
    public InstanceFileAssert isRefused() {
        isNotNull();
        refusal("to be refused");
        return this;
    }

    /**
     * The file is outside its format in this line.
     *
     * @param line from 1
     */
    public InstanceFileAssert isMalformedAt(long line) {
        isNotNull();
        return malformedAt("line", Long.toString(line), refusal -> place(refusal.line()));
    }

    /**
     * The file is outside its format at this place. Tables are refused by line and name of the column, see
     * {@link #isMalformedAt(long)}.
     *
     * @param line from 1
     * @param column in characters, from 1
     */
    public InstanceFileAssert isMalformedAt(long line, long column) {
        isNotNull();
        return malformedAt(
                "line:column", line + ":" + column, refusal -> place(refusal.line()) + ":" + place(refusal.column()));
    }

    private InstanceFileAssert malformedAt(String what, String place, Function<InputException, String> where) {
        InputException refusal = refusal("to be malformed at " + what + " " + place);
        String found = where.apply(refusal);
        if (refusal.kind() != InputException.Kind.UNREADABLE || !found.equals(place)) {
            throw failureWithActualExpected(
                    found,
                    place,
                    "%nExpecting %s%nto be malformed at %s%n  %s%nbut it is refused%n  %s",
                    actual,
                    what,
                    place,
                    refusal.getMessage());
        }
        return this;
    }

    /** The file is beyond the limit of this name, such as {@code max-rows}. */
    public InstanceFileAssert isBeyondLimit(String name) {
        isNotNull();
        InputException refusal = refusal("to be beyond the limit " + name);
        Optional<String> found = refusal.limit().map(InputException.Limit::name);
        if (!found.equals(Optional.of(name))) {
            throw failureWithActualExpected(
                    found.orElse("no limit"),
                    name,
                    "%nExpecting %s%nto be beyond the limit%n  %s%nbut it is refused%n  %s",
                    actual,
                    name,
                    refusal.getMessage());
        }
        return this;
    }

    private static String place(OptionalLong position) {
        return position.isPresent() ? Long.toString(position.getAsLong()) : "?";
    }

    private InputException refusal(String expectation) {
        try {
            Problem read = actual.read();
            throw failure(
                    "%nExpecting %s%n%s, but it is an instance of n = %s examples and d = %s features",
                    actual, expectation, read.examples(), read.features());
        } catch (InputException e) {
            return e;
        }
    }
}
