package org.loopcert.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;

/** One test for each entry of the soundness ledger: what was once accepted wrongly is refused. */
class SoundnessLedgerTest {
    private static final Texts.Field ELIMINATION =
            field("witness", Texts.object(field("method", Texts.string("elimination"))));

    private static Texts.Field number(String name, BigRational value) {
        return field(name, Texts.number(value));
    }

    private static Texts.Field numbers(String name, BigRational... values) {
        return field(name, Texts.numbers(List.of(values)));
    }

    private static BigRational q(int numerator, int denominator) {
        return BigRational.valueOf(numerator, denominator);
    }

    private static Texts.Field vector(int... entries) {
        return field("vector", integers(entries));
    }

    private static Json.Arr integers(int... entries) {
        BigInteger[] values = new BigInteger[entries.length];
        for (int i = 0; i < entries.length; i++) {
            values[i] = BigInteger.valueOf(entries[i]);
        }
        return Texts.integers(values);
    }

    /** X = (1 0), y = 3/5: realizable by (3/5, v) for every v. */
    private static CertificateWriter oneOfManyTasks(BigRational eta, Optional<Vector<BigRational>> theta) {
        InstanceText instance = InstanceText.of(
                Matrix.of(List.of(List.of(q(1, 1), q(0, 1)))),
                Vector.of(List.of(q(3, 5))),
                theta,
                q(1, 1),
                Vector.of(List.of(q(0, 1), q(0, 1))),
                2,
                InstanceText.constant(eta));
        return CertificateWriter.whole(instance, 1, 2, 2);
    }

    private static int smallest(CertificateWriter writer) {
        return writer.line(
                "smallest-positive-at-least",
                List.of(),
                number("bound", q(1, 1)),
                field("nullSpace", Texts.array(List.of(integers(0, 1)))),
                field("weight", integers(25)),
                ELIMINATION);
    }

    private static Verdict check(CertificateWriter writer, boolean refutation) {
        return Kernel.check(writer.write(refutation, Optional.empty()), Limits.DEFAULT);
    }

    private static void assertRejected(Verdict verdict, Verdict.Reason reason, int line) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.line()).isEqualTo(line);
        });
    }

    private static CertificateWriter normUnmet(Optional<Vector<BigRational>> theta) {
        CertificateWriter writer = oneOfManyTasks(q(2, 1), theta);
        writer.line("non-contraction-constant", List.of(), vector(1, 0));
        int smallest = smallest(writer);
        int task = writer.line("realizable", List.of(), numbers("theta", q(3, 5), q(0, 1)));
        writer.line(
                "unmet",
                List.of(task, smallest),
                field("theorem", Texts.string("theorem-4.4")),
                field("hypothesis", Texts.string("norm")));
        return writer;
    }

    @Test
    void normOfOneOfManyTasks() {
        assertRejected(check(normUnmet(Optional.empty()), true), Verdict.Reason.RANK, 4);
        Vector<BigRational> own = Vector.of(List.of(q(3, 5), q(0, 1)));
        assertThat(check(normUnmet(Optional.of(own)), true)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void statementsNameTheirTask() {
        CertificateWriter writer = oneOfManyTasks(q(1, 2), Optional.empty());
        int equivalence = writer.line("symbolic-attention", List.of());
        int smallest = smallest(writer);
        int largest = writer.line("lambda-max-at-most", List.of(), number("bound", q(1, 1)), ELIMINATION);
        int below = writer.line("smallest-positive-at-most", List.of(), number("bound", q(1, 1)), vector(1, 0));
        int above = writer.line("lambda-max-at-least", List.of(), number("bound", q(1, 1)), vector(1, 0));
        writer.line("spectrum", List.of(smallest, below, above, largest));
        int contraction = writer.line("contraction-constant", List.of(smallest, largest));
        int solution = writer.line(
                "least-squares",
                List.of(smallest),
                numbers("theta", q(3, 5), q(0, 1)),
                numbers("preimage", q(3, 5), q(0, 1)));
        for (int second : List.of(0, 4)) {
            int task = writer.line("realizable", List.of(), numbers("theta", q(3, 5), q(second, 5)));
            writer.line("limit-error", List.of(equivalence, solution, task, contraction));
            writer.line("error-identity", List.of(equivalence, task));
        }
        assertThat(check(writer, false)).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            List<Statement> statements =
                    accepted.theorems().stream().map(Theorem::statement).toList();
            List<Fraction> first = ((Statement.LimitError) statements.get(9)).theta();
            List<Fraction> second = ((Statement.LimitError) statements.get(12)).theta();
            assertThat(first).hasToString("[3/5, 0]");
            assertThat(second).hasToString("[3/5, 4/5]");
            assertThat(((Statement.LimitError) statements.get(9)).limit()).isEqualTo(Fraction.ZERO);
            assertThat(((Statement.LimitError) statements.get(12)).limit()).hasToString("16/25");
            assertThat(((Statement.ErrorIdentity) statements.get(10)).theta()).isEqualTo(first);
            assertThat(((Statement.ErrorIdentity) statements.get(13)).theta()).isEqualTo(second);
        });
    }

    @Test
    void emptyScheduleRefutesNothing() {
        assertRejected(check(divergence(List.of()), true), Verdict.Reason.NOT_REFUTED, 3);
        assertThat(check(divergence(List.of(q(2, 1))), true)).isInstanceOf(Verdict.Accepted.class);
    }

    private static CertificateWriter divergence(List<BigRational> etas) {
        InstanceText instance = InstanceText.of(
                Matrix.of(List.of(List.of(q(1, 1)))),
                Vector.of(List.of(q(1, 1))),
                Optional.empty(),
                q(1, 1),
                Vector.of(List.of(q(0, 1))),
                etas.size(),
                InstanceText.schedule(etas));
        CertificateWriter writer = CertificateWriter.whole(instance, 1, 1, etas.size());
        int above = writer.line("lambda-max-at-least", List.of(), number("bound", q(1, 1)), vector(1));
        int below = writer.line("lambda-max-at-most", List.of(), number("bound", q(1, 1)), ELIMINATION);
        writer.line("non-contraction-schedule", List.of(above, below));
        return writer;
    }

    @Test
    void declaredDigitsAreExact() {
        String text =
                new String(divergence(List.of(q(12345, 1))).write(true, Optional.empty()), StandardCharsets.US_ASCII);
        assertThat(text).contains("\"digits\": 5");
        assertThat(Kernel.check(text.getBytes(StandardCharsets.US_ASCII), Limits.DEFAULT))
                .isInstanceOf(Verdict.Accepted.class);
        for (String other : List.of("1", "4", "6")) {
            byte[] changed =
                    text.replace("\"digits\": 5", "\"digits\": " + other).getBytes(StandardCharsets.US_ASCII);
            assertRejected(Kernel.check(changed, Limits.DEFAULT), Verdict.Reason.COST, 0);
        }
    }

    @Test
    void everyEntryOfTheLedgerHasItsTest() throws IOException {
        String ledger = Files.readString(Path.of("src", "site", "markdown", "soundness-ledger.md"));
        List<String> named = Pattern.compile("`SoundnessLedgerTest\\.([A-Za-z]+)`")
                .matcher(ledger)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named).hasSize((int)
                ledger.lines().filter(line -> line.matches("\\| R[0-9]+ .*")).count());
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(getClass().getDeclaredMethod(name))
                .matches(method -> method.isAnnotationPresent(Test.class)));
    }
}
