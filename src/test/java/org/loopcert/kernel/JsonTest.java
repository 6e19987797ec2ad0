package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Provide
    Arbitrary<Json> trees() {
        Arbitrary<Json> leaves = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .ofMaxLength(12)
                        .filter(s -> s.indexOf('"') < 0 && s.indexOf('\\') < 0)
                        .map(text -> new Json.Str(0, text)),
                Arbitraries.longs()
                        .between(-999_999_999_999_999_999L, 999_999_999_999_999_999L)
                        .map(v -> new Json.Int(0, v)));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(items -> new Json.Arr(0, items)),
                        inner.list().ofMinSize(1).ofMaxSize(4).map(JsonTest::object)),
                0,
                4);
    }

    private static Json object(List<Json> values) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            names.add("field" + i);
        }
        return new Json.Obj(0, names, values);
    }

    private static Json read(byte[] bytes) throws Refusal {
        return Json.read(bytes, Limits.DEFAULT);
    }

    @Property(tries = 500)
    void readsExactlyWhatItPrints(@ForAll("trees") Json tree) throws Refusal {
        byte[] bytes = Json.print(tree);
        assertThat(Json.print(read(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 1000)
    void neverRepairsAChangedByte(
            @ForAll("trees") Json tree, @ForAll @IntRange(max = 1_000_000) int place, @ForAll byte value) {
        byte[] bytes = Json.print(tree);
        bytes[place % bytes.length] = value;
        try {
            assertThat(Json.print(read(bytes))).isEqualTo(bytes);
        } catch (Refusal refusal) {
            assertThat(refusal.kind).isEqualTo(Refusal.Kind.MALFORMED);
            assertThat(refusal.offset).isBetween(0, bytes.length);
        }
    }

    @Property(tries = 500)
    void refusesEveryTruncation(@ForAll("trees") Json tree, @ForAll @IntRange(max = 1_000_000) int length) {
        byte[] bytes = Json.print(tree);
        byte[] part = Arrays.copyOf(bytes, length % bytes.length);
        assertThatThrownBy(() -> read(part)).isInstanceOf(Refusal.class);
    }

    @Property(tries = 1000)
    void neverFailsOtherwiseOnAnyBytes(@ForAll byte[] bytes) {
        try {
            assertThat(Json.print(read(bytes))).isEqualTo(bytes);
        } catch (Refusal refusal) {
            assertThat(refusal.offset).isBetween(0, bytes.length);
        }
    }

    @Test
    void keepsToItsLimits() {
        Limits limits = new Limits(40, 3, 4, 9, 9, 9, 9, 9);
        assertLimit("[" + " ".repeat(50), limits);
        assertLimit("[[[[", limits);
        assertLimit("[1, 2, 3, 4, 5]", limits);
        assertThatThrownBy(() -> Json.read("{}\n".getBytes(StandardCharsets.US_ASCII), limits))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind).isEqualTo(Refusal.Kind.MALFORMED));
    }

    private static void assertLimit(String text, Limits limits) {
        assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.US_ASCII), limits))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason).isEqualTo(Verdict.Reason.LIMIT));
    }
}
