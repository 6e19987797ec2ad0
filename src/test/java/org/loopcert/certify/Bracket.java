package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;

/** A closed interval of rationals that holds one real number. */
public record Bracket(BigRational low, BigRational high) {
    public Bracket {
        if (!Naive.atMost(low, high)) {
            throw new IllegalArgumentException("empty bracket");
        }
    }

    static Bracket of(BigRational value) {
        return new Bracket(value, value);
    }

    Bracket add(Bracket other) {
        return new Bracket(Naive.add(low, other.low), Naive.add(high, other.high));
    }

    Bracket multiply(Bracket other) {
        BigRational[] products = {
            Naive.multiply(low, other.low), Naive.multiply(low, other.high),
            Naive.multiply(high, other.low), Naive.multiply(high, other.high)
        };
        BigRational least = products[0];
        BigRational most = products[0];
        for (BigRational product : products) {
            least = Naive.atMost(product, least) ? product : least;
            most = Naive.atMost(most, product) ? product : most;
        }
        return new Bracket(least, most);
    }

    /** 1/x for a positive bracket. */
    Bracket reciprocal() {
        if (low.signum() <= 0) {
            throw new IllegalArgumentException("not positive");
        }
        return new Bracket(Naive.divide(Naive.ONE, high), Naive.divide(Naive.ONE, low));
    }

    Bracket abs() {
        if (low.signum() >= 0) {
            return this;
        }
        if (high.signum() <= 0) {
            return new Bracket(Naive.negate(high), Naive.negate(low));
        }
        BigRational left = Naive.negate(low);
        return new Bracket(Naive.ZERO, Naive.atMost(left, high) ? high : left);
    }

    Bracket scale(BigRational factor) {
        return multiply(of(factor));
    }
}
