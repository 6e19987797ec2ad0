package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.drift.SummationOrder;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.RationalField;
import org.loopcert.ring.RoundingFormat;

/** The oracle itself: what is false by a little must fail. */
class StatementOracleTest {
    private static final Fraction TINY = Fraction.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(60));

    private static final List<RunConfiguration> BFLOAT16 =
            List.of(RunConfiguration.of(RoundingFormat.BFLOAT16, SummationOrder.RESIDUAL));

    /** Numbers that a statement need not determine: a smaller or larger one is as true. */
    private static final Set<String> SLACK_BELOW = Set.of(
            "LambdaMaxAtLeast.bound",
            "SmallestAtLeast.bound",
            "Spectrum.muLower",
            "Spectrum.smoothnessLower",
            "Spectrum.kappaLower",
            "Exponential.kappaLower",
            "PaperBound.kappaLower",
            "PaperBoundValue.lower",
            "ErrorValue.lower",
            "SmallSteps.sumLower",
            "SmallSteps.constant",
            "NonContraction.gain",
            "Product.mu");

    private static final Set<String> SLACK_ABOVE = Set.of(
            "LambdaMaxAtMost.bound",
            "SmallestAtMost.bound",
            "Spectrum.muUpper",
            "Spectrum.smoothnessUpper",
            "Spectrum.kappaUpper",
            "Exponential.kappaUpper",
            "PaperBound.kappaUpper",
            "PaperBoundValue.upper",
            "ErrorValue.upper",
            "SmallSteps.sumUpper",
            "Power.base",
            "Value.bound");

    /** Bounds that these instances do not meet with equality: only gross changes make them false. */
    private static final Set<String> NOT_ATTAINED = Set.of(
            "TwoSided.lower", "TwoSided.upper", "GeneralLabels.factor", "LimitError.factor", "Noise.floorSquare");

    private static Matrix<BigRational> matrix(long[]... rows) {
        return Matrix.of(Arrays.stream(rows)
                .map(row -> Arrays.stream(row).mapToObj(Naive::integer).toList())
                .toList());
    }

    private static Vector<BigRational> vector(String... entries) {
        return Vector.of(Arrays.stream(entries).map(Naive::rational).toList());
    }

    /** X'X = diag(1, 4): everything is rational, and bounds can be met with equality. */
    private static Problem rational(StepSpec step, int loops, Vector<BigRational> theta, Vector<BigRational> start) {
        Matrix<BigRational> x = matrix(new long[] {1, 0}, new long[] {0, 2}, new long[] {0, 0});
        return SmallInstances.problem(
                x,
                x.multiply(RationalField.INSTANCE, theta),
                Optional.of(theta),
                Naive.integer(-3),
                start,
                loops,
                step);
    }

    private static List<Problem> problems() {
        Vector<BigRational> unit = vector("3/5", "4/5");
        Vector<BigRational> zero = vector("0", "0");
        List<Problem> result = new ArrayList<>(List.of(
                rational(new StepSpec.Constant(RationalField.of(1, 4)), 4, unit, zero),
                rational(new StepSpec.LambdaMax(), 4, unit, zero),
                rational(new StepSpec.Constant(RationalField.of(1, 4)), 3, unit, vector("1", "2")),
                rational(new StepSpec.Constant(RationalField.of(1, 2)), 3, unit, zero),
                rational(
                        new StepSpec.Schedule(List.of(RationalField.of(1, 8), RationalField.of(1, 5))),
                        2,
                        vector("1", "2"),
                        zero),
                rational(new StepSpec.Chebyshev(), 3, unit, zero),
                rational(
                        new StepSpec.Schedule(List.of(RationalField.of(3, 1), RationalField.of(2, 1))),
                        2,
                        unit,
                        zero)));
        Matrix<BigRational> deficient = matrix(new long[] {1, 2}, new long[] {2, 4});
        result.add(SmallInstances.problem(
                deficient, vector("11/5", "22/5"), Optional.of(unit), Naive.integer(2), zero, 3, new StepSpec.Auto()));
        result.add(SmallInstances.problem(
                matrix(new long[] {1, 0}, new long[] {0, 2}, new long[] {1, 1}),
                vector("1", "1", "5"),
                Optional.of(unit),
                Naive.integer(2),
                zero,
                3,
                new StepSpec.LambdaMax()));
        return result;
    }

    /** The record with one component replaced. */
    private static Object replaced(Object record, int index, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        try {
            for (int k = 0; k < values.length; k++) {
                values[k] = k == index ? value : components[k].getAccessor().invoke(record);
            }
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object component(Object record, int index) {
        try {
            return record.getClass().getRecordComponents()[index].getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The statement with one number off by a little, in every direction in which that makes it say more or another thing. */
    private static List<Object> falsified(Object record) {
        List<Object> result = new ArrayList<>();
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int k = 0; k < components.length; k++) {
            String name = record.getClass().getSimpleName() + "." + components[k].getName();
            Object value = component(record, k);
            List<Object> others = new ArrayList<>();
            if (NOT_ATTAINED.contains(name)) {
                others.add(
                        value instanceof Statement.Factor
                                ? new Statement.Power(Fraction.ZERO, 3)
                                : name.equals("TwoSided.lower") ? Fraction.ONE.subtract(TINY) : TINY);
            } else if (name.equals("Value.bound")) { // a grid leaves it up to 1 % too large
                others.add(((Fraction) value).multiply(Fraction.of(BigInteger.valueOf(9), BigInteger.TEN)));
            } else if (value instanceof Fraction fraction) {
                if (!SLACK_BELOW.contains(name)) {
                    others.add(fraction.subtract(TINY));
                }
                if (!SLACK_ABOVE.contains(name)) {
                    others.add(fraction.add(TINY));
                }
            } else if (value instanceof Integer number) {
                others.addAll(List.of(number + 1, number - 1));
            } else if (value instanceof Long number && !name.equals("ErrorValue.t")) {
                others.addAll(List.of(number + 1, number - 1));
            } else if (value instanceof Statement.Factor && !name.equals("Noise.factor")) { // the floor hides it
                others.addAll(falsified(value));
            } else if (name.endsWith(".theta")) {
                List<Object> entries = new ArrayList<>((List<?>) value);
                entries.set(0, ((Fraction) entries.get(0)).add(TINY));
                others.add(entries);
            }
            for (Object other : others) {
                result.add(replaced(record, k, other));
            }
        }
        return result;
    }

    private static void requireRefused(Instance instance, Statement statement) {
        requireRefused(instance, statement, null);
    }

    private static void requireRefused(Instance instance, Statement statement, JsonNode line) {
        assertThat(catchThrowable(() -> StatementOracle.confirm(instance, statement, line)))
                .as("%s", statement)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesStatementsThatAreFalseByALittle() throws IOException {
        Set<String> kinds = new HashSet<>();
        Set<String> falsified = new HashSet<>();
        for (Problem problem : problems()) {
            // 30 digits, so that 2^-60 is more than the width of any enclosure
            CertifyOptions options = new CertifyOptions(
                    CertifyOptions.DEFAULT.evidence(),
                    CertifyOptions.DEFAULT.backends(),
                    30,
                    false,
                    CertifyOptions.DEFAULT.limits());
            Certification certification = certified(problem, options);
            assertThat(certification.verdict()).isInstanceOf(Verdict.Accepted.class);
            Verdict.Accepted accepted = (Verdict.Accepted) certification.verdict();
            JsonNode lines =
                    new ObjectMapper().readTree(certification.certificate()).get("lines");
            for (int i = 0; i < lines.size(); i++) {
                Statement statement = accepted.theorems().get(i).statement();
                JsonNode line = statement instanceof Statement.RoundedTrajectory ? lines.get(i) : null;
                kinds.add(statement.getClass().getSimpleName());
                if (!tight(statement)) {
                    continue;
                }
                assertThatCode(() -> StatementOracle.confirm(accepted.instance(), statement, line))
                        .doesNotThrowAnyException();
                for (Object other : falsified(statement)) {
                    falsified.add(statement.getClass().getSimpleName());
                    requireRefused(accepted.instance(), (Statement) other, line);
                }
            }
        }
        Set<String> all = permitted(Statement.class).map(Class::getSimpleName).collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(all);
        assertThat(falsified)
                .contains(
                        "StepEquivalence",
                        "Replayed",
                        "LambdaMaxAtMost",
                        "SmallestAtLeast",
                        "LambdaMaxAtLeast",
                        "SmallestAtMost",
                        "Spectrum",
                        "SmallSteps",
                        "Contraction",
                        "Exponential",
                        "Realizable",
                        "LeastSquares",
                        "PaperBound",
                        "DoubledExponent",
                        "TightBound",
                        "GeneralLabels",
                        "LimitError",
                        "Noise",
                        "TwoSided",
                        "NonContraction",
                        "RoundedTrajectory");
    }

    /** With the trajectories of a run in bfloat16, where the step can be run. */
    private static Certification certified(Problem problem, CertifyOptions options) {
        try {
            InstanceAudit audit = InstanceAudit.of(problem, BFLOAT16, options.relativeWidthDigits());
            Recording recording = new Recording(audit.runs(), List.of(0), Optional.empty(), true);
            return Certifier.certify(problem, options, recording);
        } catch (UndecidedException e) {
            return Certifier.certify(problem, options);
        }
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StatementOracleTest::permitted)
                : Stream.of(type);
    }

    /** Enclosures of values are wider than 2^-60, and iterates refer to their line. */
    private static boolean tight(Statement statement) {
        return !(statement instanceof Statement.ErrorValue
                || statement instanceof Statement.PaperBoundValue
                || statement instanceof Statement.RoundedIterates);
    }

    @Test
    void boundsOfValuesMustHoldThem() {
        Problem problem = problems().get(0);
        Verdict.Accepted accepted = (Verdict.Accepted)
                Certifier.certify(problem, CertifyOptions.DEFAULT).verdict();
        // theta* = (3/5, 4/5), eta = 1/4, G = diag(1, 4): error 3 (9/25) (3/4)^4 at T = 4
        Fraction error = Fraction.of(BigInteger.valueOf(3 * 9 * 81), BigInteger.valueOf(25 * 256));
        Statement exact = new Statement.ErrorValue(4, error, error, true);
        assertThatCode(() -> StatementOracle.confirm(accepted.instance(), exact, null))
                .doesNotThrowAnyException();
        for (Statement other : List.of(
                new Statement.ErrorValue(4, error.add(TINY), error.add(TINY), true),
                new Statement.ErrorValue(4, error.subtract(TINY), error.subtract(TINY), true),
                new Statement.ErrorValue(3, error, error, true),
                // 3 exp(-4/(2*4)) = 1.8195...
                new Statement.PaperBoundValue(
                        Fraction.of(1), Fraction.of(BigInteger.valueOf(18195), BigInteger.TEN.pow(4))),
                new Statement.PaperBoundValue(
                        Fraction.of(BigInteger.valueOf(18196), BigInteger.TEN.pow(4)), Fraction.of(2)),
                new Statement.Unmet("theorem-4.4", "start", "q(0) is not zero"),
                new Statement.Unmet("theorem-4.4", "norm", "|theta*|^2 = 1"),
                new Statement.Unmet("theorem-4.4", "step", "a step of 1/4 is not in (0, 1/lambda_max]"),
                new Statement.Unmet("theorem-4.4", "rank-deficient", "rank X = 2 < d = 2"),
                new Statement.Unmet("theorem-4.4", "label-noise", "the least |y - X theta|^2 is 0"))) {
            requireRefused(accepted.instance(), other);
        }
    }

    @Test
    void exponentialIsEnclosed() {
        // exp(-1) = 0.36787944117144232159552377016146086744581113103176...
        BigRational e = Naive.divide(
                Naive.rational("36787944117144232159552377016146086744581113103176"),
                Naive.integer(10).pow(50));
        Bracket bracket = ExponentialBracket.at(Naive.ONE, 150);
        assertThat(Naive.atMost(
                        bracket.low(),
                        Naive.add(e, Naive.divide(Naive.ONE, Naive.integer(10).pow(50)))))
                .isTrue();
        assertThat(Naive.atMost(e, bracket.high())).isTrue();
        assertThat(Naive.compare(
                        Naive.subtract(bracket.high(), bracket.low()),
                        Naive.divide(Naive.ONE, Naive.integer(2).pow(140))))
                .isNegative();
    }
}
