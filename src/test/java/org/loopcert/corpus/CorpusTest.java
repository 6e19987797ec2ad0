package org.loopcert.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.kernel.Verdict.Reason;

/** The stored certificates are what {@link CorpusBuilder} makes, and the kernel judges each as its manifest says. */
class CorpusTest {
    private static final Path ROOT = Path.of("certificates");

    /** Reasons that a file alone cannot have: only a fault of the kernel, or a check against another input, gives them. */
    private static final Set<Reason> NOT_FROM_A_FILE =
            Set.of(Reason.NOT_GRADIENT, Reason.OTHER_INSTANCE, Reason.NEEDS_INPUT, Reason.LIMIT);

    private static Map<String, byte[]> twins;
    private static Map<String, RejectCorpus.Flawed> rejected;
    private static Map<String, MalformedCorpus.Refused> malformed;

    @BeforeAll
    static void build() {
        twins = Twins.all();
        rejected = RejectCorpus.all(twins);
        malformed = MalformedCorpus.all(twins.get("minimal"));
    }

    private static Map<String, byte[]> stored() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String part : Set.of("accept", "bound", "reject", "malformed", "counterexamples")) {
            try (Stream<Path> paths = Files.walk(ROOT.resolve(part))) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    files.put(ROOT.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> accepted() throws IOException {
        Map<String, byte[]> files = stored();
        files.keySet().removeIf(path -> !path.startsWith("accept/") || path.equals("accept/manifest.json"));
        return files;
    }

    private static Verdict check(byte[] file) {
        return Kernel.check(file, Limits.DEFAULT);
    }

    @Test
    void storedFilesAreTheOnesThatAreBuilt() throws IOException {
        Map<String, byte[]> built = CorpusBuilder.all();
        Map<String, byte[]> stored = stored();
        assertThat(stored.keySet()).isEqualTo(built.keySet());
        assertThat(built.keySet()).allSatisfy(path -> assertThat(Arrays.equals(stored.get(path), built.get(path)))
                .as(path)
                .isTrue());
    }

    @TestFactory
    Stream<DynamicTest> acceptsAndWritesBackByteForByte() throws IOException {
        return accepted().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    assertThat(check(file.getValue())).isInstanceOf(Verdict.Accepted.class);
                    assertThat(Json.print(Edit.read(file.getValue()))).isEqualTo(file.getValue());
                }));
    }

    @Test
    void acceptedFilesUseEveryRuleAndShowEveryStatement() throws IOException {
        Set<String> rules = new TreeSet<>();
        Set<Class<?>> statements = new HashSet<>();
        for (byte[] file : accepted().values()) {
            for (Theorem theorem : ((Verdict.Accepted) check(file)).theorems()) {
                rules.add(theorem.rule());
                statements.add(theorem.statement().getClass());
            }
        }
        assertThat(rules).isEqualTo(new TreeSet<>(Kernel.ruleNames()));
        assertThat(statements)
                .containsAll(Stream.of(Statement.class.getPermittedSubclasses())
                        .filter(Class::isRecord)
                        .toList());
    }

    @Test
    void gaussianInstancesOfThePapersSizesHaveItsBound() throws IOException {
        Map<String, byte[]> files = accepted();
        files.keySet().removeIf(path -> !path.startsWith("accept/gaussian/"));
        assertThat(files).hasSizeGreaterThanOrEqualTo(6);
        assertThat(files.values()).allSatisfy(file -> assertThat(((Verdict.Accepted) check(file)).theorems())
                .extracting(Theorem::id)
                .contains("theorem-4.4", "tight-bound", "two-sided", "doubled-exponent"));
    }

    @Test
    void refutationsAreMarkedAsSuch() throws IOException {
        accepted().forEach((path, file) -> assertThat(((Verdict.Accepted) check(file)).refutation())
                .as(path)
                .isEqualTo(path.contains("refuted")));
    }

    @TestFactory
    Stream<DynamicTest> rejectsForTheReasonPlanted() {
        return rejected.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    RejectCorpus.Flawed flawed = entry.getValue();
                    assertThat(flawed.file()).isNotEqualTo(twins.get(flawed.twin()));
                    assertThat(check(flawed.file())).isInstanceOfSatisfying(Verdict.Rejected.class, verdict -> {
                        assertThat(verdict.reason()).isEqualTo(flawed.reason());
                        assertThat(verdict.line()).isEqualTo(flawed.line());
                    });
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsOutsideTheGrammarOrTheLimits() {
        return malformed.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    MalformedCorpus.Refused refused = entry.getValue();
                    Verdict verdict = check(refused.file());
                    if (refused.undecided().isEmpty()) {
                        assertThat(verdict).isInstanceOf(Verdict.Malformed.class);
                        assertThat(((Verdict.Malformed) verdict).offset()).isBetween(0, refused.file().length);
                    } else {
                        assertThat(verdict).isInstanceOfSatisfying(Verdict.Undecided.class, undecided -> {
                            assertThat(undecided.reason())
                                    .isEqualTo(refused.undecided().get());
                            assertThat(undecided.line()).isEqualTo(refused.line());
                        });
                    }
                }));
    }

    @Test
    void everyTwinIsValidAndSealsToItself() {
        twins.forEach((name, file) -> {
            assertThat(check(file)).as(name).isInstanceOf(Verdict.Accepted.class);
            assertThat(Edit.of(file).seal()).as(name).isEqualTo(file);
        });
    }

    @Test
    void everyFlawedFileStandsNextToItsValidTwin() throws IOException {
        for (String part : Set.of("reject", "malformed")) {
            JsonNode own = manifest(part);
            assertThat(own.properties()).isNotEmpty().allSatisfy(entry -> {
                if (entry.getValue().path("verdict").asText().equals("accepted")) {
                    return; // itself a twin, or the certificate that inputs are checked with
                }
                String twin = entry.getValue().path("twin").asText();
                JsonNode expected = twin.startsWith("../accept/")
                        ? manifest("accept").path(twin.substring("../accept/".length()))
                        : own.path(twin);
                assertThat(expected.path("verdict").asText()).as(twin).isEqualTo("accepted");
                assertThat(Files.readAllBytes(ROOT.resolve(part).resolve(entry.getKey())))
                        .isNotEqualTo(Files.readAllBytes(ROOT.resolve(part).resolve(twin)));
            });
        }
    }

    private static JsonNode manifest(String part) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(ROOT.resolve(part).resolve("manifest.json")));
    }

    @Test
    void everyRuleAndEveryReasonIsRejectedSomewhere() {
        Set<String> rules = rejected.keySet().stream()
                .map(path -> path.substring(0, path.indexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rules).containsAll(Kernel.ruleNames());
        Set<Reason> reasons = new TreeSet<>(Set.of(Reason.values()));
        reasons.removeAll(NOT_FROM_A_FILE);
        assertThat(rejected.values()).extracting(RejectCorpus.Flawed::reason).hasSameElementsAs(reasons);
    }

    @Test
    void boundCertificateNeedsItsOwnData() {
        byte[] file = AcceptCorpus.bound();
        assertThat(check(file))
                .isInstanceOfSatisfying(Verdict.Undecided.class, undecided -> assertThat(undecided.reason())
                        .isEqualTo(Reason.NEEDS_INPUT));
        byte[] instance = AcceptCorpus.boundInstance();
        assertThat(Kernel.check(file, instance, Limits.DEFAULT))
                .isInstanceOfSatisfying(Verdict.Accepted.class, verdict -> assertThat(verdict.bound())
                        .isTrue());
        byte[] other = Json.print(Edit.of(twins.get("minimal")).get("instance"));
        assertThat(Kernel.check(file, other, Limits.DEFAULT))
                .isInstanceOfSatisfying(Verdict.Rejected.class, verdict -> assertThat(verdict.reason())
                        .isEqualTo(Reason.OTHER_INSTANCE));
    }
}
