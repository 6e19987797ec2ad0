package org.loopcert.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.loopcert.certificate.CertificateWriter;
import org.loopcert.certificate.InstanceText;
import org.loopcert.certificate.Texts;
import org.loopcert.exact.AttentionReplay;
import org.loopcert.exact.ExactReplay;
import org.loopcert.exact.Fraction;
import org.loopcert.exact.Gram;
import org.loopcert.exact.ScaledMatrix;
import org.loopcert.exact.ScaledVector;
import org.loopcert.exact.Schedule;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.model.GradientDescent;
import org.loopcert.model.LinearAttention;
import org.loopcert.model.LoopedTransformer;
import org.loopcert.model.Prompt;
import org.loopcert.model.ReplayCheck;
import org.loopcert.model.SymbolicStep;
import org.loopcert.ring.AprationalField;
import org.loopcert.ring.Field;
import org.loopcert.ring.RationalField;

/**
 * One instance, five programs: the reference program over both rational backends, the two replays in scaled integers, and
 * the kernel. All agree on every entry of every iterate.
 */
class BackendAgreementTest {
    private static final RationalField Q = RationalField.INSTANCE;

    /** A random instance with a schedule. */
    private record Sample(
            Matrix<BigRational> x,
            Vector<BigRational> y,
            Vector<BigRational> start,
            BigRational alpha,
            List<BigRational> etas) {
        static Sample of(Random random, int n, int d, int loops, boolean constant) {
            List<BigRational> etas = new ArrayList<>();
            for (int t = 0; t < loops; t++) {
                etas.add(constant && t > 0 ? etas.get(0) : number(random));
            }
            Matrix<BigRational> x = Matrix.of(
                    IntStream.range(0, n).mapToObj(i -> numbers(random, d)).toList());
            BigRational alpha = number(random);
            return new Sample(
                    x,
                    Vector.of(numbers(random, n)),
                    Vector.of(numbers(random, d)),
                    alpha.signum() == 0 ? BigRational.ONE : alpha,
                    etas);
        }

        private static BigRational number(Random random) {
            return RationalField.of(random.nextInt(19) - 9, 1 + random.nextInt(4));
        }

        private static List<BigRational> numbers(Random random, int size) {
            return IntStream.range(0, size).mapToObj(i -> number(random)).toList();
        }

        /** theta(0) .. theta(T), read off the hidden states of the looped Transformer over a field. */
        <E> List<Vector<E>> iterates(Field<E> field) {
            int n = x.rows();
            int d = x.columns();
            Prompt<E> prompt = new Prompt<>(
                    x.map(field::fromRational),
                    y.map(field::fromRational),
                    start.map(field::fromRational),
                    field.fromRational(alpha));
            LinearAttention<E> attention = LinearAttention.construction(field, n, d);
            LoopedTransformer<E> model = new LoopedTransformer<>(attention);
            List<E> schedule = etas.stream().map(field::fromRational).toList();
            List<Vector<E>> result = new ArrayList<>();
            Matrix<E> state = prompt.asMatrix(field);
            for (int t = 0; t <= etas.size(); t++) {
                if (t > 0) {
                    state = model.step(field, state, schedule.get(t - 1));
                }
                Vector<E> q = Prompt.of(field, state).queryVector();
                result.add(q.map(entry -> field.negate(field.divide(entry, prompt.query()))));
            }
            return result;
        }

        /** The program's own two checks, and gradient descent beside the attention. */
        void requireEquivalent(List<Vector<BigRational>> iterates) {
            LinearAttention<BigRational> attention = LinearAttention.construction(Q, x.rows(), x.columns());
            Prompt<BigRational> prompt = new Prompt<>(x, y, start, alpha);
            assertThat(SymbolicStep.check(Q, x, y, attention)).isInstanceOf(SymbolicStep.Equal.class);
            assertThat(ReplayCheck.check(Q, new LoopedTransformer<>(attention), prompt, etas))
                    .isEqualTo(new ReplayCheck.Equal(etas.size()));
            assertThat(GradientDescent.of(Q, prompt).iterates(Q, GradientDescent.start(Q, prompt), etas))
                    .isEqualTo(iterates);
        }

        InstanceText instance(boolean constant) {
            Json.Obj step =
                    constant && !etas.isEmpty() ? InstanceText.constant(etas.get(0)) : InstanceText.schedule(etas);
            return InstanceText.of(x, y, Optional.empty(), alpha, start, etas.size(), step);
        }
    }

    /** What the kernel says to symbolic evidence, a replay and these iterates at distance 0. */
    private static Verdict check(InstanceText instance, Sample sample, List<Vector<BigRational>> iterates) {
        CertificateWriter writer = CertificateWriter.whole(
                instance, sample.x().rows(), sample.x().columns(), sample.etas().size());
        writer.line("symbolic-attention", List.of());
        writer.line("replay", List.of());
        List<Json> items = new ArrayList<>();
        for (int t = 0; t < iterates.size(); t++) {
            items.add(Texts.object(
                    Texts.field("t", Texts.count(t)),
                    Texts.field("theta", Texts.numbers(iterates.get(t))),
                    Texts.field("distance", Texts.string("0"))));
        }
        writer.line("rounded-iterates", List.of(), Texts.field("iterates", Texts.array(items)));
        // a step of at most 0, or one that is too large for this direction, makes the whole a valid refutation
        List<BigRational> ones =
                Vector.constant(sample.x().columns(), BigRational.ONE).toList();
        writer.line("non-contraction-constant", List.of(), Texts.field("vector", Texts.numbers(ones)));
        return Kernel.check(writer.write(true, Optional.empty()), Limits.DEFAULT);
    }

    /** All three lines about the replay were derived: what fails, if anything, is the fourth, about contraction. */
    private static void requireReplayAccepted(Verdict verdict, int loops) {
        if (verdict instanceof Verdict.Accepted accepted) {
            assertThat(accepted.theorems().stream().map(Theorem::statement)).contains(new Statement.Replayed(loops));
        } else {
            assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
            assertThat(((Verdict.Rejected) verdict).line()).as("%s", verdict).isEqualTo(4);
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void allBackendsAgreeEntryForEntry(
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(min = 1, max = 5) int d,
            @ForAll @IntRange(min = 0, max = 12) int loops,
            @ForAll boolean constant,
            @ForAll Random random) {
        Sample sample = Sample.of(random, n, d, loops, constant);
        List<Vector<BigRational>> rational = sample.iterates(RationalField.INSTANCE);
        sample.requireEquivalent(rational);
        List<Vector<BigRational>> apfloat = sample.iterates(AprationalField.INSTANCE).stream()
                .map(theta -> theta.map(AprationalField::toRational))
                .toList();
        assertThat(apfloat).isEqualTo(rational);

        List<Fraction> etas = sample.etas().stream().map(Fraction::of).toList();
        Schedule schedule = constant && loops > 0 ? Schedule.constant(etas.get(0)) : Schedule.of(etas);
        Set<Integer> times = IntStream.rangeClosed(0, loops).boxed().collect(Collectors.toSet());
        Map<Integer, ScaledVector> descent = new HashMap<>();
        Map<Integer, ScaledVector> attention = new HashMap<>();
        ScaledVector first = ScaledVector.of(rational.get(0));
        ExactReplay.run(Gram.of(sample.x(), sample.y()), first, schedule, loops, times, descent::put);
        AttentionReplay.run(
                ScaledMatrix.of(sample.x()),
                ScaledVector.of(sample.y()),
                ScaledVector.of(sample.start()),
                Fraction.of(sample.alpha()),
                schedule,
                loops,
                times,
                attention::put);
        for (int t = 0; t <= loops; t++) {
            assertThat(descent.get(t).toVector()).isEqualTo(rational.get(t));
            assertThat(attention.get(t).toVector()).isEqualTo(rational.get(t));
        }

        InstanceText instance = sample.instance(constant);
        requireReplayAccepted(check(instance, sample, rational), loops);
        List<Vector<BigRational>> off = new ArrayList<>(rational);
        int t = random.nextInt(loops + 1);
        List<BigRational> entries = new ArrayList<>(off.get(t).toList());
        int j = random.nextInt(d);
        entries.set(j, Q.add(entries.get(j), RationalField.of(1, 1_000_000_007)));
        off.set(t, Vector.of(entries));
        Verdict refused = check(instance, sample, off);
        assertThat(refused).isInstanceOf(Verdict.Rejected.class);
        assertThat(((Verdict.Rejected) refused).line()).isEqualTo(3);
        assertThat(((Verdict.Rejected) refused).reason()).isEqualTo(Verdict.Reason.NOT_ENCLOSED);
    }
}
