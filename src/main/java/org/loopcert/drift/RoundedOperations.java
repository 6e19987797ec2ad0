package org.loopcert.drift;

import org.loopcert.drift.RoundedOperation.Kind;
import org.loopcert.ring.RoundingFormat;

/** Operations on values of a rounding format, reported to an observer if there is one. */
final class RoundedOperations implements Operations<Double> {
    private final RoundingFormat format;
    private final OperationObserver observer;
    private int loop;

    /**
     * Operations.
     *
     * @param observer who sees them, or null
     */
    RoundedOperations(RoundingFormat format, OperationObserver observer) {
        this.format = format;
        this.observer = observer;
    }

    /** Says which loop's iterate is being formed from now on. */
    void enter(int next) {
        loop = next;
    }

    @Override
    public Double zero() {
        return 0.0;
    }

    @Override
    public Double add(Double left, Double right, Operation operation, int row, int column) {
        double result = format.add(left, right);
        return seen(Kind.SUM, left, right, 0, result, operation, row, column);
    }

    @Override
    public Double subtract(Double left, Double right, Operation operation, int row, int column) {
        double result = format.subtract(left, right);
        return seen(Kind.DIFFERENCE, left, right, 0, result, operation, row, column);
    }

    @Override
    public Double multiply(Double left, Double right, Operation operation, int row, int column) {
        double result = format.multiply(left, right);
        return seen(Kind.PRODUCT, left, right, 0, result, operation, row, column);
    }

    @Override
    public Double multiplyAdd(Double left, Double right, Double addend, Operation operation, int row, int column) {
        double result = format.fusedMultiplyAdd(left, right, addend);
        return seen(Kind.MULTIPLY_ADD, left, right, addend, result, operation, row, column);
    }

    @Override
    public Double multiplySubtract(
            Double left, Double right, Double minuend, Operation operation, int row, int column) {
        double result = format.fusedMultiplyAdd(-left, right, minuend);
        return seen(Kind.MULTIPLY_SUBTRACT, left, right, minuend, result, operation, row, column);
    }

    @Override
    public Double convert(Double value, Operation operation, int row, int column) {
        double result = format.round(value.doubleValue());
        return seen(Kind.CONVERSION, value, 0, 0, result, operation, row, column);
    }

    /** -(dividend / divisor). */
    double negatedQuotient(double dividend, double divisor, Operation operation, int row, int column) {
        double result = -format.divide(dividend, divisor);
        return seen(Kind.NEGATED_QUOTIENT, dividend, divisor, 0, result, operation, row, column);
    }

    private double seen(
            Kind kind,
            double first,
            double second,
            double third,
            double result,
            Operation operation,
            int row,
            int column) {
        if (observer != null) {
            observer.performed(
                    new RoundedOperation(loop, operation, row, column, kind, format, first, second, third, result));
        }
        return result;
    }
}
