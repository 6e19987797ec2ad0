package org.loopcert.drift;

import ch.obermuhlner.math.big.BigRational;
import org.loopcert.ring.Dyadic;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/**
 * One operation of a rounded run, its operands and its result.
 *
 * @param loop the loop whose iterate is being formed; 0 for the Gram matrix and the reading of the start
 * @param operation which part of the program it belongs to
 * @param row the row there, as {@link Operation} says, -1 where it has none
 * @param column the column there, -1 where it has none
 * @param kind what is done with the operands
 * @param format the format the result was rounded to
 * @param first the first operand
 * @param second the second operand, 0 for CONVERSION
 * @param third the addend or minuend of a fused operation, otherwise 0
 * @param result the rounded result
 */
public record RoundedOperation(
        int loop,
        Operation operation,
        int row,
        int column,
        Kind kind,
        RoundingFormat format,
        double first,
        double second,
        double third,
        double result) {
    private static final RationalField Q = RationalField.INSTANCE;

    /** What is done with the operands. */
    public enum Kind {
        /** first + second. */
        SUM,
        /** first - second. */
        DIFFERENCE,
        /** first * second. */
        PRODUCT,
        /** -(first / second). */
        NEGATED_QUOTIENT,
        /** first * second + third. */
        MULTIPLY_ADD,
        /** third - first * second. */
        MULTIPLY_SUBTRACT,
        /** A finished sum in the accumulator's format goes to the working format. */
        CONVERSION
    }

    /**
     * What the operation on these operands is exactly.
     *
     * @throws ArithmeticException if an operand is not finite, or a divisor is 0
     */
    public BigRational exact() {
        BigRational a = Dyadic.of(first).toRational();
        BigRational b = Dyadic.of(second).toRational();
        BigRational c = Dyadic.of(third).toRational();
        return switch (kind) {
            case SUM -> Q.add(a, b);
            case DIFFERENCE -> Q.subtract(a, b);
            case PRODUCT -> Q.multiply(a, b);
            case NEGATED_QUOTIENT -> Q.negate(Q.divide(a, b));
            case MULTIPLY_ADD -> Q.add(Q.multiply(a, b), c);
            case MULTIPLY_SUBTRACT -> Q.subtract(c, Q.multiply(a, b));
            case CONVERSION -> a;
        };
    }

    /**
     * The local rounding error, result minus exact.
     *
     * @throws ArithmeticException if an operand or the result is not finite, or a divisor is 0
     */
    public BigRational error() {
        return Q.subtract(Dyadic.of(result).toRational(), exact());
    }
}
