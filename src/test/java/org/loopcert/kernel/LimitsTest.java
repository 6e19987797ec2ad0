package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.kernel.Given.q;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.SpectrumRules.Semidefinite;
import org.loopcert.kernel.ValueRules.Enclosure;
import org.loopcert.kernel.Verdict.Reason;

/**
 * What checks and their parts are estimated to cost, exactly: the least limits under which they go through. An estimate
 * that comes out too low would let a hostile file run for longer than declared.
 */
class LimitsTest {
    /** Something that charges a meter. */
    private interface Charged {
        void run(Limits.Meter meter) throws Refusal;
    }

    private static final long MANY = Long.MAX_VALUE;

    private static Limits limits(long bits, long memory, long work) {
        Limits most = Limits.DEFAULT;
        return new Limits(
                most.bytes(), most.depth(), most.values(), most.digits(), most.dimension(), bits, memory, work);
    }

    private static void assertLimit(Charged charged, Limits limits, String name) {
        assertThatThrownBy(() -> charged.run(new Limits.Meter(limits)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason).isEqualTo(Reason.LIMIT);
                    assertThat(refusal.expected).startsWith("limit " + name);
                });
    }

    /** These limits suffice, and no smaller ones do. */
    private static void assertCosts(Charged charged, long bits, long memory, long work) throws Refusal {
        charged.run(new Limits.Meter(limits(bits, memory, work)));
        if (bits > 0) {
            assertLimit(charged, limits(bits - 1, MANY, MANY), "max-bits " + (bits - 1));
        }
        if (memory > 0) {
            assertLimit(charged, limits(MANY, memory - 1, MANY), "max-memory " + (memory - 1) + " words");
        }
        if (work > 0) {
            assertLimit(charged, limits(MANY, MANY, work - 1), "max-work " + (work - 1));
        }
    }

    @TestFactory
    Stream<DynamicTest> storedCertificates() throws IOException {
        Path table = Path.of("src/test/resources/org/loopcert/kernel/least-limits.csv");
        List<NamedCsvRecord> rows;
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(table)) {
            rows = records.stream().toList();
        }
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.getField("file"), () -> {
                    byte[] file = Files.readAllBytes(Path.of("certificates/accept", row.getField("file")));
                    long bits = Long.parseLong(row.getField("bits"));
                    long memory = Long.parseLong(row.getField("memory"));
                    long work = Long.parseLong(row.getField("work"));
                    assertThat(Kernel.check(file, limits(bits, memory, work))).isInstanceOf(Verdict.Accepted.class);
                    for (Limits less : List.of(
                            limits(bits - 1, memory, work),
                            limits(bits, memory - 1, work),
                            limits(bits, memory, work - 1))) {
                        assertThat(Kernel.check(file, less))
                                .isInstanceOfSatisfying(Verdict.Undecided.class, verdict -> assertThat(verdict.reason())
                                        .isEqualTo(Reason.LIMIT));
                    }
                }));
    }

    @Test
    void theMeter() throws Refusal {
        assertCosts(meter -> meter.bits(77), 77, 0, 0);
        assertCosts(meter -> meter.memory(3, 5, 7), 0, 105, 0);
        // a product costs its words and 16 units around it
        assertCosts(meter -> meter.work(3, 5, 7, 2), 0, 0, 14 * (15 + 16));
        assertCosts(
                meter -> {
                    meter.work(1, 1);
                    meter.work(2, 3);
                },
                0,
                0,
                17 + 22);
        // a denominator of 129 bits: 3 words, a sixteenth of the bits
        assertCosts(meter -> meter.denominator(BigInteger.ONE.shiftLeft(128)), 129 * 16, 0, 9 + 16);
    }

    @Test
    void digitsAreCountedUpToTheLimitAndNotBeyond() throws Refusal {
        Limits limits = new Limits(1, 1, 1, 5, 1, 1, 1, 1);
        Limits.Meter meter = new Limits.Meter(limits);
        meter.digits(5);
        assertThat(meter.longest()).isEqualTo(5);
        assertLimit(each -> each.digits(6), limits, "max-digits 5");
    }

    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    @Test
    void vectors() throws Refusal {
        List<Fraction> long100 = List.of(Fraction.of(power(99)), Fraction.of(power(30)));
        List<Fraction> fractions =
                List.of(Fraction.of(BigInteger.ONE, power(69)), Fraction.of(BigInteger.ONE, BigInteger.TEN));
        // one denominator of 1 bit, given twice, then (1 + 100)/64 + 1 = 2 words for 2 entries: 2 (4 + 16)
        assertCosts(meter -> Vectors.overCommonDenominator(long100, meter), 16, 4, 17 + 40);
        // denominators 1, 2^69 and their multiple 5 2^69 of 72 bits; (72 + 1)/64 + 1 = 2 words
        assertCosts(
                meter -> Vectors.overCommonDenominator(fractions, meter),
                72 * 16,
                4,
                17 + (4 + 16) + 2 * (4 + 16) + 40);
        // both over their common denominators, then words (100 + 100)/64 + 1 = 4
        // and for the greatest common divisor that reduces a sum of products as much as for 60 products
        assertCosts(meter -> Vectors.dot(long100, long100, meter), 16, 4, 2 * 57 + (8 + 60) * (16 + 16));
        assertCosts(meter -> Vectors.subtract(long100, long100, meter), 16, 4, 2 * 57 + 2 * (16 + 16));
    }

    private static Problem problem(Limits.Meter meter) throws Refusal {
        // D = 2^65 of 66 bits, entries up to 70 bits: (66 + 70)/64 + 1 = 3 words; D X has 135 bits, as many words
        Fraction fine = Fraction.of(BigInteger.ONE, power(65));
        return Given.problem(
                List.of(
                        List.of(Fraction.of(power(69)), Fraction.ONE),
                        List.of(fine, Fraction.ONE),
                        List.of(fine, Fraction.ZERO)),
                List.of(Fraction.ONE, Fraction.ONE, Fraction.ONE),
                new Instance.Step.Constant(q(1, 4)),
                2,
                meter);
    }

    /**
     * What {@link #problem} itself costs: 2 denominators of 1 word, 1 of 2 words, 9 products of 3 by 3 words, and
     * (3 + 16) (3 + 12)^2 products of 6 by 6 digits.
     */
    private static final long PROBLEM = 2 * (1 + 16) + (4 + 16) + 9 * (9 + 16) + 19 * 15 * 15 * (36 / 16 + 1);

    /** The 3 x 3 entries of [X y]'[X y]: (135 + 135)/64 + 1 = 5 words each. */
    private static final long PRODUCTS = 9 * 5;

    @Test
    void instances() throws Refusal {
        assertCosts(LimitsTest::problem, 66 * 16, PRODUCTS, PROBLEM);
        assertThat(problem(Given.meter()).bits).isEqualTo(2 * (69 + 65) + 1);
    }

    @Test
    void spectra() throws Refusal {
        BigInteger[] v = {power(200), BigInteger.ONE};
        // (201 + 269)/64 + 1 = 8 words
        assertCosts(meter -> problem(meter).rayleigh(v), 66 * 16, PRODUCTS, PROBLEM + 4 * (64 + 16));
        // factor 2^100 of 101 bits, numerator of y 201 bits: (101 + 201 + 269)/64 + 1 = 9 words
        assertCosts(
                meter -> problem(meter)
                        .shifted(Fraction.ONE, Fraction.of(power(200).add(BigInteger.ONE), power(100))),
                66 * 16,
                PRODUCTS,
                PROBLEM + 4 * (81 + 16));
        assertCosts(
                meter -> problem(meter).shifted(Fraction.ONE, Fraction.of(power(999))),
                66 * 16,
                4 * 20,
                PROBLEM + 4 * (400 + 16));
    }

    /** X has one column of zeros; the weight of 2 001 bits makes (2 1 + 2001)/64 + 1 = 32 words. */
    @Test
    void basesOfNullSpaces() throws Refusal {
        BigInteger[][] basis = {{BigInteger.ZERO, BigInteger.ONE}};
        SpectrumRules.RowSpace witness =
                new SpectrumRules.RowSpace(Fraction.ONE, basis, power(2000), new Semidefinite(-1, null));
        Charged charged = meter -> {
            Problem problem = Given.problem(
                    List.of(List.of(Fraction.ONE, Fraction.ZERO)),
                    List.of(Fraction.ONE),
                    new Instance.Step.Constant(Fraction.ONE),
                    1,
                    meter);
            new SpectrumRules.LowerLoewner().conclude(problem, Given.premises(problem), witness);
        };
        long instance = 17 + 3 * 17 + 17 * 15 * 15;
        long nullSpace = 2 * 17;
        long shifted = 4 * 17;
        long weighted = 4 * (32 * 32 + 16);
        // 2 (2001 + 2) = 4006 bits: 63 words by 63/8 + 1 = 8
        long eliminated = 8 * (63 * 8 + 16);
        assertCosts(charged, 16, 4 * 32, instance + nullSpace + shifted + weighted + eliminated);
    }

    /** 3 entries of y - X theta in (1001 + 2)/64 + 1 = 16 words each. */
    @Test
    void residuals() throws Refusal {
        List<Fraction> theta = List.of(Fraction.of(power(1000)));
        Charged charged = meter -> {
            List<Fraction> one = List.of(Fraction.ONE);
            Problem problem = Given.problem(
                    List.of(one, one, one),
                    List.of(Fraction.ONE, Fraction.ONE, Fraction.ONE),
                    new Instance.Step.Constant(Fraction.ONE),
                    1,
                    meter);
            TaskRules.residualSquare(problem, theta);
        };
        long instance = 17 + 6 * 17 + 19 * 14 * 14;
        long common = 17 + (16 * 16 + 16);
        assertCosts(charged, 16, 3 * 16, instance + common + 3 * 2 * (16 * 16 + 16));
    }

    @Test
    void witnesses() throws Refusal {
        BigInteger[][] a = {{power(150), BigInteger.ZERO}, {BigInteger.ZERO, power(150)}};
        BigInteger[][] small = {{power(2), BigInteger.ZERO}, {power(1)}};
        // bits 151 + 2 60 = 271: 5 words by 1, d^2 = 4; R: 1 digit, (d + 16) (d + 12)^2 = 3528
        assertCosts(meter -> new Semidefinite(60, small).prove(a, meter), 0, 4, 4 * (5 + 16) + 3528);
        // 2 (151 + 2) = 306 bits: 5 words by 1
        assertCosts(meter -> new Semidefinite(-1, null).prove(copy(a), meter), 0, 0, 8 * (5 + 16));
        BigInteger[][] wide = {{power(900), BigInteger.ZERO}, {BigInteger.ZERO, power(900)}};
        // 2 (901 + 2) = 1806 bits: 29 words by 29/8 + 1 = 4
        assertCosts(meter -> new Semidefinite(-1, null).prove(copy(wide), meter), 0, 0, 8 * (29 * 4 + 16));
    }

    /** Elimination overwrites what it decides. */
    private static BigInteger[][] copy(BigInteger[][] a) {
        return Arrays.stream(a).map(BigInteger[]::clone).toArray(BigInteger[][]::new);
    }

    /**
     * 3 x 1 and 3 x 2 entries of 100/24 + 1 = 5 and 200/24 + 1 = 9 digits; the result has (100 + 200)/64 + 1 = 5 words
     * each, and sixteen more rows and twelve more columns are charged.
     */
    @Test
    void products() throws Refusal {
        BigInteger[][] a = {{power(99)}, {BigInteger.ONE}, {BigInteger.ZERO}};
        BigInteger[][] b = {{power(199), BigInteger.ONE}, {BigInteger.ZERO, BigInteger.ONE}, {power(1), power(2)}};
        assertCosts(
                meter -> Vectors.transposedTimes(a, b, meter),
                0,
                2 * 5,
                (3 + 16) * (1 + 12) * (2 + 12) * (45 / 16 + 1));
    }

    @Test
    void enclosures() throws Refusal {
        Enclosure.Interval wide = new Enclosure.Interval(BigInteger.ZERO, power(150));
        Enclosure.Interval[][] a = {{wide}};
        // the square of 2^150 over 2^10 has 291 bits: 10 words of memory for both ends, 5 words of work
        assertCosts(meter -> new Enclosure(10, meter).square(a), 0, 10, 25 + 16);
        Enclosure.Interval low = new Enclosure.Interval(power(150).negate(), BigInteger.ZERO);
        Enclosure.Interval[][] symmetric = {{wide, low}, {low, wide}};
        // 3 entries of 292 bits or one fewer
        assertCosts(meter -> new Enclosure(10, meter).square(symmetric), 0, 40, 3 * 2 * (25 + 16));
    }

    @Test
    void values() throws Refusal {
        Rounded large = new Rounded(BigInteger.ONE, 500, true);
        assertThat(large.value(new Limits.Meter(limits(500, 0, 0)))).isEqualTo(Fraction.of(power(500)));
        assertLimit(large::value, limits(499, 0, 0), "max-bits 499");
        Rounded small = new Rounded(BigInteger.ONE, -500, false);
        assertThat(small.value(new Limits.Meter(limits(500, 0, 0)))).isEqualTo(Fraction.of(BigInteger.ONE, power(500)));
        assertLimit(small::value, limits(499, 0, 0), "max-bits 499");
    }
}
