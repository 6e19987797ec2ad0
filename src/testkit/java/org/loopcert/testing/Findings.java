package org.loopcert.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loopcert.certificate.CertificateText;
import org.loopcert.certificate.Outcome;
import org.loopcert.certificate.Words;
import org.loopcert.certify.Certification;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/**
 * A verdict, and what a failing assertion shows of it.
 *
 * @param verdict the kernel's
 * @param certificate the bytes that it is about; empty where there are none
 * @param open forms of bounds that the producer could not decide
 */
record Findings(Verdict verdict, byte[] certificate, List<Certification.Undecided> open) {
    private static final String NEW_LINE = "\n  ";

    static Findings of(Certification certification) {
        return new Findings(certification.verdict(), certification.certificate(), certification.undecided());
    }

    Optional<Verdict.Accepted> accepted() {
        return verdict instanceof Verdict.Accepted accepted ? Optional.of(accepted) : Optional.empty();
    }

    /** The statements that hold, in the order of the certificate; none unless the verdict is accepted. */
    List<String> established() {
        return theorems().stream().map(Theorem::id).distinct().toList();
    }

    private List<Theorem> theorems() {
        return accepted().stream()
                .flatMap(accepted -> accepted.theorems().stream())
                .filter(theorem -> !(theorem.statement() instanceof Statement.Unmet))
                .toList();
    }

    /** The theorems whose hypotheses the instance does not meet. */
    List<Outcome.NotEstablished> notEstablished() {
        return accepted().map(Outcome::notEstablished).orElse(List.of());
    }

    /** The last statement of a kind: later lines are the narrower ones. */
    <S extends Statement> Optional<S> last(Class<S> kind) {
        return theorems().stream()
                .map(Theorem::statement)
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((first, second) -> second);
    }

    /** The narrowest enclosure of the error after T loops. */
    Optional<Statement.ErrorValue> error() {
        return accepted().flatMap(accepted -> theorems().stream()
                .map(Theorem::statement)
                .filter(Statement.ErrorValue.class::isInstance)
                .map(Statement.ErrorValue.class::cast)
                .filter(value -> value.t() == accepted.instance().loops())
                .min((a, b) -> a.upper().subtract(a.lower()).compareTo(b.upper().subtract(b.lower()))));
    }

    /** The verdict in a word, and for a refutation what it does. */
    String word() {
        return accepted().map(Verdict.Accepted::refutation).orElse(false)
                ? "accepted, as a refutation of convergence"
                : verdict.word();
    }

    /** Why a statement is not established, as far as it is known. */
    String why(String id) {
        Optional<String> unmet = notEstablished().stream()
                .filter(each -> each.id().equals(id))
                .map(Findings::unmet)
                .findFirst();
        Optional<String> undecided = open.stream()
                .filter(each -> each.id().equals(id))
                .map(each -> "undecided, neither established nor refuted: " + each.because())
                .findFirst();
        return unmet.or(() -> undecided).orElse(accepted().isPresent() ? "no line derives it" : Words.because(verdict));
    }

    private static String unmet(Outcome.NotEstablished each) {
        return each.because()
                + each.instead().map(other -> "; established instead: " + other).orElse("");
    }

    /** The whole verdict: where it fails, what is established and what is not. */
    String describe() {
        StringBuilder text = new StringBuilder("Verdict:").append(NEW_LINE).append(word());
        if (accepted().isEmpty()) {
            text.append(NEW_LINE).append(Words.because(verdict));
            failingLine().ifPresent(line -> text.append(NEW_LINE).append(line));
            return text.toString();
        }
        text.append("\nEstablished:");
        for (Theorem theorem : theorems()) {
            text.append(NEW_LINE)
                    .append("%-28s %s".formatted(theorem.id(), Words.BRIEF.statement(theorem.statement())));
        }
        text.append("\nNot established:");
        notEstablished().forEach(each -> text.append(NEW_LINE).append("%-28s %s".formatted(each.id(), unmet(each))));
        open.forEach(each -> text.append(NEW_LINE).append("%-28s undecided: %s".formatted(each.id(), each.because())));
        if (notEstablished().isEmpty() && open.isEmpty()) {
            text.append(NEW_LINE).append("nothing else was tried");
        }
        return text.toString();
    }

    /** The premises of the first line that fails; a verdict names the line and its rule only. */
    private Optional<String> failingLine() {
        if (!(verdict instanceof Verdict.Rejected rejected) || rejected.line() == 0) {
            return Optional.empty();
        }
        CertificateText.Line line = CertificateText.of(certificate).lines().get(rejected.line() - 1);
        String premises = line.premises().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of("line %d is by the rule %s from %s; the lines before it were derived"
                .formatted(rejected.line(), line.rule(), premises.isEmpty() ? "no premises" : "lines " + premises));
    }
}
