package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one file says, before options are applied; null where it says nothing. */
final class Draft {
    final String file;
    List<List<BigRational>> rows;
    List<String> featureNames;
    List<BigRational> y;
    String labelName = "y";
    /** Which pair of a stack X is, where its labels may be stacked too. */
    Stack stack;
    /** The query x_q of a prompt. */
    List<BigRational> query;

    List<BigRational> theta;
    BigRational alpha;
    List<BigRational> start;
    Long loops;
    StepSpec step;
    private final Map<String, long[]> places = new HashMap<>();

    /**
     * A place in a stack.
     *
     * @param index from 0
     * @param size the length of the stack
     */
    record Stack(int index, long size) {}

    Draft(String file) {
        this.file = file;
    }

    void place(String field, long line, long column) {
        places.put(field, new long[] {line, column});
    }

    /** The place of a field in this file, or the file where it is not known. */
    InputException.Builder at(String field) {
        InputException.Builder builder = InputException.in(file);
        long[] place = places.get(field);
        return place == null ? builder : builder.line(place[0]).column(place[1]);
    }
}
