package org.loopcert.derivation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;

/** Writes terms and formulas in the notation of derivations. */
public final class Notation {
    private static final int SUM = 1;
    private static final int ENTRYWISE = 2;
    private static final int PRODUCT = 3;
    private static final int POSTFIX = 4;

    private Notation() {}

    /** The term, with brackets where they are needed. */
    public static String of(Term term) {
        return text(term, 0);
    }

    /** The formula. */
    public static String of(Formula formula) {
        if (formula instanceof Formula.Comparison comparison) {
            return of(comparison.left()) + " " + comparison.relation().sign() + " " + of(comparison.right());
        }
        if (formula instanceof Formula.Invertible invertible) {
            return of(invertible.term()) + " invertible";
        }
        Formula.ForAll all = (Formula.ForAll) formula;
        return all.variables().stream()
                        .map(each -> each.isInteger()
                                ? each.name() + " >= " + each.lower()
                                : each.name() + " in " + space(each.shape()))
                        .collect(Collectors.joining(", ", "for all ", ""))
                + (all.conditions().isEmpty()
                        ? ""
                        : all.conditions().stream().map(Notation::of).collect(Collectors.joining(", ", " with ", "")))
                + ": "
                + of(all.body());
    }

    private static String space(Shape shape) {
        if (shape.isScalar()) {
            return "R";
        }
        return "R^{" + (shape.columns().equals(LinearForm.ONE) ? shape.rows() : shape) + "}";
    }

    private static String text(Term term, int context) {
        return switch (term.kind()) {
            case NUMBER ->
                bracketed(
                        term.value().toString(),
                        context,
                        term.value().signum() < 0
                                ? SUM
                                : term.value().toString().contains("/") ? PRODUCT : POSTFIX);
            case INTEGER -> bracketed(term.index(0).toString(), context, isVariable(term.index(0)) ? POSTFIX : SUM);
            case SYMBOL -> term.name();
            case APPLY ->
                term.name() + term.arguments().stream().map(Notation::of).collect(Collectors.joining(", ", "(", ")"));
            case ZERO -> "0_{" + term.shape() + "}";
            case IDENTITY -> "I_{" + term.shape().rows() + "}";
            case ONES -> "1_{" + term.shape() + "}";
            case UNIT -> "e_{" + term.index(0) + ", " + term.shape().rows() + "}";
            case SUM -> bracketed(sum(term.arguments()), context, SUM);
            case PRODUCT -> bracketed(product(term.arguments()), context, PRODUCT);
            case HADAMARD ->
                bracketed(
                        text(term.argument(0), POSTFIX) + " o " + text(term.argument(1), POSTFIX), context, ENTRYWISE);
            case TRANSPOSE -> text(term.argument(0), POSTFIX) + "'";
            case QUOTIENT ->
                bracketed(text(term.argument(0), PRODUCT) + " / " + text(term.argument(1), POSTFIX), context, PRODUCT);
            case INVERSE -> text(term.argument(0), POSTFIX) + "^-1";
            case POWER -> text(term.argument(0), POSTFIX) + "^{" + term.index(0) + "}";
            case BLOCKS ->
                term.blockRows().stream()
                        .map(row -> row.stream().map(Notation::of).collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; ", "[", "]"));
            case SLICE ->
                text(term.argument(0), POSTFIX) + "[" + term.index(0) + ":" + term.index(1) + ", " + term.index(2) + ":"
                        + term.index(3) + "]";
            case INDEX_SUM ->
                bracketed(
                        "sum_{" + term.name() + " = " + term.index(0) + "}^{" + term.index(1) + "} "
                                + text(term.argument(0), PRODUCT),
                        context,
                        SUM);
            case ABS -> {
                String inner = text(term.argument(0), 0);
                // two bars side by side would be a norm
                yield inner.startsWith("|") ? "abs(" + inner + ")" : "|" + inner + "|";
            }
            case NORM -> "||" + text(term.argument(0), 0) + "||";
            default -> term.kind().name().toLowerCase(Locale.ROOT) + "(" + text(term.argument(0), 0) + ")";
        };
    }

    private static boolean isVariable(LinearForm form) {
        return form.variables().stream().anyMatch(each -> form.equals(LinearForm.variable(each)));
    }

    private static String bracketed(String text, int context, int level) {
        return context > level || context == level && level == SUM ? "(" + text + ")" : text;
    }

    private static String sum(List<Term> summands) {
        StringBuilder text = new StringBuilder();
        for (Term each : summands) {
            String next = text(each, SUM);
            boolean minus = next.startsWith("-");
            text.append(text.length() == 0 ? "" : minus ? " - " : " + ");
            text.append(minus && text.length() > 0 ? next.substring(1) : next);
        }
        return text.toString();
    }

    private static String product(List<Term> factors) {
        boolean minus = factors.size() > 1 && factors.get(0).equals(Term.number(-1));
        List<Term> shown = minus ? factors.subList(1, factors.size()) : factors;
        return (minus ? "-" : "")
                + shown.stream().map(each -> text(each, POSTFIX)).collect(Collectors.joining(" "));
    }
}
