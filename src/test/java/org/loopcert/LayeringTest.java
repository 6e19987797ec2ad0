package org.loopcert;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.value.Counterexample;

/** Who may see whom. */
class LayeringTest {
    private static final String ROOT = "org.loopcert.";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String RINGS = "cc.redberry.rings..";
    private static final String FAST_CSV = "de.siegmar.fastcsv..";

    /** What a package may depend on beside itself and the class library: packages of the project, then others. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("kernel", List.of()),
            Map.entry("ring", List.of("ch.obermuhlner.math.big..", "org.apfloat..", RINGS)),
            Map.entry("matrix", List.of("ring")),
            Map.entry("model", List.of("matrix", "ring")),
            Map.entry("input", List.of("matrix", "ring", FAST_CSV, JACKSON)),
            Map.entry("generate", List.of("input", "matrix", "ring")),
            Map.entry("exact", List.of("matrix", "ring")),
            Map.entry("spectrum", List.of("exact", "matrix", "ring")),
            Map.entry("drift", List.of("model", "spectrum", "exact", "matrix", "ring")),
            Map.entry("certificate", List.of("kernel", "matrix", "ring", JACKSON)),
            Map.entry("derivation", List.of("kernel", "matrix", "ring", RINGS)),
            Map.entry("claim", List.of("derivation", JACKSON)),
            Map.entry(
                    "certify",
                    List.of("input", "model", "spectrum", "drift", "exact", "certificate", "kernel", "matrix", "ring")),
            Map.entry(
                    "report",
                    List.of(
                            "certificate",
                            "drift",
                            "matrix",
                            "ring",
                            FAST_CSV,
                            "org.jfree..",
                            "org.apache.batik..",
                            "javax.imageio..",
                            "javax.xml..",
                            "org.w3c.dom..")),
            Map.entry(
                    "audit",
                    List.of(
                            "certify",
                            "report",
                            "certificate",
                            "kernel",
                            "input",
                            "drift",
                            "spectrum",
                            "exact",
                            "matrix",
                            "ring")),
            Map.entry(
                    "reproduce",
                    List.of(
                            "report",
                            "generate",
                            "certify",
                            "certificate",
                            "kernel",
                            "input",
                            "model",
                            "spectrum",
                            "drift",
                            "exact",
                            "matrix",
                            "ring")),
            Map.entry(
                    "cli",
                    List.of(
                            "kernel",
                            "ring",
                            "matrix",
                            "model",
                            "input",
                            "generate",
                            "exact",
                            "spectrum",
                            "drift",
                            "certificate",
                            "certify",
                            "derivation",
                            "claim",
                            "audit",
                            "report",
                            "reproduce",
                            "picocli..",
                            "me.tongfei.progressbar..",
                            FAST_CSV,
                            JACKSON)));

    private static final List<String> KERNEL_LIBRARY =
            List.of("java.lang..", "java.util..", "java.math..", "java.nio..", "java.security..");

    private static JavaClasses production;

    @BeforeAll
    static void read() {
        production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.loopcert");
    }

    private static String packageOf(JavaClass each) {
        return each.getPackageName().substring(ROOT.length()).split("\\.")[0];
    }

    private static DescribedPredicate<JavaClass> allowed(String from, List<String> targets) {
        List<String> patterns = new ArrayList<>(List.of(ROOT + from + ".."));
        targets.forEach(target -> patterns.add(target.endsWith("..") ? target : ROOT + target + ".."));
        patterns.addAll(from.equals("kernel") ? KERNEL_LIBRARY : List.of("java.."));
        DescribedPredicate<JavaClass> inPackages = resideInAnyPackage(patterns.toArray(String[]::new));
        // the rational element type is the common language of all packages but the kernel
        return from.equals("kernel")
                ? inPackages
                : inPackages.or(describe("BigRational", each -> each.isEquivalentTo(BigRational.class)));
    }

    @TestFactory
    Stream<DynamicTest> arrows() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> classes()
                        .that()
                        .resideInAPackage(ROOT + arrow.getKey() + "..")
                        .should()
                        .onlyDependOnClassesThat(allowed(arrow.getKey(), arrow.getValue())
                                .or(describe("primitive or array of one", each -> each.getBaseComponentType()
                                        .isPrimitive())))
                        .check(production)));
    }

    /** kernel.value sees kernel.proof and kernel, kernel.proof sees kernel, and nothing goes back. */
    @Test
    void theKernelIsTrustedInLayers() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "kernel", ROOT + "kernel.proof")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "kernel.value")
                .check(production);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "kernel.proof")
                .check(production);
    }

    @Test
    void onlyCheckingMakesCounterexamples() {
        constructors()
                .that()
                .areDeclaredIn(Counterexample.class)
                .should()
                .bePrivate()
                .andShould()
                .onlyBeCalled()
                .byMethodsThat(name("check").as("check"))
                .check(production);
        noClasses()
                .that()
                .areAssignableTo(Counterexample.class)
                .should()
                .beAssignableTo(java.io.Serializable.class)
                .check(production);
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> packages = production.stream().map(LayeringTest::packageOf).collect(Collectors.toSet());
        assertThat(packages).isEqualTo(ARROWS.keySet());
    }

    /** What users need in their tests ships beside the program, and no test library is part of it. */
    @Test
    void theProgramSeesNoTestLibraries() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "testing..", "org.junit..", "net.jqwik..", "org.assertj..", "org.opentest4j..")
                .check(production);
    }

    /** Assertions work without JUnit and jqwik, the extension without jqwik, the arbitraries without JUnit. */
    @Test
    void testSupportNeedsOneTestLibraryAtATime() {
        JavaClasses support = new ClassFileImporter().importPackages(ROOT + "testing");
        assertThat(support.containPackage(ROOT + "testing.jqwik")).isTrue();
        Map.of(
                        ROOT + "testing",
                        new String[] {"org.junit..", "net.jqwik..", ROOT + "testing.junit..", ROOT + "testing.jqwik.."},
                        ROOT + "testing.junit..",
                        new String[] {"org.assertj..", "net.jqwik..", ROOT + "testing.jqwik.."},
                        ROOT + "testing.jqwik..",
                        new String[] {"org.assertj..", "org.junit..", ROOT + "testing.junit.."})
                .forEach((from, others) -> noClasses()
                        .that()
                        .resideInAPackage(from)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .check(support));
        noClasses()
                .that()
                .resideInAPackage(ROOT + "testing..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "testkit..")
                .check(support);
    }

    @Test
    void noCircles() {
        SlicesRuleDefinition.slices()
                .matching("org.loopcert.(*)..")
                .should()
                .beFreeOfCycles()
                .check(production);
    }

    @Test
    void onlyTheCommandLineSpeaks() {
        JavaClasses silent =
                production.that(describe("outside cli", each -> !packageOf(each).equals("cli")));
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(silent);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(production);
    }

    @Test
    void onlyDerivingMakesTheorems() {
        constructors()
                .that()
                .areDeclaredIn(Theorem.class)
                .should()
                .bePrivate()
                .andShould()
                .onlyBeCalled()
                .byMethodsThat(name("derive").as("derive"))
                .check(production);
        methods()
                .that()
                .areDeclaredIn(Theorem.class)
                .and()
                .haveName("derive")
                .should()
                .onlyBeCalled()
                .byClassesThat(describe("the kernel", each -> each.getName().startsWith(Kernel.class.getName())))
                .check(production);
        noClasses()
                .that()
                .areAssignableTo(Theorem.class)
                .should()
                .beAssignableTo(java.io.Serializable.class)
                .check(production);
    }
}
