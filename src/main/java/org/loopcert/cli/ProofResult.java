package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.loopcert.certificate.ResultJson;
import org.loopcert.derivation.Derivation;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.derivation.EntryCheck;
import org.loopcert.derivation.Hypothesis;
import org.loopcert.derivation.LineReport;
import org.loopcert.derivation.Place;
import org.loopcert.derivation.Refutation;
import org.loopcert.derivation.RefutationWords;
import org.loopcert.derivation.SearchResult;
import org.loopcert.report.JUnitXml;

/** What became of one derivation. */
sealed interface ProofResult {
    /** The name of the source. */
    String name();

    /** The verdict. */
    String word();

    int code();

    ObjectNode json();

    JUnitXml.Suite suite();

    /**
     * It was read and checked.
     *
     * @param text of it
     * @param source its lines, without ends
     * @param hypotheses names and texts of those that some proved statement rests on
     */
    record Checked(
            String name,
            DerivationReport report,
            String text,
            List<String> source,
            Map<String, List<String>> hypotheses)
            implements ProofResult {
        static Checked of(String name, String text, Derivation derivation, DerivationReport report) {
            Map<String, List<String>> hypotheses = new LinkedHashMap<>();
            for (Hypothesis each : derivation.hypotheses()) {
                boolean used = report.statements().stream()
                        .anyMatch(statement -> statement.hypotheses().contains(each.name()));
                List<String> texts =
                        used ? hypotheses.computeIfAbsent(each.name(), any -> new ArrayList<>()) : new ArrayList<>();
                if (!texts.contains(each.text())) {
                    texts.add(each.text());
                }
            }
            return new Checked(name, report, text, ProofResult.lines(text), hypotheses);
        }

        @Override
        public String word() {
            return report.verdict().word();
        }

        @Override
        public int code() {
            boolean wrong = report.verdict() == LineReport.Verdict.ILL_TYPED || report.refuted();
            if (wrong) {
                return ExitCode.REJECTED;
            }
            return report.verdict() == LineReport.Verdict.PROVED ? ExitCode.ACCEPTED : ExitCode.UNDECIDED;
        }

        /** The lines as they stand in the file: a statement before its proof. */
        List<LineReport> lines() {
            return report.lines().stream()
                    .sorted(Comparator.comparing(LineReport::place))
                    .toList();
        }

        /** The statement that a line reports on, if it is no line of a proof. */
        Optional<DerivationReport.Outcome> statement(LineReport line) {
            return line.step() != 0
                    ? Optional.empty()
                    : report.statements().stream()
                            .filter(each -> each.name().equals(line.part()))
                            .findFirst();
        }

        /** Keyword and name; a name like claim1 says the keyword itself. */
        private static String named(DerivationReport.Outcome statement) {
            String keyword = statement.kind().name().toLowerCase(Locale.ROOT);
            return statement.name().startsWith(keyword) ? statement.name() : keyword + " " + statement.name();
        }

        /** A line as it is shown: statements with keyword and name. */
        String shown(LineReport line) {
            return statement(line).map(each -> named(each) + ": " + each.text()).orElse(line.text());
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = ProofResult.named(name);
            json.put("id", report.id());
            json.put("title", report.title());
            json.put("verdict", word());
            json.put("refuted", report.refuted());
            ArrayNode statements = json.putArray("statements");
            for (DerivationReport.Outcome each : report.statements()) {
                ObjectNode item = statements.addObject();
                item.put("kind", each.kind().name().toLowerCase(Locale.ROOT));
                item.put("name", each.name());
                item.put("line", each.place().line());
                item.put("column", each.place().column());
                item.put("text", each.text());
                item.put("verdict", each.verdict().word());
                item.put("theorem", each.theorem().isEmpty() ? null : each.theorem());
                item.put("words", each.words().isEmpty() ? null : each.words());
                ArrayNode names = item.putArray("hypotheses");
                for (String used : each.hypotheses()) {
                    names.addObject()
                            .put("name", used)
                            .put("text", String.join("; ", hypotheses.getOrDefault(used, List.of())));
                }
            }
            ArrayNode items = json.putArray("items");
            lines().forEach(each -> items.add(item(each)));
            return json;
        }

        private ObjectNode item(LineReport line) {
            ObjectNode item = JsonNodeFactory.instance.objectNode();
            item.put("id", report.id());
            item.put("part", line.part());
            item.put("step", line.step());
            item.put("verdict", line.verdict().word());
            item.put(
                    "evidence",
                    line.verdict() == LineReport.Verdict.PROVED
                            ? "derivation"
                            : line.counterexample().isPresent() ? "counterexample" : null);
            item.putNull("repair");
            item.putNull("extractionDoubt");
            item.put("file", name);
            item.put("line", line.place().line());
            item.put("column", line.place().column());
            item.put("text", line.text());
            Optional<LineReport.Problem> problem = line.problem();
            item.put("reason", problem.map(LineReport.Problem::reason).orElse(null));
            item.put("expected", problem.map(LineReport.Problem::expected).orElse(null));
            item.put("found", problem.map(LineReport.Problem::found).orElse(null));
            ArrayNode rules = item.putArray("rules");
            line.rules().forEach(rules::add);
            ArrayNode uses = item.putArray("uses");
            line.uses().forEach(uses::add);
            item.set("entries", line.comparison().map(Checked::entries).orElse(null));
            item.set(
                    "counterexample",
                    line.counterexample().map(Checked::counterexample).orElse(null));
            item.set("search", line.undecided().map(Checked::search).orElse(null));
            return item;
        }

        private static ObjectNode entries(EntryCheck.Result result) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            if (result instanceof EntryCheck.Result.Confirmed confirmed) {
                json.put("result", "agree");
                json.put("how", confirmed.how());
                ArrayNode shapes = json.putArray("shapes");
                confirmed.shapes().forEach(each -> each.forEach(shapes.addObject()::put));
            } else if (result instanceof EntryCheck.Result.NotApplicable none) {
                json.put("result", "not-compared");
                json.put("how", none.why());
            } else {
                json.put("result", "differ");
            }
            return json;
        }

        private static ObjectNode counterexample(Refutation refutation) {
            Optional<List<Integer>> place = RefutationWords.place(refutation);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ObjectNode shape = json.putObject("shape");
            RefutationWords.integers(refutation).forEach(shape::put);
            ObjectNode assignment = json.putObject("assignment");
            RefutationWords.entries(refutation).forEach(assignment::put);
            json.put("row", place.map(each -> each.get(0)).orElse(null));
            json.put("column", place.map(each -> each.get(1)).orElse(null));
            json.put("difference", RefutationWords.difference(refutation).orElse(null));
            ArrayNode sides = json.putArray("sides");
            RefutationWords.sides(refutation).forEach(sides::add);
            return json;
        }

        private static ObjectNode search(SearchResult.Undecided search) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("attempts", search.attempts());
            json.put("satisfying", search.satisfying());
            json.put("holding", search.holding());
            ObjectNode ranges = json.putObject("integers");
            search.ranges()
                    .forEach((name, range) ->
                            ranges.putArray(name).add(range.from()).add(range.to()));
            json.put("obstacle", search.obstacle().isEmpty() ? null : search.obstacle());
            return json;
        }

        @Override
        public JUnitXml.Suite suite() {
            List<JUnitXml.Case> cases = new ArrayList<>();
            for (LineReport each : lines()) {
                String title = each.part() + (each.step() == 0 ? "" : " step " + each.step()) + ", line " + each.place()
                        + ": " + each.text();
                cases.add(new JUnitXml.Case(
                        report.id(), ProofSummary.plain(title), each.problem().map(problem -> failed(each, problem))));
            }
            return new JUnitXml.Suite(name, cases);
        }

        private JUnitXml.Problem failed(LineReport line, LineReport.Problem problem) {
            String text = name + ":" + line.place() + "\n" + problem.message()
                    + line.counterexample()
                            .map(RefutationWords::of)
                            .or(() -> line.undecided().map(RefutationWords::of))
                            .map(words -> "\n" + ProofSummary.plain(words))
                            .orElse("");
            return new JUnitXml.Problem(false, line.verdict().word(), problem.message(), text);
        }
    }

    /**
     * It is no derivation.
     *
     * @param found the first error, with all others
     */
    record Malformed(String name, DerivationSyntaxException found, List<String> source) implements ProofResult {
        static Malformed of(String name, String text, DerivationSyntaxException found) {
            return new Malformed(name, found, ProofResult.lines(text));
        }

        List<DerivationSyntaxException> all() {
            List<DerivationSyntaxException> all = new ArrayList<>(List.of(found));
            all.addAll(found.others());
            return all;
        }

        @Override
        public String word() {
            return "malformed";
        }

        @Override
        public int code() {
            return ExitCode.MALFORMED;
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = ProofResult.named(name);
            json.setAll(ResultJson.unread(word(), found.place() + ": " + found.getMessage()));
            placed(json, found);
            ArrayNode others = json.putArray("others");
            found.others().forEach(each -> placed(others.addObject(), each));
            return json;
        }

        private static void placed(ObjectNode json, DerivationSyntaxException error) {
            json.put("line", error.place().line());
            json.put("column", error.place().column());
            json.put("expected", error.expected());
            json.put("found", error.found());
        }

        @Override
        public JUnitXml.Suite suite() {
            List<JUnitXml.Case> cases = new ArrayList<>();
            for (DerivationSyntaxException each : all()) {
                String text = name + ":" + each.place() + "\n" + each.getMessage();
                cases.add(new JUnitXml.Case(
                        name,
                        "syntax, line " + each.place(),
                        Optional.of(new JUnitXml.Problem(true, word(), each.getMessage(), text))));
            }
            return new JUnitXml.Suite(name, cases);
        }
    }

    /**
     * It could not be checked.
     *
     * @param reason why
     * @param place where, if anywhere
     * @param json of the reason
     */
    record Unchecked(String name, String word, int code, String reason, Optional<Place> place, ObjectNode json)
            implements ProofResult {
        static Unchecked of(String name, Failure failure) {
            ObjectNode json = ProofResult.named(name);
            json.setAll(failure.json());
            return new Unchecked(
                    name,
                    failure.exitCode() == ExitCode.UNDECIDED ? "undecided" : "malformed",
                    failure.exitCode(),
                    failure.getMessage(),
                    Optional.empty(),
                    json);
        }

        static Unchecked unreadable(String name, String reason) {
            ObjectNode json = ProofResult.named(name);
            json.setAll(ResultJson.unread("malformed", reason));
            return new Unchecked(name, "malformed", ExitCode.MALFORMED, reason, Optional.empty(), json);
        }

        static Unchecked withoutClaim(String name, String text) {
            Unchecked result = unreadable(
                    name, "expected a claim, which is what a derivation is for, found none, so that nothing is proved");
            result.json()
                    .put("line", ProofResult.lines(text).size())
                    .put("column", 1)
                    .put("expected", "a claim")
                    .put("found", "none");
            return result;
        }

        static Unchecked notUtf8(String name, ProofSource.NotUtf8 found) {
            Unchecked result = unreadable(name, found.getMessage());
            result.json().put("offset", found.offset()).put("expected", "UTF-8").put("found", found.found());
            return result;
        }

        static Unchecked fault(String name, String reason, Optional<Place> place) {
            ObjectNode json = ProofResult.named(name);
            json.setAll(ResultJson.unread("fault", reason));
            place.ifPresent(at -> json.put("line", at.line()).put("column", at.column()));
            return new Unchecked(name, "fault", ExitCode.FAULT, reason, place, json);
        }

        @Override
        public JUnitXml.Suite suite() {
            String text = name + place.map(at -> ":" + at).orElse("") + "\n" + reason;
            return new JUnitXml.Suite(
                    name,
                    List.of(new JUnitXml.Case(
                            name, "checking", Optional.of(new JUnitXml.Problem(true, word, reason, text)))));
        }
    }

    private static ObjectNode named(String file) {
        return JsonNodeFactory.instance.objectNode().put("file", file);
    }

    /** The lines of a text as {@link Place} counts them. */
    private static List<String> lines(String text) {
        String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return List.of(rest.split("\r\n|\r|\n", -1));
    }
}
