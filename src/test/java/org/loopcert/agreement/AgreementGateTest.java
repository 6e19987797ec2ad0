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
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

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

    private AgreementGate gate(String script) {
        return new AgreementGate(
                List.of(new Fixed("one", ACCEPTED), new Checker.Program("script", List.of("sh", "-c", script, "sh"))),
                folder.resolve("kept"));
    }

    /** Scripts get the arguments --conclusions --list FILE. */
    private void fails(String script, String message) throws IOException {
        List<Path> files = List.of(
                Files.writeString(folder.resolve("a.json"), "text"),
                Files.writeString(folder.resolve("b.json"), "text"));
        assertThatThrownBy(() -> gate(script).compare(files))
                .as(script)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aProgramThatAnswersAboutFewerFilesFails() throws IOException {
        fails("true", "script answered about 0 of 2 files");
        fails("head -n 1 $3 | sed 's/^/malformed /'", "script answered about 1 of 2 files");
    }

    @Test
    void aProgramThatCrashesFails() throws IOException {
        fails("kill -SEGV $$", "exit code 139");
        fails("head -n 1 $3 | sed 's/^/malformed /'; echo out of memory >&2; exit 70", "out of memory");
        fails("sed 's/^/malformed /' $3; kill -KILL $$", "exit code 137");
    }

    @Test
    void aProgramThatAnswersAboutOtherFilesFails() throws IOException {
        fails("sort -r $3 | sed 's/^/malformed /'", "expected a verdict on");
        fails("cat $3 $3 | sed 's/^/malformed /'", "expected a verdict on no further file");
    }

    @Test
    void answersOfAProgramAreCompared() throws IOException {
        List<Path> files = List.of(Files.writeString(folder.resolve("a.json"), "text"));
        AgreementGate same = gate("sed 's/^/accepted certificate /' $3; echo ' 1 exponential 1 2 3'");
        same.compare(files);
        assertThat(same.disagreements()).isEmpty();
        AgreementGate other = gate("sed 's/^/accepted certificate /' $3; echo ' 1 exponential 1 2 -3'");
        other.compare(files);
        assertThat(other.disagreements()).singleElement().satisfies(found -> assertThat(found.answers())
                .containsOnlyKeys("one", "script"));
    }

    @Test
    void absentCheckersAreNamedAndFailWhereTheyAreRequired() {
        assertThat(Checker.Program.present("no-such-program-at-all")).isFalse();
        Checkers all = Checkers.found(program -> true);
        assertThat(all.programs()).extracting(Checker::name).containsExactly("java", "coq", "python");
        all.require(true);
        Checkers without = Checkers.found(program -> !program.name().equals("coq"));
        assertThat(without.programs()).extracting(Checker::name).containsExactly("java", "python");
        assertThat(without.absent()).singleElement().asString().contains("NOT COMPARED with coq", "loopcert-coq-check");
        assertThatThrownBy(() -> without.require(false)).isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> without.require(true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("NOT COMPARED with coq");
        assertThat(Checkers.found(program -> false).absent()).hasSize(2);
    }
}
