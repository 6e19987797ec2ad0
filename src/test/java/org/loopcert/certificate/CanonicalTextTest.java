package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Json;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;

/** What is written without an object per number is spelled as the kernel spells it. */
class CanonicalTextTest {
    private static byte[] bytes(CanonicalText text) {
        byte[] result = new byte[text.length()];
        text.copyTo(result, 0);
        return result;
    }

    @Provide
    Arbitrary<Long> numbers() {
        Arbitrary<Long> powers = Arbitraries.integers().between(0, 18).map(k -> (long) Math.pow(10, k));
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-1000, 1000),
                Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE),
                powers.flatMap(p -> Arbitraries.of(p - 1, p, -p, 1 - p, p + 1)),
                Arbitraries.integers().between(0, 62).map(k -> 1L << k));
    }

    @Property(tries = 300)
    void longs(
            @ForAll("numbers") long a,
            @ForAll("numbers") long b,
            @ForAll @IntRange(min = 0, max = 300) int shift,
            @ForAll boolean plain) {
        Assume.that(a != Long.MIN_VALUE && b != Long.MIN_VALUE);
        int by = plain ? 0 : shift;
        BigInteger first = BigInteger.valueOf(a).shiftLeft(by);
        BigInteger second = BigInteger.valueOf(b).shiftLeft(by);
        CanonicalText text = new CanonicalText(1, 0, false);
        text.integers(new long[] {a, b}, new ShiftedDecimals(by));
        assertThat(new String(bytes(text), StandardCharsets.US_ASCII))
                .isEqualTo("[\"" + first + "\", \"" + second + "\"]");
        assertThat(text.digits())
                .isEqualTo(Math.max(
                        first.abs().toString().length(), second.abs().toString().length()));
    }

    @Test
    void eightDigits() {
        // halves of four digits do not meet: each value of either one is enough
        for (int four = 0; four < 10_000; four++) {
            for (int number : new int[] {four, 10_000 * four, 10_000 * four + 9_999 - four}) {
                String text = String.format(Locale.ROOT, "%08d", number);
                long word = CanonicalText.eight(number);
                for (int k = 0; k < 8; k++) {
                    if ((word >> 8 * k & 0xff) != text.charAt(k) - '0') {
                        throw new AssertionError(text + " is " + Long.toHexString(word));
                    }
                }
            }
        }
    }

    /** Longer than the parts that a text is kept in. */
    @Test
    void longTexts() {
        StringBuilder expected = new StringBuilder();
        CanonicalText text = new CanonicalText(1, 0, false);
        for (int k = 0; k < 3_000; k++) {
            String piece = "abcdefghij".repeat(k % 40) + k;
            text.put(piece);
            expected.append(piece);
        }
        CanonicalText copy = text.copy();
        text.put("more");
        assertThat(new String(bytes(copy), StandardCharsets.US_ASCII)).isEqualTo(expected.toString());
        assertThat(new String(bytes(text), StandardCharsets.US_ASCII)).isEqualTo(expected + "more");
    }

    @Provide
    Arbitrary<BigRational> entries() {
        Arbitrary<BigInteger> powers = Arbitraries.integers().between(0, 200).map(BigInteger.ONE::shiftLeft);
        return Arbitraries.oneOf(
                numbers().map(BigInteger::valueOf).flatMap(p -> powers.map(q -> RationalField.of(p, q))),
                numbers().map(p -> BigRational.valueOf(BigInteger.valueOf(p), BigInteger.TWO.pow(5))),
                Arbitraries.integers().between(0, 3).map(BigRational::valueOf));
    }

    @Property(tries = 200)
    void instances(
            @ForAll("entries") BigRational a,
            @ForAll("entries") BigRational b,
            @ForAll("entries") BigRational c,
            @ForAll boolean dyadic) {
        BigRational last = dyadic ? c : RationalField.of(1, 3);
        InstanceText instance = InstanceText.of(
                Matrix.of(List.of(List.of(a, b), List.of(c, last))),
                Vector.of(List.of(b, last)),
                Optional.of(Vector.of(List.of(a, c))),
                last,
                Vector.of(List.of(a, b)),
                7,
                InstanceText.schedule(List.of()));
        assertThat(instance.print()).isEqualTo(Json.print(instance.json()));
    }

    /** Containers of each kind, empty and nested. */
    private static Json tree(int seed, int depth) {
        List<Json> items = new ArrayList<>();
        for (int i = 0; i < seed % 4; i++) {
            items.add(depth == 0 || (seed >> i) % 3 == 0 ? Texts.count(seed) : tree(seed * 31 + i & 0xffff, depth - 1));
        }
        return seed % 2 == 0
                ? Texts.array(items)
                : Texts.object(items.stream().map(item -> field("f", item)).toList());
    }

    @Property(tries = 200)
    void trees(@ForAll int seed) {
        Json tree = tree(seed & 0xffff, 4);
        CanonicalText text = new CanonicalText(1, 0, false);
        text.value(tree);
        text.put("\n");
        assertThat(bytes(text)).isEqualTo(Json.print(tree));
    }

    @Test
    void numbersOnlyHaveDigits() {
        CanonicalText text = new CanonicalText(1, 0, false);
        text.value(Texts.array(List.of(Texts.string("-12/345"), Texts.string("sha1-12345"), Texts.count(123456))));
        assertThat(text.digits()).isEqualTo(3);
    }

    @Test
    void copiesGrowApart() {
        CertificateWriter writer = new CertificateWriter(Texts.object(), 1, 1, 1);
        CertificateWriter copy = writer.copy();
        byte[] before = writer.write(false, Optional.empty());
        copy.line("rule", List.of(1), field("value", Texts.string("123")));
        assertThat(writer.write(false, Optional.empty())).isEqualTo(before);
        byte[] after = copy.write(true, Optional.of(Texts.object()));
        assertThat(new String(after, StandardCharsets.US_ASCII))
                .contains("\"digits\": 3,", "\"bytes\": " + after.length + "\n");
    }
}
