package org.loopcert.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ModularCheckTest {
    private static final ModularCheck CHECK = ModularCheck.of(1);

    private static BigInteger prime(PrimeModulus modulus) {
        return BigInteger.valueOf(modulus.prime());
    }

    private static long mod(BigInteger value, PrimeModulus modulus) {
        return value.mod(prime(modulus)).longValueExact();
    }

    private static long residue(Random random, PrimeModulus modulus) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> modulus.prime() - 1;
            case 2 -> random.nextInt(3);
            default -> modulus.reduce(random.nextLong());
        };
    }

    private static long[] residues(Random random, PrimeModulus modulus, int size) {
        return random.longs(size)
                .map(seed -> residue(new Random(seed), modulus))
                .toArray();
    }

    private static BigInteger dot(long[] v, long[] w) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < v.length; i++) {
            sum = sum.add(BigInteger.valueOf(v[i]).multiply(BigInteger.valueOf(w[i])));
        }
        return sum;
    }

    @Property(tries = 200)
    void theSeedDeterminesTwoDifferentPrimes(@ForAll long seed) {
        ModularCheck check = ModularCheck.of(seed);
        assertThat(check.moduli())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .isEqualTo(ModularCheck.of(seed).moduli());
        assertThat(check.seed()).isEqualTo(seed);
        assertThat(check.moduli())
                .allMatch(modulus -> prime(modulus).bitLength() == PrimeModulus.BITS
                        && prime(modulus).isProbablePrime(50));
    }

    @Property(tries = 1000)
    void onlyPrimesAreModuli(@ForAll long bits) {
        long candidate = 1L << 60 | bits >>> 4 | 1;
        assertThat(PrimeModulus.find(candidate).isPresent())
                .isEqualTo(BigInteger.valueOf(candidate).isProbablePrime(50));
        // a product of two primes of 30 and 31 bits has no small factor
        long product = BigInteger.probablePrime(30, new Random(bits)).longValue()
                * BigInteger.probablePrime(31, new Random(bits)).longValue();
        assertThat(PrimeModulus.find(product)).isEmpty();
    }

    @Property(tries = 2000)
    void fieldOperationsAreThoseOfIntegersModuloThePrime(@ForAll long seed) {
        Random random = new Random(seed);
        for (PrimeModulus modulus : CHECK.moduli()) {
            long a = residue(random, modulus);
            long b = residue(random, modulus);
            BigInteger x = BigInteger.valueOf(a);
            BigInteger y = BigInteger.valueOf(b);
            assertThat(modulus.add(a, b)).isEqualTo(mod(x.add(y), modulus));
            assertThat(modulus.subtract(a, b)).isEqualTo(mod(x.subtract(y), modulus));
            assertThat(modulus.multiply(a, b)).isEqualTo(mod(x.multiply(y), modulus));
            assertThat(modulus.negate(a)).isEqualTo(mod(x.negate(), modulus));
            assertThat(modulus.power(a, b))
                    .isEqualTo(x.modPow(y, prime(modulus)).longValueExact());
            if (a != 0) {
                assertThat(modulus.multiply(modulus.inverse(a), a)).isOne();
            }
        }
    }

    @Property(tries = 1000)
    void reductionIsExact(@ForAll long bits, @ForAll BigInteger integer, @ForAll long seed) {
        Random random = new Random(seed);
        double value = Double.longBitsToDouble(bits);
        double[] digits = random.doubles(2 * (random.nextInt(9) + 1), -0x1p33, 0x1p33)
                .map(Math::rint)
                .toArray();
        int half = digits.length / 2;
        for (PrimeModulus modulus : CHECK.moduli()) {
            assertThat(modulus.reduce(bits)).isEqualTo(mod(BigInteger.valueOf(bits), modulus));
            assertThat(modulus.reduce(integer)).isEqualTo(mod(integer, modulus));
            BigInteger cut = integer.shiftRight(Math.max(0, integer.bitLength() - random.nextInt(60, 130)));
            assertThat(modulus.reduce(cut)).isEqualTo(mod(cut, modulus));
            if (Double.isFinite(value)) {
                BigInteger scaled = new BigDecimal(value)
                        .multiply(new BigDecimal(BigInteger.TWO.pow(1074)))
                        .toBigIntegerExact();
                assertThat(modulus.multiply(modulus.reduce(value), modulus.power(2, 1074)))
                        .isEqualTo(mod(scaled, modulus));
            }
            int base = 1 + random.nextInt(26);
            BigInteger number = BigInteger.ZERO;
            for (int k = half - 1; k >= 0; k--) {
                number = number.shiftLeft(base).add(BigInteger.valueOf((long) digits[half + k]));
                number = number.shiftLeft(base).add(BigInteger.valueOf((long) digits[k]));
            }
            double[] high = Arrays.copyOfRange(digits, half, digits.length);
            assertThat(modulus.reduceDigits(digits, high, 0, half, base)).isEqualTo(mod(number, modulus));
            Fraction fraction = Fraction.of(integer, BigInteger.valueOf(random.nextInt(1000) + 1));
            assertThat(modulus.multiply(modulus.reduce(fraction), modulus.reduce(fraction.denominator())))
                    .isEqualTo(mod(fraction.numerator(), modulus));
        }
    }

    @Property(tries = 300)
    void vectorsAndMatricesAgreeWithIntegers(
            @ForAll @IntRange(min = 1, max = 50) int rows,
            @ForAll @IntRange(min = 1, max = 50) int columns,
            @ForAll long seed) {
        Random random = new Random(seed);
        IntegerMatrix matrix = IntegerLinearAlgebraTest.random(random, rows, columns, Integer.MAX_VALUE / 2);
        for (PrimeModulus modulus : CHECK.moduli()) {
            long[] v = residues(random, modulus, columns);
            long[] w = residues(random, modulus, columns);
            long f = residue(random, modulus);
            assertThat(modulus.dot(v, w)).isEqualTo(mod(dot(v, w), modulus));
            long[] sum = v.clone();
            modulus.addMultiple(sum, f, w);
            long[] scaled = v.clone();
            modulus.scale(scaled, f);
            for (int i = 0; i < columns; i++) {
                assertThat(scaled[i]).isEqualTo(modulus.multiply(f, v[i]));
                assertThat(sum[i]).isEqualTo(modulus.add(v[i], modulus.multiply(f, w[i])));
            }
            ResidueMatrix residues = ResidueMatrix.of(modulus, matrix);
            long[] product = new long[rows];
            residues.multiply(v, product);
            assertThat(product).isEqualTo(modulus.reduce(matrix.multiply(IntegerVector.of(v))));
            long[] transposed = new long[columns];
            residues.transposeMultiply(product, transposed);
            assertThat(transposed).isEqualTo(modulus.reduce(matrix.transpose().multiply(IntegerVector.of(product))));
            residues.gram().multiply(v, transposed);
            assertThat(transposed).isEqualTo(modulus.reduce(matrix.gram().multiply(IntegerVector.of(v))));
        }
    }

    @Example
    void longSumsOfTheLargestProductsDoNotOverflow() {
        for (PrimeModulus modulus : CHECK.moduli()) {
            long[] v = new long[100_003];
            Arrays.fill(v, modulus.prime() - 1);
            assertThat(modulus.dot(v, v)).isEqualTo(v.length);
        }
    }

    @Example
    void matricesOfDoublesAreTakenExactly() {
        double[] entries = {0.1, -0.3, 1e300, Double.MIN_VALUE, -0.0, 7};
        PrimeModulus modulus = CHECK.moduli().get(0);
        ResidueMatrix matrix = ResidueMatrix.of(modulus, 2, 3, entries);
        long[] product = new long[2];
        matrix.multiply(new long[] {1, 2, 3}, product);
        for (int i = 0; i < 2; i++) {
            long sum = 0;
            for (int j = 0; j < 3; j++) {
                sum = modulus.add(sum, modulus.multiply(j + 1, modulus.reduce(entries[3 * i + j])));
            }
            assertThat(product[i]).isEqualTo(sum);
        }
    }

    @Example
    void aDifferenceIsNamed() {
        PrimeModulus modulus = CHECK.moduli().get(1);
        assertThatCode(() -> CHECK.requireEqual("b", modulus, new long[] {1, 2}, new long[] {1, 2}))
                .doesNotThrowAnyException();
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.requireEqual("b", modulus, new long[] {1, 2}, new long[] {1, 3}))
                .withMessage("the modular cross-check failed: entry 1 of b is 3 modulo " + modulus.prime()
                        + ", expected 2 (seed 1)");
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.requireEqual("b", modulus, new long[] {1, 2}, new long[] {1}))
                .withMessageContaining("b has 1 entries, expected 2");
    }

    @Example
    void whatIsNoPrimeOrDoesNotFitIsRefused() {
        PrimeModulus modulus = CHECK.moduli().get(0);
        assertThatIllegalArgumentException().isThrownBy(() -> PrimeModulus.of((1L << 60) + 100));
        assertThatIllegalArgumentException().isThrownBy(() -> PrimeModulus.of(101));
        assertThatIllegalArgumentException().isThrownBy(() -> modulus.reduce(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> modulus.dot(new long[2], new long[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> modulus.power(2, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> ResidueMatrix.of(modulus, 2, 2, new double[3]));
        ResidueMatrix matrix = ResidueMatrix.of(modulus, 1, 2, new double[] {1, 2});
        assertThatIllegalArgumentException().isThrownBy(() -> matrix.multiply(new long[1], new long[1]));
        assertThatThrownBy(() -> modulus.inverse(0)).isInstanceOf(ArithmeticException.class);
    }
}
