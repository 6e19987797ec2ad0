package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.generate.Family;
import org.loopcert.generate.Generator;
import org.loopcert.generate.GeneratorOptions;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.RationalField;

/** A step above 1/lambda_max by less than the width of the enclosure is still told from one that is not. */
class StepJustAboveTest {
    private static final RationalField Q = RationalField.INSTANCE;

    @ParameterizedTest
    @ValueSource(ints = {40, 50, 60})
    void isNamedAsTheUnmetHypothesis(int bits) {
        Problem problem =
                Generator.generate(GeneratorOptions.of(Family.GAUSSIAN, 8, 3, 5).withLoops(6));
        BigRational automatic = constantStep(problem);
        BigRational excess = RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(bits));
        BigRational above = Q.multiply(automatic, Q.add(BigRational.ONE, excess));
        Certification certification = Certifier.certify(withStep(problem, above), CertifyOptions.DEFAULT);
        assertThat(certification.undecided()).isEmpty();
        Verdict.Accepted accepted = (Verdict.Accepted) certification.verdict();
        List<Statement.Unmet> unmet = accepted.theorems().stream()
                .filter(theorem -> theorem.statement() instanceof Statement.Unmet)
                .map(theorem -> (Statement.Unmet) theorem.statement())
                .toList();
        assertThat(unmet)
                .extracting(Statement.Unmet::theorem)
                .containsExactly("theorem-4.4", "tight-bound", "doubled-exponent", "two-sided");
        assertThat(unmet).allSatisfy(each -> assertThat(each.hypothesis()).isEqualTo("step"));
        assertThat(accepted.theorems())
                .filteredOn(theorem -> theorem.statement() instanceof Statement.LambdaMaxAtLeast)
                .hasSize(2);
    }

    private static BigRational constantStep(Problem problem) {
        Certification certification = Certifier.certify(problem, CertifyOptions.DEFAULT);
        Verdict.Accepted accepted = (Verdict.Accepted) Kernel.check(
                certification.certificate(),
                Json.print(Certifier.instance(problem, Limits.DEFAULT.bits())),
                Limits.DEFAULT);
        Instance.Step.Constant step =
                (Instance.Step.Constant) accepted.instance().step();
        return RationalField.of(step.eta().numerator(), step.eta().denominator());
    }

    private static Problem withStep(Problem problem, BigRational eta) {
        return new Problem(
                problem.x(),
                problem.y(),
                problem.theta(),
                problem.alpha(),
                problem.start(),
                problem.loops(),
                new StepSpec.Constant(eta),
                problem.featureNames(),
                problem.labelName());
    }
}
