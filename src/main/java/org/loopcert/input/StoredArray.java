package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One array of a file. Its header has been checked; its entries are converted when asked for. */
final class StoredArray {
    /** Where the bytes come from; unpacks at most once for each call. */
    @FunctionalInterface
    interface Source {
        Content load() throws InputException;
    }

    private final ArrayHeader header;
    private final Supplier<InputException.Builder> place;
    private final Source source;

    StoredArray(ArrayHeader header, Supplier<InputException.Builder> place, Source source) {
        this.place = place;
        this.header = header;
        this.source = source;
    }

    ArrayHeader header() {
        return header;
    }

    /** A refusal that is about this array. */
    InputException.Builder place() {
        return place.get();
    }

    /** Refuses an array whose entries are not real numbers, by what they are. */
    void requireNumbers() throws InputException {
        if (header.type() == null) {
            throw place().byteOffset(header.typeOffset())
                    .expected("real numbers, floating point of 2, 4 or 8 bytes or integers, in "
                            + (header.name().isEmpty() ? "the array" : InputException.quote(header.name())))
                    .found(header.refusal())
                    .hint("save the array as numbers, such as a.astype('<f8')")
                    .build();
        }
    }

    /**
     * The bytes of the array, ready to be read.
     *
     * @param entries how many entries are going to be read
     * @throws InputException if the entries are not real numbers, or too many for the limits; no
     *     entry is unpacked before
     */
    Entries open(long entries, InputLimits limits) throws InputException {
        requireNumbers();
        NumberBudget budget = new NumberBudget(limits);
        if (!budget.affords(entries)) {
            throw place().beyond(limits.beyondValueBytes(NumberBudget.atLeast(entries)))
                    .expected("numbers that fit in " + limits.maxValueBytes() + " bytes together")
                    .found(entries + " numbers")
                    .build();
        }
        return new Entries(header, source.load(), budget);
    }

    /** All entries of an array of at most one long axis. */
    List<BigRational> vector(InputLimits limits) throws InputException {
        int axes = header.axes();
        if (axes != 1 && !(axes == 2 && header.axis(1) == 1)) {
            throw place().expected("a vector, an array of shape (n,) or (n, 1)")
                    .found(header.describe())
                    .build();
        }
        return line(limits, header.axis(0), new int[axes], 0, limits.maxRows(), "max-rows", "entries");
    }

    /** The entries along one axis, the others held. */
    List<BigRational> line(InputLimits limits, long length, int[] at, int axis, int most, String limit, String what)
            throws InputException {
        requireAtMost(length, most, limit, what);
        Entries entries = open(length, limits);
        return entries.line((int) length, at, axis);
    }

    /** Refuses a length of zero and one beyond a limit. */
    void requireAtMost(long length, int most, String limit, String what) throws InputException {
        if (length < 1) {
            throw place().expected("at least one of the " + what)
                    .found(header.describe())
                    .build();
        }
        if (length > most) {
            throw place().beyond(limit, most, length)
                    .expected("at most " + most + " " + what)
                    .found(Long.toString(length))
                    .build();
        }
    }

    /** Entries by index. */
    static final class Entries {
        private final ArrayHeader header;
        private final Content content;
        private final ByteBuffer view;
        private final NumberBudget budget;
        private final long[] strides;

        private Entries(ArrayHeader header, Content content, NumberBudget budget) {
            this.header = header;
            this.content = content;
            this.view = content.view(header.order());
            this.budget = budget;
            this.strides = strides(header);
        }

        private static long[] strides(ArrayHeader header) {
            int axes = header.axes();
            long[] strides = new long[axes];
            // an array with entries has at most as many as bytes, one without is never indexed
            long stride = header.type().size();
            for (int k = 0; k < axes; k++) {
                int axis = header.fortran() ? k : axes - 1 - k;
                strides[axis] = stride;
                stride *= header.axis(axis);
            }
            return strides;
        }

        /** The exact value at an index. */
        BigRational get(int... index) throws InputException {
            long offset = header.dataOffset();
            for (int axis = 0; axis < index.length; axis++) {
                offset += strides[axis] * index[axis];
            }
            long bits = header.type().bits(view, (int) offset);
            String notFinite = header.type().notFinite(bits);
            if (notFinite != null) {
                throw content.at(offset)
                        .expected("a finite number")
                        .found(notFinite + " in " + position(index))
                        .hint("leave the example out, or replace the number, before saving the array")
                        .build();
            }
            BigRational value = header.type().value(bits);
            try {
                budget.spend(value);
            } catch (NumberBudget.ExhaustedException e) {
                throw e.at(content.at(offset));
            }
            return value;
        }

        /** The entries along one axis, from 0, the other indices held. */
        List<BigRational> line(int length, int[] at, int axis) throws InputException {
            int[] index = at.clone();
            List<BigRational> line = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                index[axis] = i;
                line.add(get(index));
            }
            return line;
        }

        private String position(int[] index) {
            String entry =
                    IntStream.of(index).mapToObj(Integer::toString).collect(Collectors.joining(", ", "entry [", "]"));
            String array = header.name().isEmpty() ? "" : " of " + InputException.quote(header.name());
            return (index.length == 2 ? "row " + (index[0] + 1) + ", column " + (index[1] + 1) + ", " : "")
                    + entry
                    + array
                    + " (counted from 0)";
        }
    }
}
