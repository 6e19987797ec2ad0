package org.loopcert.generate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the in-context examples X are made. */
public enum Family {
    /**
     * Entries are independent standard normal numbers, each rounded to a multiple of a power of two;
     * the distribution of CHEN2024's experiments.
     */
    GAUSSIAN,
    /** Entries are p/q with p uniform in -9 to 9 and q uniform in 1 to 9, reduced. */
    RATIONAL,
    /**
     * G = X'X has the smallest positive eigenvalue 1 and the largest eigenvalue kappa, both exactly;
     * those between are squares of rationals.
     */
    SPECTRUM,
    /** G = X'X is an orthogonal projector, the identity at full column rank: kappa is 1. */
    ORTHOGONAL;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The family of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Family parse(String label) {
        for (Family family : values()) {
            if (family.label().equals(label)) {
                return family;
            }
        }
        throw new IllegalArgumentException("--family: expected one of "
                + Arrays.stream(values()).map(Family::label).collect(Collectors.joining(", "))
                + ", found '"
                + label
                + "'");
    }
}
