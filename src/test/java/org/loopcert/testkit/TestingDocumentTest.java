package org.loopcert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.testing.LoopcertAssertions.assertThatCertificate;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loopcert.testing.AbstractDerivationAssert;
import org.loopcert.testing.AbstractInstanceAssert;
import org.loopcert.testing.AbstractVerdictAssert;
import org.loopcert.testing.CertificateAssert;
import org.loopcert.testing.DerivationFileAssert;
import org.loopcert.testing.DerivationReportAssert;
import org.loopcert.testing.InstanceFileAssert;
import org.loopcert.testing.LoopcertAssertions;
import org.loopcert.testing.ProblemAssert;
import org.loopcert.testing.jqwik.LoopcertArbitraries;
import org.loopcert.testing.jqwik.LoopcertDomain;
import org.loopcert.testing.jqwik.RationalUnitVector;
import org.loopcert.testing.jqwik.Shape;
import org.loopcert.testing.jqwik.Spectrum;
import org.loopcert.testing.jqwik.Steps;
import org.loopcert.testing.junit.LoopcertCertificates;
import org.loopcert.testing.junit.LoopcertDerivations;
import org.loopcert.testing.junit.LoopcertInstances;

/** {@code testing.md} names everything that users can call, and shows only what is in the example or comes out. */
class TestingDocumentTest {
    private static final Path DOCUMENT = Path.of("src", "site", "markdown", "testing.md");
    private static final Path EXAMPLE = Path.of("src", "testkit", "example");
    private static final Pattern BLOCK = Pattern.compile("```([a-z]*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<(junit|assertj|jqwik)\\.version>([^<]*)<");

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static Stream<String> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .distinct();
    }

    @Test
    void namesEveryAssertionAndArbitrary() throws IOException {
        String text = Files.readString(DOCUMENT);
        List<Class<?>> types = List.of(
                LoopcertAssertions.class,
                AbstractVerdictAssert.class,
                AbstractInstanceAssert.class,
                InstanceFileAssert.class,
                ProblemAssert.class,
                CertificateAssert.class,
                AbstractDerivationAssert.class,
                DerivationFileAssert.class,
                DerivationReportAssert.class,
                LoopcertArbitraries.class);
        List<String> methods =
                types.stream().flatMap(TestingDocumentTest::publicMethods).toList();
        assertThat(methods).hasSizeGreaterThan(50).allSatisfy(method -> assertThat(text)
                .containsPattern("[`.]" + method + "\\("));
        for (Class<?> annotation : List.of(
                LoopcertInstances.class,
                LoopcertCertificates.class,
                LoopcertDerivations.class,
                RationalUnitVector.class,
                Spectrum.class,
                Shape.class,
                Steps.class)) {
            assertThat(text).contains("@" + annotation.getSimpleName());
        }
        assertThat(text).contains(LoopcertDomain.class.getSimpleName());
        assertThat(publicMethods(LoopcertInstances.class).filter(name -> !name.equals("value")))
                .allSatisfy(option -> assertThat(text).contains("`" + option + "`"));
    }

    @Test
    void itsSnippetsAreTheExample() throws IOException {
        String test = withoutIndentation(
                Files.readString(EXAMPLE.resolve(Path.of("src", "test", "java", "example", "OwnInstancesTest.java"))));
        assertThat(blocks("java")).hasSizeGreaterThan(3).allSatisfy(block -> assertThat(test)
                .contains(withoutIndentation(block)));
        String pom = withoutIndentation(Files.readString(EXAMPLE.resolve("pom.xml")));
        assertThat(blocks("xml")).isNotEmpty().allSatisfy(block -> assertThat(pom)
                .contains(withoutIndentation(block)));
    }

    @Test
    void itsMessageComesOut() throws IOException {
        String shown = blocks("text").get(0);
        Path file = Path.of("certificates", "reject", "contraction-constant", "at-two-over-lambda-max.json");
        assertThatThrownBy(() -> assertThatCertificate(file).isAccepted())
                .isInstanceOf(AssertionError.class)
                .hasMessage("\n" + shown.stripTrailing());
    }

    /** The example has the versions that this build is tested with. */
    @Test
    void theExampleIsUpToDate() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String example = Files.readString(EXAMPLE.resolve("pom.xml"));
        Matcher own = Pattern.compile("<artifactId>loopcert</artifactId>\\s*<version>([^<]*)<")
                .matcher(pom);
        assertThat(own.find()).isTrue();
        assertThat(example).contains("<loopcert.version>" + own.group(1) + "</loopcert.version>");
        assertThat(Files.readString(DOCUMENT)).contains("`loopcert.version` " + own.group(1));
        Matcher versions = VERSION.matcher(example);
        int found = 0;
        while (versions.find()) {
            found++;
            assertThat(pom).contains("<" + versions.group(1) + ".version>" + versions.group(2) + "<");
        }
        assertThat(found).isEqualTo(3);
    }
}
