package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one file says, before options are applied; null where it says nothing. */
final class Draft {
    static final String LAST = "last";

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

    /** Whether a text names a column of a matrix, which has no names: {@code last} or a number from 0. */
    static boolean namesColumn(String text) {
        return text.equals(LAST)
                || !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Makes a column of the matrix read the labels; the rows are changed. */
    void takeLabels(String column, InputException.Builder place) throws InputException {
        int columns = rows.get(0).size();
        int taken = column.equals(LAST) ? columns - 1 : Integer.parseInt(column);
        if (taken >= columns || columns < 2) {
            throw place.expected(
                            columns < 2
                                    ? "a matrix of at least two columns, features and labels"
                                    : "--labels last, or a column from 0 to " + (columns - 1))
                    .found(columns < 2 ? "one column" : "column " + taken)
                    .build();
        }
        y = new ArrayList<>(rows.size());
        for (List<BigRational> row : rows) {
            y.add(row.remove(taken));
        }
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
