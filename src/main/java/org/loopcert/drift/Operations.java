package org.loopcert.drift;

/** The operations of one rounded step, told where in the program they happen. */
interface Operations<E> {
    E zero();

    E add(E left, E right, Operation operation, int row, int column);

    E subtract(E left, E right, Operation operation, int row, int column);

    E multiply(E left, E right, Operation operation, int row, int column);
}
