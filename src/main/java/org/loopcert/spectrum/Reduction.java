package org.loopcert.spectrum;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.loopcert.exact.Gram;
import org.loopcert.exact.IntegerLinearAlgebra;
import org.loopcert.exact.IntegerVector;

/**
 * A Gram matrix other than zero made ready for searches of its eigenvalues: in words and digits, and reduced to
 * tridiagonal form in doubles. It does not change by use, so that what is found does not depend on what was sought before.
 */
public final class Reduction {
    private final Gram gram;
    private final SymmetricWords words;
    private final DigitMatrix digits;
    private final double[][] leading;
    private final Tridiagonal tridiagonal;
    private final double[] values;
    private OptionalInt rank;
    private Optional<List<IntegerVector>> nullSpace = Optional.empty();

    private Reduction(Gram gram, OptionalInt rank) {
        if (gram.gi().isZero()) {
            throw new IllegalArgumentException("the zero matrix has no positive eigenvalue");
        }
        this.gram = gram;
        this.words = SymmetricWords.of(gram.gi());
        this.digits = DigitMatrix.of(words);
        this.leading = words.leading(words.bits());
        this.tridiagonal = Tridiagonal.reduce(words.leading(words.bits()));
        this.values = tridiagonal.eigenvalues();
        this.rank = rank;
    }

    /**
     * Makes a Gram matrix ready.
     *
     * @throws IllegalArgumentException if it is zero
     */
    public static Reduction of(Gram gram) {
        return new Reduction(gram, OptionalInt.empty());
    }

    /** As {@link #of(Gram)}, where the rank is known; a null space is then computed only where it is asked for. */
    static Reduction of(Gram gram, int rank) {
        return new Reduction(gram, OptionalInt.of(rank));
    }

    Gram gram() {
        return gram;
    }

    SymmetricWords words() {
        return words;
    }

    DigitMatrix digits() {
        return digits;
    }

    /** The matrix over 2^bits of its words, which must not be written to. */
    double[][] leading() {
        return leading;
    }

    Tridiagonal tridiagonal() {
        return tridiagonal;
    }

    /** Approximate eigenvalues in descending order, not to be written to. */
    double[] values() {
        return values;
    }

    /** The exact rank of GI. */
    int rank() {
        if (rank.isEmpty()) {
            // a minor that is not zero modulo a prime is not zero
            rank = OptionalInt.of(
                    words.modularRank() == words.size()
                            ? words.size()
                            : words.size() - nullSpaceByElimination().size());
        }
        return rank.getAsInt();
    }

    /** A basis of the null space of GI in echelon form. */
    List<IntegerVector> nullSpace() {
        return rank() == words.size() ? List.of() : nullSpaceByElimination();
    }

    private List<IntegerVector> nullSpaceByElimination() {
        if (nullSpace.isEmpty()) {
            nullSpace = Optional.of(IntegerLinearAlgebra.nullSpace(gram.gi()));
        }
        return nullSpace.get();
    }
}
