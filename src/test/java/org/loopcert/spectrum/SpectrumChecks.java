package org.loopcert.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.Inertia;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;

/** Checks written out from the definitions, independent of the classes under test. */
final class SpectrumChecks {
    private SpectrumChecks() {}

    static Gram gramOf(IntegerMatrix x, long denominator) {
        return Gram.of(ScaledMatrix.of(x, BigInteger.valueOf(denominator)), ScaledVector.zero(x.rows()));
    }

    /** A Gram value with this G, for spectra that are no small X'X. */
    static Gram gramWith(IntegerMatrix g, BigInteger denominator) {
        return new Gram(ScaledMatrix.of(g, denominator), ScaledVector.zero(g.rows()), Fraction.ZERO, g.rows());
    }

    static void assertProves(FactorWitness witness, IntegerMatrix a) {
        IntegerMatrix r = witness.factor();
        IntegerMatrix e = a.multiply(BigInteger.TWO.pow(2 * witness.scale()))
                .add(r.transpose().multiply(r).multiply(BigInteger.ONE.negate()));
        for (int i = 0; i < a.rows(); i++) {
            BigInteger others = BigInteger.ZERO;
            for (int j = 0; j < a.rows(); j++) {
                others = others.add(j == i ? BigInteger.ZERO : e.get(i, j).abs());
                if (j < i) {
                    assertThat(r.get(i, j)).isEqualTo(BigInteger.ZERO);
                }
            }
            assertThat(e.get(i, i)).isGreaterThanOrEqualTo(others);
            assertThat(r.get(i, i)).isGreaterThanOrEqualTo(BigInteger.ZERO);
        }
        assertThat(witness.proves(a)).isTrue();
    }

    static Fraction quotient(Gram gram, IntegerVector v) {
        return Fraction.of(gram.gi().quadraticForm(v), gram.gDen().multiply(v.dot(v)));
    }

    /** Every bound of the enclosure by inertia counts, every witness by its definition. */
    static void assertVerified(Gram gram, SpectrumEnclosure s, Fraction width) {
        int d = gram.features();
        assertThat(s.rank() + s.nullSpace().size()).isEqualTo(d);
        assertThat(Inertia.of(gram.gi())).isEqualTo(new Inertia(0, d - s.rank(), s.rank()));
        for (IntegerVector v : s.nullSpace()) {
            assertThat(gram.gi().multiply(v).isZero()).isTrue();
        }
        assertThat(shifted(gram, s.largestUpper()).positive()).isZero();
        Inertia top = shifted(gram, s.largestLower());
        assertThat(top.positive() + top.zero()).isPositive();
        assertThat(s.smallestLower().signum()).isPositive();
        assertThat(shifted(gram, s.smallestLower()).negative()).isEqualTo(d - s.rank());
        Inertia low = shifted(gram, s.smallestUpper());
        assertThat(low.negative() + low.zero()).isGreaterThan(d - s.rank());

        assertNarrow(s.largestLower(), s.largestUpper(), width);
        assertNarrow(s.smallestLower(), s.smallestUpper(), width);
        assertThat(s.conditionNumberLower()).isLessThanOrEqualTo(s.conditionNumberUpper());
        assertThat(s.conditionNumberLower()).isGreaterThanOrEqualTo(Fraction.ONE);

        IntegerMatrix upper = Spectra.upperMatrix(gram, s.largestUpper());
        IntegerMatrix lower = Spectra.lowerMatrix(gram, s.smallestLower(), s.nullSpace(), s.nullSpaceWeight());
        if (s.largestUpperWitness().isPresent()) {
            assertProves(s.largestUpperWitness().get(), upper);
        } else {
            assertThat(s.largestLower()).isEqualTo(s.largestUpper());
            assertThat(Inertia.of(upper).isPositiveSemidefinite()).isTrue();
        }
        if (s.smallestLowerWitness().isPresent()) {
            assertProves(s.smallestLowerWitness().get(), lower);
        } else {
            assertThat(s.smallestLower()).isEqualTo(s.smallestUpper());
            assertThat(Inertia.of(lower).isPositiveSemidefinite()).isTrue();
        }
        assertThat(quotient(gram, s.largestLowerVector())).isGreaterThanOrEqualTo(s.largestLower());
        IntegerVector v = gram.gi().multiply(s.smallestUpperPreimage());
        assertThat(v.isZero()).isFalse();
        assertThat(quotient(gram, v)).isLessThanOrEqualTo(s.smallestUpper());
    }

    private static void assertNarrow(Fraction lower, Fraction upper, Fraction width) {
        assertThat(lower).isLessThanOrEqualTo(upper);
        assertThat(upper.subtract(lower)).isLessThanOrEqualTo(lower.multiply(width));
        assertThat(lower.denominator().bitCount()).isEqualTo(1);
        assertThat(upper.denominator().bitCount()).isEqualTo(1);
    }

    /** Inertia of G - c I. */
    private static Inertia shifted(Gram gram, Fraction c) {
        return Inertia.of(gram.gi()
                .multiply(c.denominator())
                .addToDiagonal(c.numerator().multiply(gram.gDen()).negate()));
    }
}
