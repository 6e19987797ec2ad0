package org.loopcert.ring;

/**
 * What an arithmetic promises. An interface says which operations exist, a property says which law
 * they obey; the tests of a ring are selected by its properties.
 */
public enum Property {
    /** No operation rounds: the result is the true value. */
    EXACT,
    /** Equal values have one representation: {@code equal} coincides with {@code Object.equals}. */
    CANONICAL,
    /** Addition is associative and every element has an additive inverse. */
    ADDITIVE_GROUP,
    /** Multiplication is associative. */
    ASSOCIATIVE,
    /** Multiplication commutes. */
    COMMUTATIVE,
    /** Multiplication distributes over addition. */
    DISTRIBUTIVE,
    /** Every nonzero element has a multiplicative inverse. */
    FIELD,
    /** A total order compatible with addition and multiplication. */
    ORDERED,
    /** Elements are sets of reals, and every operation contains the results of its members. */
    ENCLOSURE,
    /** Every operation is the exact result rounded once. */
    CORRECTLY_ROUNDED,
    /** Multiplication can fail with {@link DegreeExceededException}. */
    PARTIAL_MULTIPLICATION
}
