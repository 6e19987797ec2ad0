package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loopcert.kernel.proof.IllTyped;

/** The transcriptions of the paper fit, line by line. */
class PaperFilesTest {
    private static Derivation read(String name) throws IOException, DerivationSyntaxException {
        String path = "/org/loopcert/derivations/chen2024/" + name + ".derivation";
        try (InputStream in = DerivationReader.class.getResourceAsStream(path)) {
            return DerivationReader.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<Elaborated<?>> all(Derivation read) {
        List<Elaborated<?>> all = new ArrayList<>();
        for (Statement each : read.statements()) {
            all.add(each.formula());
            each.proof().ifPresent(proof -> collect(proof, all));
        }
        return all;
    }

    private static void collect(Proof proof, List<Elaborated<?>> all) {
        if (proof instanceof Proof.Induction induction) {
            collect(induction.base(), all);
            collect(induction.step(), all);
            return;
        }
        for (Item each : ((Proof.Items) proof).items()) {
            if (each instanceof Item.Chain chain) {
                all.add(chain.first());
                for (Step step : chain.steps()) {
                    step.by()
                            .misfit()
                            .ifPresent(wrong -> all.add(new Elaborated.DoesNotFit<>(
                                    wrong.place(), wrong.expected(), wrong.found(), wrong.message())));
                    all.add(step.term());
                }
            } else if (each instanceof Item.Have have) {
                all.add(have.formula());
                have.proof().ifPresent(inner -> collect(inner, all));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lemma-4.1, 1, 9",
        "theorem-4.2, 4, 29",
        "any-attention, 3, 18",
        "column-convention, 2, 19",
        "remark-3.7, 7, 7"
    })
    void fit(String name, int statements, int parts) throws IOException, DerivationSyntaxException, IllTyped {
        Derivation read = read(name);
        assertThat(read.id()).isEqualTo("chen2024/" + name);
        assertThat(read.title()).isNotEmpty();
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.statements()).hasSize(statements);
        assertThat(read.statements()).extracting(Statement::kind).contains(Statement.Kind.CLAIM);
        assertThat(all(read)).hasSize(parts).allMatch(each -> each instanceof Elaborated.Fits<?>);
        for (Statement each : read.statements()) {
            read.context().check(each.formula().value().orElseThrow());
        }
        for (Hypothesis each : read.hypotheses()) {
            read.context().check(each.formula());
        }
    }

    @Test
    void lemma41HasAllDisplayedLines() throws IOException, DerivationSyntaxException {
        Item.Chain chain = (Item.Chain)
                ((Proof.Items) read("lemma-4.1").statements().get(0).proof().orElseThrow())
                        .items()
                        .get(0);
        assertThat(chain.steps()).hasSize(7);
        assertThat(chain.steps().get(2).term().value().map(Notation::of))
                .hasValue("(M o [X X' + y y', X q + alpha y; q' X' + alpha y', q' q + alpha^{2}]) Z P");
    }
}
