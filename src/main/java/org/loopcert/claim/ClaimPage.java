package org.loopcert.claim;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The registry as a page in Markdown. */
public final class ClaimPage {
    private static final String OPENING = """
            # Claims

            What the papers print, statement by statement, and what became of it. This page is written by `claims list --markdown`.

            - *holds*; *holds with added hypothesis*, which is named; *proof broken*, at the step named, where the statement may hold; *refuted*, with a counterexample; *ill-typed*, with a repair; *undecided*, with the reason.
            - A verdict about a statement is the printed one's, read with the assumptions that the text makes once and for all. Flaws that may come from extracting the text say so.
            - Evidence that `claims run ID` decides again: derivations, line by line; certificates of counterexamples; commands, by the findings named; the *text*, by the words quoted, which `claims run --papers DIR` also looks up in the texts. An *argument* in words is checked by
              no program. *Open* are lines of a derivation that no rule of the checker proves yet; the verdict then rests on the argument that the derivation displays.
            - Attributions to works that are not at hand are left out, unless the statement depends on them.
            """;

    private ClaimPage() {}

    /** The page. */
    public static String of(ClaimRegistry registry) {
        StringBuilder page = new StringBuilder(OPENING);
        for (Bibliography paper : Bibliography.values()) {
            List<Claim> claims = registry.claims(paper);
            page.append("\n## ").append(paper.id()).append("\n\n");
            page.append(paper.authors().isEmpty() ? "" : paper.authors() + ", ")
                    .append(paper.title())
                    .append(", ")
                    .append(paper.source())
                    .append(".\n\n");
            page.append(counted(claims)).append(".\n\n");
            page.append("| id | place | verdict | quantifier | open lines |\n|---|---|---|---|---|\n");
            for (Claim each : claims) {
                page.append("| [%s](#%s) | %s | %s | %s | %s |\n"
                        .formatted(
                                name(each),
                                anchor(each),
                                cell(each.place()),
                                each.verdict().word(),
                                each.quantifier().word(),
                                cell(String.join("; ", registry.open(each)))));
            }
            claims.forEach(each -> claim(page, registry, each));
        }
        return page.toString();
    }

    /** How many of each verdict, in words. */
    public static String counted(List<Claim> claims) {
        Map<Claim.Verdict, Long> counts = claims.stream()
                .collect(Collectors.groupingBy(
                        Claim::verdict, () -> new EnumMap<>(Claim.Verdict.class), Collectors.counting()));
        return claims.size()
                + (claims.size() == 1 ? " claim: " : " claims: ")
                + counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey().word())
                        .collect(Collectors.joining(", "));
    }

    private static void claim(StringBuilder page, ClaimRegistry registry, Claim claim) {
        page.append("\n<a id=\"")
                .append(anchor(claim))
                .append("\"></a>\n\n### ")
                .append(claim.id())
                .append("\n\n");
        page.append("%s, %s. %s\n\n"
                .formatted(
                        claim.kind().word(),
                        claim.quantifier().word(),
                        escape(claim.place().endsWith(".") ? claim.place() : claim.place() + ".")));
        page.append("> ").append(escape(claim.statement())).append("\n\n");
        if (!claim.hypotheses().isEmpty()) {
            item(page, "Hypotheses as printed", escape(String.join("; ", claim.hypotheses())));
        }
        item(
                page,
                "Verdict",
                "**" + claim.verdict().word() + "**"
                        + claim.detail().map(detail -> ". " + escape(detail)).orElse(""));
        claim.repair().ifPresent(repair -> item(page, "Repair", escape(repair)));
        claim.extractionDoubt().ifPresent(doubt -> item(page, "Doubt about the extraction", escape(doubt)));
        for (Claim.Evidence each : claim.evidence()) {
            item(page, "Evidence", evidence(registry, each));
        }
        item(page, "Range", escape(claim.range()));
    }

    private static void item(StringBuilder page, String name, String text) {
        page.append("- ").append(name).append(": ").append(text).append('\n');
    }

    private static String evidence(ClaimRegistry registry, Claim.Evidence evidence) {
        if (evidence instanceof Claim.Evidence.Derivation derivation) {
            Map<String, Recorded> lines = registry.lines(derivation.name());
            String open = lines.values().stream()
                    .flatMap(each -> each.rule().stream())
                    .distinct()
                    .collect(Collectors.joining("; "));
            Set<String> others = lines.entrySet().stream()
                    .filter(each -> each.getValue().state() != Recorded.State.OPEN)
                    .map(each -> each.getKey() + " " + each.getValue().state().word())
                    .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
            String rest = (others.isEmpty() ? "" : "; " + String.join(", ", others))
                    + (open.isEmpty() ? "" : "; open: " + open);
            return "`prove " + derivation.name() + "`" + (rest.isEmpty() ? ", every line proved" : escape(rest));
        }
        if (evidence instanceof Claim.Evidence.Counterexample counterexample) {
            return "`" + counterexample.command() + "`: refutes " + escape(refuted(counterexample));
        }
        if (evidence instanceof Claim.Evidence.Command command) {
            return "`" + command.arguments() + "`: " + escape(command.says())
                    + (command.finds().isEmpty()
                            ? "; not run by `claims run`"
                            : "; found: " + escape(findings(command.finds())));
        }
        if (evidence instanceof Claim.Evidence.Quotation quotation) {
            return "text of " + quotation.source().title() + ": "
                    + quotation.quotes().stream()
                            .map(each -> "\"" + escape(each) + "\"")
                            .collect(Collectors.joining("; "))
                    + ". " + escape(quotation.says());
        }
        return "argument: " + escape(((Claim.Evidence.Argument) evidence).text());
    }

    /** What a counterexample refutes, in words. */
    public static String refuted(Claim.Evidence.Counterexample counterexample) {
        return counterexample.derivation() + ", line " + counterexample.line();
    }

    /** Findings, in words. */
    public static String findings(Map<String, String> finds) {
        return finds.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String name(Claim claim) {
        return claim.id().substring(claim.paper().id().length() + 1);
    }

    private static String anchor(Claim claim) {
        return claim.id().replace('/', '-');
    }

    private static String cell(String text) {
        return escape(text).replace("|", "\\|");
    }

    /** Signs that Markdown would take for its own. */
    private static String escape(String text) {
        return text.replaceAll("([\\\\*_<>\\[\\]`])", "\\\\$1");
    }
}
