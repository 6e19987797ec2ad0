package org.loopcert.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.derivation.NotRefuted;
import org.loopcert.derivation.Refutation;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/** The corpus of counterexamples, judged without the command line. */
class CounterexampleCorpusTest {
    private static Map<String, CounterexampleCorpus.Entry> corpus;

    @BeforeAll
    static void build() {
        corpus = CounterexampleCorpus.all();
    }

    private static List<String> judge(byte[] file) {
        if (!CounterexampleText.isOne(file)) {
            return List.of(Kernel.check(file, Limits.DEFAULT).word(), "");
        }
        try {
            CounterexampleText text = CounterexampleText.read(file, Limits.DEFAULT);
            assertThat(text.write()).isEqualTo(file);
            Refutation.check(
                    text.derivation(), new Refutation.Line(text.part(), text.step(), text.line()), text.values());
            return List.of("accepted", "");
        } catch (CounterexampleText.Unreadable e) {
            if (e.verdict() instanceof Verdict.Malformed malformed) {
                assertThat(malformed.offset()).isBetween(0, file.length);
            }
            return List.of(e.verdict().word(), "");
        } catch (NotRefuted e) {
            return List.of(
                    e.kind().name().toLowerCase(java.util.Locale.ROOT),
                    e.reason().replace("malformed", ""));
        }
    }

    @TestFactory
    Stream<DynamicTest> judgedAsExpected() {
        return corpus.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> assertThat(
                                judge(each.getValue().file()))
                        .containsExactly(
                                each.getValue().verdict(), each.getValue().reason())));
    }

    /** Each reason is planted somewhere, but for one that a file in the language cannot have. */
    @Test
    void everyReasonIsThere() {
        Set<String> planted =
                corpus.values().stream().map(CounterexampleCorpus.Entry::reason).collect(Collectors.toSet());
        Set<Reason> reasons = EnumSet.allOf(Reason.class);
        reasons.remove(Reason.PRECISION);
        assertThat(planted).containsAll(reasons.stream().map(Reason::code).toList());
    }

    /** A change of any one character of an accepted file is refused, or is another valid counterexample to the same line. */
    @Test
    void noOtherSpellingIsRead() throws Exception {
        byte[] file = corpus.get("accept/minimal.json").file();
        CounterexampleText text = CounterexampleText.read(file, Limits.DEFAULT);
        for (int i = 0; i < file.length; i++) {
            for (byte other : new byte[] {' ', '\n', '"', '0', '1', '-', 'x', '%', ']', (byte) 0xc3}) {
                byte[] changed = file.clone();
                changed[i] = other;
                Optional<CounterexampleText> read = read(changed);
                if (other != file[i] && read.isPresent()) {
                    assertThat(read.get()).isNotEqualTo(text);
                    assertThat(read.get().write()).isEqualTo(changed);
                }
            }
        }
    }

    private static Optional<CounterexampleText> read(byte[] file) {
        try {
            return Optional.of(CounterexampleText.read(file, Limits.DEFAULT));
        } catch (CounterexampleText.Unreadable refused) {
            assertThat(refused.verdict().word()).isEqualTo("malformed");
            return Optional.empty();
        }
    }

    @Test
    void digitsBeyondTheLimitAreUndecided() {
        String text = CorpusBuilder.text(corpus.get("accept/minimal.json").file());
        byte[] file = text.replace("\"2\"", "\"" + "9".repeat(10_001) + "\"")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(judge(file)).containsExactly("undecided", "");
    }
}
