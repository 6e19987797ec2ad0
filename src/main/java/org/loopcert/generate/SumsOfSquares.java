package org.loopcert.generate;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.ring.RationalField;

/**
 * Positive rationals as sums of at most four squares of rationals (Lagrange), of as few as are
 * found by trial division and a probable-prime cofactor. The squares are a proposal; their sum is
 * checked exactly before it is returned.
 */
public final class SumsOfSquares {
    private static final int TRIAL_LIMIT = 1000;
    private static final BigInteger FOUR = BigInteger.valueOf(4);
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final BigInteger SEVEN = BigInteger.valueOf(7);
    private static final int CERTAINTY = 64;

    private SumsOfSquares() {}

    /** Nonzero rationals, one to four of them, whose squares add up to a positive rational. */
    public static List<BigRational> of(BigRational value) {
        BigInteger denominator = value.getDenominatorBigInteger();
        // p/q = pq/q^2
        BigInteger whole = value.getNumeratorBigInteger().multiply(denominator);
        List<BigInteger> roots = ofInteger(whole);
        BigInteger sum = BigInteger.ZERO;
        for (BigInteger root : roots) {
            sum = sum.add(root.multiply(root));
        }
        if (!sum.equals(whole)) {
            throw new IllegalStateException("squares of " + roots + " do not add up to " + whole);
        }
        return roots.stream()
                .filter(root -> root.signum() != 0)
                .map(root -> RationalField.of(root, denominator))
                .toList();
    }

    private static List<BigInteger> ofInteger(BigInteger value) {
        BigInteger factor = BigInteger.ONE;
        BigInteger core = value;
        for (int p = 2; p <= TRIAL_LIMIT; p++) {
            BigInteger square = BigInteger.valueOf((long) p * p);
            while (core.mod(square).signum() == 0) {
                core = core.divide(square);
                factor = factor.multiply(BigInteger.valueOf(p));
            }
        }
        List<BigInteger> roots = new ArrayList<>();
        for (BigInteger root : ofCore(core)) {
            roots.add(root.multiply(factor));
        }
        return roots;
    }

    private static List<BigInteger> ofCore(BigInteger core) {
        Optional<List<BigInteger>> two = two(core);
        if (two.isPresent()) {
            return two.get();
        }
        if (isSumOfThree(core)) {
            return three(core);
        }
        BigInteger x = BigInteger.ONE;
        while (!isSumOfThree(core.subtract(x.multiply(x)))) {
            x = x.add(BigInteger.ONE);
        }
        List<BigInteger> roots = new ArrayList<>(three(core.subtract(x.multiply(x))));
        roots.add(x);
        return roots;
    }

    /** Legendre: exactly the numbers that are not 4^a (8b + 7). */
    private static boolean isSumOfThree(BigInteger value) {
        if (value.signum() <= 0) {
            return value.signum() == 0;
        }
        BigInteger rest = value.shiftRight(value.getLowestSetBit() / 2 * 2);
        return !rest.mod(EIGHT).equals(SEVEN);
    }

    private static List<BigInteger> three(BigInteger value) {
        for (BigInteger x = BigInteger.ZERO; x.multiply(x).compareTo(value) <= 0; x = x.add(BigInteger.ONE)) {
            Optional<List<BigInteger>> rest = two(value.subtract(x.multiply(x)));
            if (rest.isPresent()) {
                List<BigInteger> roots = new ArrayList<>(rest.get());
                roots.add(x);
                return roots;
            }
        }
        throw new IllegalStateException("no three squares found for " + value);
    }

    /** Two squares, where trial division leaves a square or a prime; empty if not, or if none are. */
    private static Optional<List<BigInteger>> two(BigInteger value) {
        if (value.signum() == 0) {
            return Optional.of(List.of(BigInteger.ZERO, BigInteger.ZERO));
        }
        BigInteger a = BigInteger.ONE;
        BigInteger b = BigInteger.ZERO;
        BigInteger rest = value;
        for (int p = 2; p <= TRIAL_LIMIT && rest.compareTo(BigInteger.ONE) > 0; p++) {
            BigInteger prime = BigInteger.valueOf(p);
            int multiplicity = 0;
            for (BigInteger[] divided = rest.divideAndRemainder(prime);
                    divided[1].signum() == 0;
                    divided = rest.divideAndRemainder(prime)) {
                rest = divided[0];
                multiplicity++;
            }
            if (multiplicity % 2 == 1) {
                if (p % 4 == 3) {
                    return Optional.empty();
                }
                BigInteger[] product = times(a, b, ofPrime(prime));
                a = product[0];
                b = product[1];
            }
            BigInteger power = prime.pow(multiplicity / 2);
            a = a.multiply(power);
            b = b.multiply(power);
        }
        BigInteger[] root = rest.sqrtAndRemainder();
        if (root[1].signum() == 0) {
            return Optional.of(List.of(a.multiply(root[0]), b.multiply(root[0])));
        }
        if (!rest.testBit(1) && rest.isProbablePrime(CERTAINTY)) { // rest is odd: 1 modulo 4
            BigInteger[] product = times(a, b, ofPrime(rest));
            return Optional.of(List.of(product[0], product[1]));
        }
        return Optional.empty();
    }

    /** Brahmagupta: a product of sums of two squares is one. */
    private static BigInteger[] times(BigInteger a, BigInteger b, BigInteger[] other) {
        return new BigInteger[] {
            a.multiply(other[0]).subtract(b.multiply(other[1])),
            a.multiply(other[1]).add(b.multiply(other[0]))
        };
    }

    /**
     * Two squares for 2 or a prime that is 1 modulo 4: Euclid from a root of -1 (Hermite, Serret).
     */
    private static BigInteger[] ofPrime(BigInteger prime) {
        if (prime.equals(BigInteger.TWO)) {
            return new BigInteger[] {BigInteger.ONE, BigInteger.ONE};
        }
        BigInteger minusOne = prime.subtract(BigInteger.ONE);
        BigInteger quarter = minusOne.divide(FOUR);
        BigInteger root = BigInteger.ZERO;
        for (BigInteger g = BigInteger.TWO;
                !root.multiply(root).mod(prime).equals(minusOne);
                g = g.add(BigInteger.ONE)) {
            root = g.modPow(quarter, prime);
        }
        BigInteger larger = prime;
        BigInteger smaller = root;
        while (smaller.multiply(smaller).compareTo(prime) > 0) {
            BigInteger next = larger.mod(smaller);
            larger = smaller;
            smaller = next;
        }
        return new BigInteger[] {smaller, larger.mod(smaller)};
    }
}
