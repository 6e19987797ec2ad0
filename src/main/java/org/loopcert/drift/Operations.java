package org.loopcert.drift;

/**
 * The operations of one rounded step in one format, told where in the program they happen: on doubles, or on bounds of
 * magnitude and error.
 */
interface Operations<E> {
    E zero();

    E add(E left, E right, Operation operation, int row, int column);

    E subtract(E left, E right, Operation operation, int row, int column);

    E multiply(E left, E right, Operation operation, int row, int column);

    /** left * right + addend, rounded once. */
    E multiplyAdd(E left, E right, E addend, Operation operation, int row, int column);

    /** minuend - left * right, rounded once. */
    E multiplySubtract(E left, E right, E minuend, Operation operation, int row, int column);

    /** A value of another format in this one. */
    E convert(E value, Operation operation, int row, int column);
}
