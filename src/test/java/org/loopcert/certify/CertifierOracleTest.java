package org.loopcert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.loopcert.certify.CertifyOptions.Backend;
import org.loopcert.certify.CertifyOptions.Evidence;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/** Whatever the certifier gets accepted about random small instances, the oracle confirms. */
class CertifierOracleTest {
    private static final Map<String, Integer> RULES = new TreeMap<>();

    private final StatementOracle oracle = new StatementOracle();

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void everyEstablishedStatementIsTrue(@ForAll Random random) {
        Problem problem = SmallInstances.problem(random);
        Evidence evidence = random.nextBoolean() ? Evidence.BOTH : Evidence.THEOREM;
        CertifyOptions options =
                new CertifyOptions(evidence, Set.of(Backend.values()), 1 + random.nextInt(12), false, Limits.DEFAULT);
        Certification certification = Certifier.certify(problem, options);
        if (certification.verdict() instanceof Verdict.Accepted accepted) {
            oracle.confirm(accepted, certification.certificate());
            for (Theorem theorem : accepted.theorems()) {
                RULES.merge(theorem.rule(), 1, Integer::sum);
            }
        } else {
            assertThat(certification.verdict()).isInstanceOf(Verdict.Undecided.class);
            RULES.merge("undecided", 1, Integer::sum);
        }
    }

    @AfterContainer
    static void everyRuleOccurred() {
        List<String> never = new ArrayList<>(Kernel.ruleNames());
        never.removeAll(RULES.keySet());
        never.remove("rounded-trajectory"); // audit alone writes it; MutantTest confirms it
        System.getLogger(CertifierOracleTest.class.getName()).log(System.Logger.Level.INFO, RULES.toString());
        assertThat(never).as("rules that no certificate used").isEmpty();
        assertThat(RULES.getOrDefault("undecided", 0)).isLessThan(100);
    }
}
