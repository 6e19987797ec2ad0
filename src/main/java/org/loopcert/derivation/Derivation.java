package org.loopcert.derivation;

import java.util.List;
import org.loopcert.kernel.proof.Context;

/**
 * A derivation as read.
 *
 * @param id such as {@code chen2024/lemma-4.1}
 * @param title empty if none
 * @param context declared names, definitions, hypotheses, and the free variables that proofs of statements
 *     {@code for all} use
 * @param hypotheses those of the context, in its order, with their names
 * @param statements in order
 * @param diagnostics of declarations, definitions and hypotheses that are ill-typed; statements carry their own
 */
public record Derivation(
        String id,
        String title,
        Context context,
        List<Hypothesis> hypotheses,
        List<Statement> statements,
        List<Diagnostic> diagnostics) {
    public Derivation {
        hypotheses = List.copyOf(hypotheses);
        statements = List.copyOf(statements);
        diagnostics = List.copyOf(diagnostics);
    }
}
