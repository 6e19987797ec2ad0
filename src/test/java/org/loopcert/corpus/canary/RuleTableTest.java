package org.loopcert.corpus.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rules for derivations, applied to what they must refuse. */
class RuleTableTest {
    @TestFactory
    Stream<DynamicTest> rowComesOutAsListed() {
        return IntStream.range(0, RuleTable.size())
                .mapToObj(row -> DynamicTest.dynamicTest(RuleTable.name(row), () -> assertThat(RuleTable.run(row))
                        .isEqualTo(RuleTable.expected(row))));
    }
}
