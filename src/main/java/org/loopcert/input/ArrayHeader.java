package org.loopcert.input;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a file says about one array, checked against the bytes that are there.
 *
 * @param name its name in the file; empty in a {@code .npy}, which holds one array
 * @param typeText the type of its entries as the file spells it
 * @param type the type, or null where the entries are not real numbers
 * @param refusal why entries without a type are refused, in words; null where there is a type
 * @param order byte order of the entries
 * @param fortran whether the first index runs fastest
 * @param shape lengths of the axes
 * @param typeOffset where the content spells the type
 * @param dataOffset where the entries begin
 */
record ArrayHeader(
        String name,
        String typeText,
        NumericType type,
        String refusal,
        ByteOrder order,
        boolean fortran,
        List<Long> shape,
        long typeOffset,
        long dataOffset) {

    /** More axes than any array that means something here; what numpy allows. */
    static final int MOST_AXES = 64;

    ArrayHeader {
        shape = List.copyOf(shape);
    }

    /** The number of entries, exactly. */
    static BigInteger count(List<Long> shape) {
        BigInteger count = BigInteger.ONE;
        for (long length : shape) {
            count = count.multiply(BigInteger.valueOf(length));
        }
        return count;
    }

    int axes() {
        return shape.size();
    }

    long axis(int axis) {
        return shape.get(axis);
    }

    /** Such as {@code 'Z' (4, 21, 6)}. */
    String describe() {
        String lengths = shapeText();
        return name.isEmpty() ? "shape " + lengths : InputException.quote(name) + " of shape " + lengths;
    }

    String shapeText() {
        return shapeText(shape);
    }

    /** A shape as Python spells it. */
    static String shapeText(List<Long> shape) {
        return shape.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
    }
}
