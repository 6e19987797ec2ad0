package org.loopcert.drift;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One sum of products in the making, in the order of a {@link Summation}.
 *
 * @param <E> the value type
 */
abstract class ProductSum<E> {
    final Operations<E> operations;
    final boolean fused;

    private ProductSum(Operations<E> operations, boolean fused) {
        this.operations = operations;
        this.fused = fused;
    }

    static <E> ProductSum<E> of(RunConfiguration configuration, Operations<E> operations) {
        boolean fused = configuration.fused();
        Summation summation = configuration.summation();
        if (summation instanceof Summation.Blocked blocked) {
            return new Blocked<>(operations, fused, blocked.size());
        }
        return summation instanceof Summation.Pairwise
                ? new Pairwise<>(operations, fused)
                : new Sequential<>(operations, fused);
    }

    /** Adds left * right, which belongs to the given place of the program. */
    abstract void addProduct(E left, E right, Operation operation, int row, int column);

    /** The sum of all products so far; call it once. What is still to be added belongs to the given place. */
    abstract E total(Operation operation, int row, int column);

    /** sum + left * right, in one rounding or two. */
    E accumulate(E sum, E left, E right, Operation operation, int row, int column) {
        return fused
                ? operations.multiplyAdd(left, right, sum, operation, row, column)
                : operations.add(sum, operations.multiply(left, right, operation, row, column), operation, row, column);
    }

    private static final class Sequential<E> extends ProductSum<E> {
        private E sum;

        Sequential(Operations<E> operations, boolean fused) {
            super(operations, fused);
            sum = operations.zero();
        }

        @Override
        void addProduct(E left, E right, Operation operation, int row, int column) {
            sum = accumulate(sum, left, right, operation, row, column);
        }

        @Override
        E total(Operation operation, int row, int column) {
            return sum;
        }
    }

    private static final class Blocked<E> extends ProductSum<E> {
        private final int size;
        private int filled;
        private E block;
        private E sum;

        Blocked(Operations<E> operations, boolean fused, int size) {
            super(operations, fused);
            this.size = size;
            block = operations.zero();
            sum = operations.zero();
        }

        @Override
        void addProduct(E left, E right, Operation operation, int row, int column) {
            block = accumulate(block, left, right, operation, row, column);
            filled++;
            if (filled == size) {
                sum = total(operation, row, column);
                block = operations.zero();
                filled = 0;
            }
        }

        @Override
        E total(Operation operation, int row, int column) {
            return filled == 0 ? sum : operations.add(sum, block, operation, row, column);
        }
    }

    /** Waiting sums have ascending powers of two as their numbers of terms, from the last one on: a binary counter. */
    private static final class Pairwise<E> extends ProductSum<E> {
        private final Deque<E> waiting = new ArrayDeque<>();
        private long terms;

        Pairwise(Operations<E> operations, boolean fused) {
            super(operations, fused);
        }

        @Override
        void addProduct(E left, E right, Operation operation, int row, int column) {
            terms++;
            int merges = Long.numberOfTrailingZeros(terms);
            if (merges == 0) {
                waiting.push(operations.multiply(left, right, operation, row, column));
                return;
            }
            E sum = accumulate(waiting.pop(), left, right, operation, row, column);
            for (int merge = 1; merge < merges; merge++) {
                sum = operations.add(waiting.pop(), sum, operation, row, column);
            }
            waiting.push(sum);
        }

        @Override
        E total(Operation operation, int row, int column) {
            if (waiting.isEmpty()) {
                return operations.zero();
            }
            E sum = waiting.pop();
            while (!waiting.isEmpty()) {
                sum = operations.add(waiting.pop(), sum, operation, row, column);
            }
            return sum;
        }
    }
}
