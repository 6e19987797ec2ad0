package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Words that have no place in the kernel. */
class KernelHygieneTest {
    private static final Pattern FLOATS =
            Pattern.compile("\\b(float|double|Float|Double|StrictMath|floatValue|doubleValue"
                    + "|Math\\.(sqrt|pow|exp|log|cos|sin|floor|ceil|round|scalb|ulp))\\b");
    private static final Pattern ASSERT = Pattern.compile("\\bassert\\b");
    private static final Pattern NARROWING = Pattern.compile(
            "\\(\\s*(int|short|byte|char|Integer)\\s*\\)|\\.(intValue|longValue|shortValue|byteValue)\\b");
    private static final Pattern CATCH_ALL =
            Pattern.compile("catch\\s*\\(\\s*(final\\s+)?(Exception|Throwable|Error)\\b");
    private static final Pattern REFLECTION = Pattern.compile(
            "\\b(setAccessible|Class\\.forName|Unsafe|native|Runtime|ProcessBuilder)\\b|\\bSystem\\.(?!arraycopy)");
    private static final Pattern IMPORT = Pattern.compile(
            "^import (static )?+(?!java\\.(util|math|nio|security)\\." + "|org\\.loopcert\\.kernel\\.)[^;]+;",
            Pattern.MULTILINE);
    private static final Pattern QUALIFIED =
            Pattern.compile("(?m)^(?!import|package).*\\b(java|javax|org|com)\\.[a-z]+\\.[A-Za-z.]+");

    private static Stream<DynamicTest> none(Pattern pattern) {
        return KernelSources.all().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    List<String> found = pattern.matcher(file.getValue())
                            .results()
                            .map(MatchResult::group)
                            .toList();
                    assertThat(found).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> noFloatingPoint() {
        return none(FLOATS);
    }

    @TestFactory
    Stream<DynamicTest> noAssertKeyword() {
        return none(ASSERT);
    }

    @TestFactory
    Stream<DynamicTest> noNarrowingCast() {
        return none(NARROWING);
    }

    @TestFactory
    Stream<DynamicTest> noSwallowedFault() {
        return none(CATCH_ALL);
    }

    @TestFactory
    Stream<DynamicTest> noReflectionNorSystem() {
        return none(REFLECTION);
    }

    @TestFactory
    Stream<DynamicTest> importsOnlyTheBaseModule() {
        return Stream.concat(none(IMPORT), none(QUALIFIED));
    }
}
