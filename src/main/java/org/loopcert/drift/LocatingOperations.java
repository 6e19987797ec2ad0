package org.loopcert.drift;

import java.util.Optional;

/** Doubles that remember the first operation whose result was not finite. */
final class LocatingOperations implements Operations<Double> {
    private final int loop;
    private NonFinite first;

    LocatingOperations(int loop) {
        this.loop = loop;
    }

    Optional<NonFinite> first() {
        return Optional.ofNullable(first);
    }

    @Override
    public Double zero() {
        return 0.0;
    }

    @Override
    public Double add(Double left, Double right, Operation operation, int row, int column) {
        return located(left + right, operation, row, column);
    }

    @Override
    public Double subtract(Double left, Double right, Operation operation, int row, int column) {
        return located(left - right, operation, row, column);
    }

    @Override
    public Double multiply(Double left, Double right, Operation operation, int row, int column) {
        return located(left * right, operation, row, column);
    }

    double located(double value, Operation operation, int row, int column) {
        if (first == null && !Double.isFinite(value)) {
            first = new NonFinite(loop, operation, row, column, value);
        }
        return value;
    }
}
