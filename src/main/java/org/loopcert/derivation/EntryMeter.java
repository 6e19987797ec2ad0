package org.loopcert.derivation;

/** Counts monomial operations, so that what is given up does not depend on the machine. */
final class EntryMeter {
    private final int monomials;
    private long left;

    /** At most {@code monomials} in one polynomial; {@link #allow} says how much work. */
    EntryMeter(int monomials) {
        this.monomials = monomials;
    }

    /** Starts a new task. */
    void allow(long work) {
        left = work;
    }

    /** Pays for work. */
    void spend(long work) {
        left -= work;
        if (left < 0) {
            throw new EntryFailure(EntryFailure.Cause.BUDGET, "more work than the budget allows");
        }
    }

    /** Refuses polynomials that are too long. */
    void length(int found) {
        if (found > monomials) {
            throw new EntryFailure(
                    EntryFailure.Cause.BUDGET, "a polynomial of more than " + monomials + " monomials: " + found);
        }
    }
}
