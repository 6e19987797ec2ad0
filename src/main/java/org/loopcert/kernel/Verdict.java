package org.loopcert.kernel;

import java.util.List;
import java.util.Locale;

/** The kernel's answer about a certificate; never a boolean. */
public sealed interface Verdict {
    /** The word used in results: accepted, rejected, undecided or malformed. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Every line was derived.
     *
     * @param refutation whether the certificate refutes convergence instead of certifying it
     * @param instance the instance that the theorems speak about
     * @param theorems one theorem a line, in order
     * @param bound whether the instance was compared with one rebuilt from the user's own file
     */
    record Accepted(boolean refutation, Instance instance, List<Theorem> theorems, boolean bound) implements Verdict {
        public Accepted {
            theorems = List.copyOf(theorems);
        }
    }

    /**
     * Well-formed, and a line does not follow.
     *
     * @param line the number of the first failing line, 0 for the certificate as a whole
     * @param rule the rule of that line, or what was checked
     */
    record Rejected(Reason reason, int line, String rule, String expected, String found) implements Verdict {}

    /** Inside the grammar but beyond a limit, or something needed was not given. */
    record Undecided(Reason reason, int line, String rule, String missing) implements Verdict {}

    /**
     * Outside the grammar.
     *
     * @param row line in the file, from 1
     * @param column column in the file in bytes, from 1
     * @param offset byte offset, from 0
     */
    record Malformed(int row, int column, int offset, String expected, String found) implements Verdict {}

    /** Why a well-formed certificate is rejected, or why a check stays undecided. */
    enum Reason {
        /** The certificate lacks a line that its kind must establish. */
        MISSING_OBLIGATION,
        /** A premise refers to its own line, a later line or no line. */
        PREMISE_ORDER,
        /**
         * A premise establishes another kind of statement than the rule needs, or there are too many or
         * few.
         */
        PREMISE_KIND,
        /** The declared cost differs from the file or the instance. */
        COST,
        /** Shapes of the instance or of a witness do not fit. */
        SHAPE,
        /** alpha is zero. */
        ZERO_QUERY,
        /** The attention differs from the gradient step in some coefficient. */
        NOT_GRADIENT,
        /** The factor witness does not prove the matrix positive semidefinite. */
        NOT_DOMINANT,
        /** Exact elimination shows that the matrix is not positive semidefinite. */
        NOT_SEMIDEFINITE,
        /** A witness that must not be zero is zero. */
        ZERO_WITNESS,
        /** A Rayleigh quotient misses the bound that it should show. */
        RAYLEIGH,
        /** The basis is not in the null space of X, or not in echelon form. */
        NULL_SPACE,
        /** A strictly positive number is needed. */
        NOT_POSITIVE,
        /** The rank of X is not the one that the rule needs. */
        RANK,
        /** A step is not in (0, 1/lambda_max]. */
        STEP_TOO_LARGE,
        /** The step or schedule has another form than the rule needs. */
        STEP_KIND,
        /** The factor is not below one, so nothing contracts. */
        NOT_CONTRACTING,
        /** The witness does not show that the step fails to contract. */
        NOT_REFUTED,
        /** The grid is too coarse for the degree. */
        GRID,
        /** y differs from X theta. */
        NOT_REALIZABLE,
        /** The vector does not solve the normal equations, or is not the solution of least norm. */
        NOT_LEAST_SQUARES,
        /** The squared norm of theta* is not one. */
        NOT_UNIT,
        /** q(0) is not zero. */
        START_NOT_ZERO,
        /** The enclosures are too wide for the exponential form. */
        EXPONENT,
        /** The instance names no theta* of its own. */
        NO_TASK,
        /** A claimed enclosure misses the value. */
        NOT_ENCLOSED,
        /** A hypothesis is listed as unmet and holds. */
        HYPOTHESIS_HOLDS,
        /** The certificate speaks about another instance than the given file. */
        OTHER_INSTANCE,
        /** Undecided: the certificate holds only a hash of its instance and no file was given. */
        NEEDS_INPUT,
        /** Undecided: a declared limit of the checker is exceeded. */
        LIMIT;

        /** The code used in results and in the corpus manifests. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
