package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.claim.ClaimRegistry;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.Place;
import org.loopcert.derivation.RoutesContradictException;
import org.loopcert.derivation.ShippedDerivations;
import org.loopcert.report.JUnitXmlTest;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import picocli.CommandLine;

class ProveTest {
    private static final String PROVED = """
            derivation mine/square "A square"
            dimension n, d
            matrix X in R^{n x d}
            vector u, v in R^d
            assume same: u = v
            claim square: (X u)'(X v) = v'X'X v
            proof
              (X u)'(X v)
              = u'X'X v
              = v'X'X v   by same
            qed
            """;

    /** Steps that are false, open and ill-typed. */
    private static final String FALSE = "scalar a, b\nclaim (a + b)^2 = a^2 + b^2\n";

    private static final String OPEN = "scalar a\nclaim exp(a) + exp(-a) >= 2 + a^2\n";
    private static final String ILL_TYPED = "dimension n, d\nmatrix X in R^{n x d}\nvector y in R^n\n\nclaim X y = 0\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String shown(Cli run) {
        return run.out().replace(folder.toString(), "DIR").replace(System.lineSeparator(), "\n");
    }

    /** Those of which the registry of claims records no line as open, refuted or ill-typed. */
    static List<String> shipped() {
        ClaimRegistry registry = ClaimRegistry.shipped();
        return ShippedDerivations.names().stream()
                .filter(each -> registry.lines(each).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedDerivationsAreProved(String name) {
        Cli run = Cli.run("prove", name);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .startsWith(name + ": proved")
                .contains("proved: the kernel derived every line by its rules");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 110);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aProofIsToldInFull() throws IOException {
        Cli run = Cli.run("prove", write("square.derivation", PROVED));
        assertThat(run.code()).isZero();
        // the second route chooses its shapes
        assertThat(shown(run).replaceAll("\\(n,d\\) = [0-9(),\\s]*\n", "SHAPES\n"))
                .isEqualTo("""
                        DIR/square.derivation: proved
                          A square
                        DIR/square.derivation:6:1  proved      claim square: (X u)'(X v) = v'X'X v
                        DIR/square.derivation:9:3  proved      = u'X'X v
                        DIR/square.derivation:10:3  proved      = v'X'X v
                        theorem
                          square: for all dimensions n, d >= 1, all X in R^{n x d}, u in R^d, v in R^d satisfying same: (X u)' (X v) =
                              v' X' X v
                        hypotheses used
                          same: u = v
                        cross-check
                          3 proved equations expanded to entries, in which both sides agree, at SHAPES
                        proved: the kernel derived every line by its rules, for all dimensions and all values of the declared names
                        that satisfy the hypotheses used. What was proved is the theorem as printed here, so compare it with what you
                        meant; whether its hypotheses can hold together was not examined.
                        """);
    }

    @Test
    void verboseNamesRulesAndFacts() throws IOException {
        String out = Cli.run("prove", write("square.derivation", PROVED), "--verbose")
                .out();
        assertThat(out).contains("by algebra, using same", "by chain");
        assertThat(Cli.run("prove", folder.resolve("square.derivation")).out()).doesNotContain("by algebra");
    }

    @Test
    void aFalseLineHasReasonAndCounterexample() throws IOException {
        Cli run = Cli.run("prove", write("false.derivation", FALSE));
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out())
                .contains(
                        "not-proved (a line is false)",
                        "false.derivation:2:1  not-proved  claim1: (a + b)^2 = a^2 + b^2",
                        "  reason    not-equal",
                        "  found     2 a b",
                        "      false at a = ",
                        "without a theorem",
                        "false: at the values given");
    }

    @Test
    void aFalseStatementForAllIsRefutedUnderItsConditions() throws IOException {
        String declared = "dimension n, d\nmatrix X in R^{n x d}\nvector q in R^d\n";
        Cli wrong =
                Cli.run("prove", write("wrong.derivation", declared + "claim for all w in R^d, t >= 2: X w = X q\n"));
        assertThat(wrong.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(wrong.out()).contains("false at n = 1, d = 1, X = 1, q = 0, w = 1: left side 1, right side 0");
        assertThat(Cli.run("prove", "chen2024/theorem-4.2", "--json").out())
                .as("bound names as in the file, where they mean nothing else")
                .contains("for all w in R^d: Attn([X, y; w', alpha], Q, P)");
        Cli right = Cli.run("prove", write("right.derivation", declared + "claim for all w in R^d: w'q = q'w\n"));
        assertThat(right.code()).as(right.out()).isZero();
    }

    @Test
    void counterexamplesAreWrittenAsCertificatesThatCheckAccepts() throws IOException {
        Path file = write(
                "false.derivation",
                "scalar a, b\nassume ab: a <= b\nclaim squares: a^2 <= b^2\nclaim same: a = b\nclaim true: a <= b + 1\n");
        Path target = folder.resolve("counterexamples");
        Cli run = Cli.run("prove", file, "-o", target);
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).contains("false at a = -1, b = 0: left side 1, right side 0");
        try (Stream<Path> written = Files.list(target)) {
            assertThat(written.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("false.squares.0.json", "false.same.0.json");
        }
        for (String each : List.of("false.squares.0.json", "false.same.0.json")) {
            Cli check = Cli.run("check", target.resolve(each), "--input", file);
            assertThat(check.code()).as(check.out() + check.err()).isZero();
        }
        assertThat(Cli.run("prove", file, "-o", target).code())
                .as("files of two runs do not mix")
                .isEqualTo(ExitCode.MALFORMED);
        Path none = folder.resolve("none");
        Cli proved = Cli.run("prove", write("true.derivation", PROVED), "-o", none);
        assertThat(proved.code()).isZero();
        assertThat(none).doesNotExist();
        assertThat(proved.err()).contains("no line is refuted");
        assertThat(Cli.run("prove", "--list", "-o", none).code()).isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void whatIsNotSettledIsUndecidedWithWhatWasTried() throws IOException {
        Path file = write(
                "undecided.derivation",
                "dimension n\nvector u in R^n\nassume ||u|| = 1\nclaim u'u = 1\nproof\n  u'u\n  = 1 by algebra\nqed\n");
        Cli run = Cli.run("prove", file, "--json");
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        JsonNode search = run.json().at("/items/0/search");
        assertThat(search.path("satisfying").asInt()).isPositive();
        assertThat(search.path("attempts").asInt())
                .isGreaterThanOrEqualTo(search.path("satisfying").asInt());
        assertThat(search.at("/integers/n/0").asInt()).isEqualTo(1);
        assertThat(search.at("/integers/n/1").asInt()).isEqualTo(3);
        assertThat(Cli.run("prove", file).out())
                .contains("undecided: no counterexample among")
                .contains("n = 1..3");
    }

    @Test
    void unknownIsNotFalse() throws IOException {
        Cli run = Cli.run("prove", write("open.derivation", OPEN));
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.out())
                .contains("open.derivation: not-proved", "That alone does not make it false.")
                .doesNotContain("false at", "\ntheorem\n");
        // true, and the route that finds counterexamples finds none
        Cli unused = Cli.run(
                "prove",
                write(
                        "unused.derivation",
                        "scalar a, b\nassume same: a = b\nclaim a^2 = b^2\nproof\n  a^2\n  = b^2 by algebra\nqed\n"));
        assertThat(unused.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(unused.out()).contains("not refuted: both sides agree in every entry");
    }

    @Test
    void anIllTypedLineIsMarkedInItsText() throws IOException {
        Cli run = Cli.run("prove", write("shapes.derivation", ILL_TYPED));
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        assertThat(shown(run)).contains("""
                        DIR/shapes.derivation:5:9  ill-typed   claim1: X y = 0
                            claim X y = 0
                                    ^
                        """, "  expected  ", "  found     ", "ill-typed: shapes do not fit");
    }

    @Test
    void everySyntaxErrorHasItsPlace() throws IOException {
        String text = "dimension n\r\nscalar a\r\nclaim a + (a = 2 a\r\nclaim a = 1/2 a a\r\n";
        Cli run = Cli.run("prove", write("syntax.derivation", text));
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(shown(run)).contains("""
                        DIR/syntax.derivation:3:11  malformed
                            claim a + (a = 2 a
                                      ^
                        """, "DIR/syntax.derivation:4:15  malformed\n");
        JsonNode json =
                Cli.run("prove", folder.resolve("syntax.derivation"), "--json").json();
        assertThat(json.path("verdict").asText()).isEqualTo("malformed");
        assertThat(json.path("line").asInt()).isEqualTo(3);
        assertThat(json.path("column").asInt()).isEqualTo(11);
        assertThat(json.path("expected").asText()).isNotEmpty();
        assertThat(json.path("found").asText()).isNotEmpty();
        assertThat(json.path("reason").asText()).startsWith("3:11: expected ");
        assertThat(json.path("others").get(0).path("line").asInt()).isEqualTo(4);
    }

    @Test
    void longLinesAreCutAroundThePlace() throws IOException {
        String text = "scalar a\nclaim " + "a + ".repeat(100) + "] = a" + " + a".repeat(100) + "\n";
        Cli run = Cli.run("prove", write("long.derivation", text));
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        List<String> lines = run.out().lines().toList();
        assertThat(lines).allMatch(line -> line.length() <= 110);
        assertThat(lines.get(2)).startsWith("    ...").endsWith("...");
        assertThat(lines.get(2).charAt(lines.get(3).indexOf('^'))).isEqualTo(']');
    }

    @Test
    void aFileWithoutAClaimProvesNothing() throws IOException {
        for (String text : new String[] {"", "# nothing\n", "scalar a\n", "scalar a\nlemma a = a\n"}) {
            Cli run = Cli.run("prove", write("none.derivation", text), "--json");
            assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
            assertThat(run.err()).contains("expected a claim", "nothing is proved");
            assertThat(run.json().path("verdict").asText()).isEqualTo("malformed");
            assertThat(run.json().path("expected").asText()).isEqualTo("a claim");
            assertThat(run.json().path("line").asInt()).isPositive();
        }
    }

    /** All of it: whoever reads it relies on every name. */
    @Test
    void jsonOfAProofAndOfARefutation() throws IOException {
        Path file = write(
                "json.derivation",
                "derivation my/sums\nscalar a\nassume a = 2\nclaim four: a + a = 4\nclaim five: a = 5\n");
        Cli run = Cli.run("prove", file, "--json");
        assertThat(run.code()).isEqualTo(ExitCode.REJECTED);
        String expected = """
                {"file": "FILE", "id": "my/sums", "title": "", "verdict": "not-proved", "refuted": true,
                 "statements": [
                  {"kind": "claim", "name": "four", "line": 4, "column": 1, "text": "a + a = 4", "verdict": "proved",
                   "theorem": "a + a = 4", "words": "for all a in R satisfying H1: a + a = 4",
                   "hypotheses": [{"name": "H1", "text": "a = 2"}]},
                  {"kind": "claim", "name": "five", "line": 5, "column": 1, "text": "a = 5", "verdict": "not-proved",
                   "theorem": null, "words": null, "hypotheses": []}],
                 "items": [
                  {"id": "my/sums", "part": "four", "step": 0, "verdict": "proved", "evidence": "derivation",
                   "repair": null, "extractionDoubt": null, "file": "FILE", "line": 4, "column": 1,
                   "text": "a + a = 4", "reason": null, "expected": null, "found": null, "rules": ["algebra"],
                   "uses": ["H1"], "entries": {"result": "agree", "how": "equal as rational functions of the entries",
                   "shapes": [{}]}, "counterexample": null, "search": null},
                  {"id": "my/sums", "part": "five", "step": 0, "verdict": "not-proved", "evidence": "counterexample",
                   "repair": null, "extractionDoubt": null, "file": "FILE", "line": 5, "column": 1,
                   "text": "a = 5", "reason": "not-equal", "expected": "0 as the difference of the two sides",
                   "found": "-3", "rules": [], "uses": [], "entries": null,
                   "counterexample": {"shape": {}, "assignment": {"a": "2"}, "row": 1, "column": 1,
                   "difference": "-3", "sides": ["2", "5"]}, "search": null}]}
                """;
        assertThat(run.json()).isEqualTo(new ObjectMapper().readTree(expected.replace("FILE", file.toString())));
    }

    @Test
    void eachFileIsIndependentAndTheWorstCounts() throws IOException {
        write("all/a.derivation", PROVED);
        write("all/readme.md", "no derivation");
        Cli proved = Cli.run("prove", folder.resolve("all"));
        assertThat(proved.code()).isZero();
        assertThat(shown(proved))
                .isEqualTo("proved      DIR/all/a.derivation: 3 lines: 3 proved\n" + "1 file: 1 proved\n");
        write("all/deep/b.derivation", OPEN);
        assertThat(Cli.run("prove", folder.resolve("all")).code()).isEqualTo(ExitCode.UNDECIDED);
        write("all/c.derivation", FALSE);
        assertThat(Cli.run("prove", folder.resolve("all")).code()).isEqualTo(ExitCode.REJECTED);
        write("all/aa.derivation", "claim (");
        Cli worst = Cli.run("prove", folder.resolve("all"));
        assertThat(worst.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(worst.out())
                .contains("4 files: 1 proved, 1 malformed, 2 not-proved")
                .doesNotContain("by algebra");
        JsonNode list = Cli.run("prove", folder.resolve("all"), "--json").json();
        assertThat(list).hasSize(4);
        assertThat(list.findValuesAsText("verdict")).contains("proved", "malformed", "not-proved");
        assertThat(list.get(1).path("file").asText()).endsWith("aa.derivation");
        Cli mixed = Cli.run("prove", "chen2024/lemma-4.1", folder.resolve("absent.derivation"), "-q");
        assertThat(mixed.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(mixed.out()).isEmpty();
        assertThat(mixed.err()).contains("absent.derivation", "no such file");
    }

    @Test
    void aFolderWithoutDerivationsIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli run = Cli.run("prove", empty);
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("expected .derivation files in this folder, found none");
        Cli others = Cli.run("prove", empty, write("a.derivation", PROVED));
        assertThat(others.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(others.out()).contains("a.derivation: 3 lines: 3 proved", "2 files: 1 malformed, 1 proved");
    }

    @Test
    void aFaultAndAContradictionDoNotStopTheOthers() throws IOException {
        Path first = write("a.derivation", PROVED);
        Path second = write("b.derivation", PROVED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Prove prove = new Prove(session, (name, derivation) -> {
            if (name.endsWith("a.derivation")) {
                throw new RoutesContradictException(new Place(9, 3), "the kernel proves 1 = 2");
            }
            return DerivationChecker.check(name, derivation);
        });
        int code = new CommandLine(prove).execute(first.toString(), second.toString(), "--json");
        session.out().flush();
        assertThat(code).isEqualTo(ExitCode.FAULT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("loopcert: fault: ", "a.derivation", "contradict each other at line 9:3", "please report it");
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get(0).path("verdict").asText()).isEqualTo("fault");
        assertThat(json.get(0).path("line").asInt()).isEqualTo(9);
        assertThat(json.get(1).path("verdict").asText()).isEqualTo("proved");
    }

    @Test
    void standardInputIsRead() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(PROVED.getBytes(StandardCharsets.UTF_8)));
            Cli run = Cli.run("prove", "-");
            assertThat(run.code()).isZero();
            assertThat(run.out()).startsWith("-: proved").contains("-:9:3  proved");
        } finally {
            System.setIn(before);
        }
        assertThat(Cli.run("prove", "-", "-").code()).isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void shippedDerivationsAreListedAndShown() throws IOException {
        Cli list = Cli.run("prove", "--list");
        assertThat(list.code()).isZero();
        assertThat(list.out().lines()).hasSameSizeAs(ShippedDerivations.names());
        assertThat(list.out()).contains("chen2024/lemma-4.1  Lemma 4.1 (single layer output)");
        assertThat(Cli.run("prove", "--list", "--json").json().get(0).path("id").asText())
                .isEqualTo(ShippedDerivations.names().get(0));
        Cli show = Cli.run("prove", "--show", "chen2024/lemma-4.1");
        assertThat(show.out())
                .isEqualTo(ShippedDerivations.text("chen2024/lemma-4.1").orElseThrow());
        assertThat(Cli.run("prove", write("copy.derivation", show.out())).code())
                .isZero();
        Cli unknown = Cli.run("prove", "--show", "chen2024/lemma-9.9");
        assertThat(unknown.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(unknown.err()).contains("expected one of", "chen2024/theorem-4.2");
    }

    @Test
    void junitSaysTheSame() throws Exception {
        Path target = folder.resolve("result.xml");
        write("all/a.derivation", PROVED);
        write("all/b.derivation", FALSE);
        write("all/c.derivation", ILL_TYPED);
        write("all/d.derivation", "scalar a\nclaim a = a \0 \u001b[31m & <a>\n");
        write("all/e.derivation", "scalar a\n");
        Cli run = Cli.run("prove", folder.resolve("all"), "--junit", target);
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        Document document = JUnitXmlTest.parsed(Files.readString(target));
        Element all = document.getDocumentElement();
        assertThat(all.getAttribute("tests")).isEqualTo("7");
        assertThat(all.getAttribute("failures")).isEqualTo("2");
        assertThat(all.getAttribute("errors")).isEqualTo("2");
        Element line = (Element) document.getElementsByTagName("testcase").item(1);
        assertThat(line.getAttribute("classname")).isEqualTo("mine/square");
        assertThat(line.getAttribute("name")).isEqualTo("square step 1, line 9:3: = u'X'X v");
        Element wrong = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(wrong.getAttribute("type")).isEqualTo("not-proved");
        assertThat(wrong.getTextContent()).contains("b.derivation:2:1", "false at a = ");
        Element shapes = (Element) document.getElementsByTagName("failure").item(1);
        assertThat(shapes.getAttribute("type")).isEqualTo("ill-typed");
        Element error = (Element) document.getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("type")).isEqualTo("malformed");
        assertThat(error.getTextContent()).contains("d.derivation:2:", "U+0000");
    }

    @Test
    void junitNeverReplacesAnInput() throws IOException {
        Path file = write("square.derivation", PROVED);
        Cli run = Cli.run("prove", file, "--junit", file);
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("expected another file to write than the input");
        assertThat(file).hasContent(PROVED);
        Cli nowhere = Cli.run("prove", file, "--junit", folder.resolve("no/such/result.xml"));
        assertThat(nowhere.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(nowhere.out()).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirOffset() throws IOException {
        Path file = folder.resolve("latin.derivation");
        Files.write(file, "scalar a # caf\u00e9\nclaim a = a\n".getBytes(StandardCharsets.ISO_8859_1));
        Cli run = Cli.run("prove", file, "--json");
        assertThat(run.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.err()).contains("byte 14: expected UTF-8, found the byte 0xe9");
        assertThat(run.json().path("offset").asInt()).isEqualTo(14);
        Files.write(file, new byte[] {'#', (byte) 0xe2, (byte) 0x88});
        assertThat(Cli.run("prove", file).err()).contains("byte 1: expected UTF-8, found the byte 0xe2");
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, (, 2:7, )",
        "1000000, ), 2:7, opening",
        "1000000, -, 2:, term",
        "1000000, ;, 2:, term",
        "500000, a', 2:, factors",
        "500000, [;, 2:7, ]",
        "300000, (], 2:8, )",
        "100000, NUL, 2:7, U+0000"
    })
    void hostileTextIsMalformedAtAPlace(int count, String repeated, String place, String said) throws IOException {
        String text = "scalar a\nclaim " + repeated.replace("NUL", "\0").repeat(count);
        Cli run = Cli.run("prove", write("hostile.derivation", text));
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.out()).contains("hostile.derivation:" + place, said);
        assertThat(run.out()).hasSizeLessThan(5000);
    }

    @Test
    void nothingOfAFileSteersTheTerminal() throws IOException {
        String text = "derivation x\u001b[31m \"t\u001b]0;\u202e\"\nscalar a\n#\u001b[2J\nclaim a = \u001b a\n";
        Cli run = Cli.run("prove", write("escape.derivation", text));
        assertThat(run.out() + run.err())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("U+001B");
        Cli titled = Cli.run("prove", write("title.derivation", text.replace("= \u001b", "=")));
        assertThat(titled.code()).isZero();
        assertThat(titled.out())
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .contains("tU+001B]0;U+202E");
    }

    @Test
    void aByteOrderMarkAndWindowsLinesChangeNothing() throws IOException {
        Cli plain = Cli.run("prove", write("square.derivation", PROVED));
        Cli windows = Cli.run("prove", write("square.derivation", "\ufeff" + PROVED.replace("\n", "\r\n")));
        assertThat(windows).isEqualTo(plain);
    }

    @Test
    void quietSaysNothing() throws IOException {
        assertThat(Cli.run("prove", write("a.derivation", PROVED), "--quiet")).isEqualTo(new Cli(0, "", ""));
        assertThat(Cli.run("prove", write("b.derivation", FALSE), "-q")).isEqualTo(new Cli(ExitCode.REJECTED, "", ""));
    }
}
