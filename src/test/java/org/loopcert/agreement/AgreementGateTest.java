package org.loopcert.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.agreement.Checker.Answer;

/** What counts as a disagreement, with checkers whose answers are fixed. */
class AgreementGateTest {
    private static final Answer ACCEPTED = new Answer("accepted certificate", List.of("1 exponential 1 2 3"));

    @TempDir
    private Path folder;

    private record Fixed(String name, Answer answer) implements Checker {
        @Override
        public List<Answer> answers(List<Path> files) {
            return files.stream().map(file -> answer).toList();
        }
    }

    private AgreementGate compared(Answer one, Answer other) throws IOException {
        AgreementGate gate =
                new AgreementGate(List.of(new Fixed("one", one), new Fixed("other", other)), folder.resolve("kept"));
        gate.compare(List.of(Files.writeString(folder.resolve("file.json"), "text")));
        return gate;
    }

    private static Answer refused(String verdict) {
        return new Answer(verdict, List.of());
    }

    @Test
    void acceptedAgainstRefusedIsKept() throws IOException {
        for (String verdict : List.of("rejected rank 3", "malformed", "undecided needs-input", "fault")) {
            AgreementGate gate = compared(ACCEPTED, refused(verdict));
            assertThat(gate.disagreements()).singleElement().asString().contains("accepted certificate", verdict);
            assertThat(folder.resolve("kept/file.json")).hasContent("text");
        }
    }

    @Test
    void differentConclusionsAreShown() throws IOException {
        AgreementGate gate = compared(ACCEPTED, new Answer("accepted certificate", List.of("1 exponential 1 2 4")));
        assertThat(gate.disagreements())
                .singleElement()
                .asString()
                .contains("one: 1 exponential 1 2 3", "other: 1 exponential 1 2 4");
        assertThat(compared(ACCEPTED, new Answer("accepted refutation", ACCEPTED.conclusions()))
                        .disagreements())
                .hasSize(1);
    }

    @Test
    void thatOneAbstainsIsNoDisagreement() throws IOException {
        for (String verdict : List.of("declined counterexample", "undecided limit")) {
            AgreementGate gate = compared(ACCEPTED, refused(verdict));
            assertThat(gate.disagreements()).isEmpty();
            assertThat(gate.verdicts("other")).containsEntry(verdict, 1);
        }
    }

    @Test
    void differentReasonsAreCounted() throws IOException {
        AgreementGate gate = compared(refused("rejected rank 3"), refused("malformed"));
        assertThat(gate.disagreements()).isEmpty();
        assertThat(gate.reasons()).containsExactly(java.util.Map.entry("one: rejected rank 3, other: malformed", 1));
        assertThat(compared(refused("malformed"), refused("malformed")).reasons())
                .isEmpty();
    }

    @Test
    void aFaultIsNeverAgreement() throws IOException {
        assertThat(compared(refused("fault"), refused("fault")).disagreements()).hasSize(1);
    }

    @Test
    void aProgramThatAnswersLessIsAFault() {
        assertThatThrownBy(() -> new Checker.Program("silent", List.of("true")).answers(List.of(folder)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 of 1 files");
        assertThat(Checker.Program.present("no-such-program-at-all")).isFalse();
    }
}
