package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate after mutation testing passes what is reviewed, and nothing else that lives. */
class SurvivorGateTest {
    private static final String HEADER = "file,method,mutator,line,count,proof\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void source() throws Exception {
        Files.writeString(folder.resolve("Rule.java"), "class Rule {\n    if (a < b) {\n    f(a, b);\n}\n");
    }

    private static String mutant(boolean detected, String mutator, int line) {
        return "<mutation detected='" + detected + "' status='SURVIVED'><sourceFile>Rule.java</sourceFile>"
                + "<mutatedMethod>conclude</mutatedMethod><lineNumber>" + line + "</lineNumber>"
                + "<mutator>org.pitest.mutationtest.engine.gregor.mutators." + mutator + "</mutator></mutation>";
    }

    private List<String> problems(String list, String... mutants) throws Exception {
        Path report = folder.resolve("mutations.xml");
        Files.writeString(report, "<mutations>" + String.join("", mutants) + "</mutations>");
        Path reviewed = folder.resolve("reviewed.csv");
        Files.writeString(reviewed, HEADER + list);
        return SurvivorGate.problems(report, reviewed, folder);
    }

    @Test
    void passesWhatIsKilledAndWhatDecidesNothing() throws Exception {
        assertThat(problems("", mutant(true, "ConditionalsBoundaryMutator", 2), mutant(false, "MathMutator", 2)))
                .isEmpty();
    }

    @Test
    void refusesEveryDecisiveMutantThatLives() throws Exception {
        for (String mutator : List.of(
                "ConditionalsBoundaryMutator",
                "NegateConditionalsMutator",
                "RemoveConditionalMutator_EQUAL_IF",
                "RemoveConditionalMutator_ORDER_ELSE",
                "returns.BooleanTrueReturnValsMutator",
                "returns.BooleanFalseReturnValsMutator")) {
            String name = mutator.substring(mutator.indexOf('.') + 1);
            assertThat(problems("", mutant(false, mutator, 2)))
                    .containsExactly("alive: 1, reviewed: 0: Rule.java, conclude, " + name + ": if (a < b) {");
        }
        assertThat(problems("", mutant(false, "VoidMethodCallMutator", 3)))
                .containsExactly("alive: 1, reviewed: 0: Rule.java, conclude, VoidMethodCallMutator: f(a, b);");
    }

    @Test
    void passesWhatIsReviewedInItsNumberOnly() throws Exception {
        String mutant = mutant(false, "ConditionalsBoundaryMutator", 2);
        String entry = "Rule.java,conclude,ConditionalsBoundaryMutator,if (a < b) {,1,a is never b\n";
        assertThat(problems(entry, mutant)).isEmpty();
        assertThat(problems(entry, mutant, mutant)).singleElement().asString().startsWith("alive: 2, reviewed: 1");
        assertThat(problems(entry, mutant(true, "ConditionalsBoundaryMutator", 2)))
                .singleElement()
                .asString()
                .startsWith("stale entry: alive 0, reviewed 1");
    }

    @Test
    void refusesAListWithoutProofAndAnEmptyReport() {
        String mutant = mutant(false, "ConditionalsBoundaryMutator", 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problems("Rule.java,conclude,ConditionalsBoundaryMutator,if (a < b) {,1,\n", mutant));
        assertThatIllegalArgumentException().isThrownBy(() -> problems(""));
    }
}
