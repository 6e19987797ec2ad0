package org.loopcert.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing once found, and what it starts from, without the fuzzer. */
class FuzzReplayTest {
    @TestFactory
    Stream<DynamicContainer> nothingThatWasFoundComesBack() {
        return Arrays.stream(FuzzTarget.values())
                .map(target -> DynamicContainer.dynamicContainer(
                        target.word(),
                        FuzzSeeds.of(target).entrySet().stream()
                                .map(input -> DynamicTest.dynamicTest(
                                        input.getKey(), () -> assertThatCode(() -> target.run(input.getValue()))
                                                .doesNotThrowAnyException()))));
    }

    @Test
    void everyFolderOfFindingsBelongsToATarget() throws IOException {
        Set<String> words =
                Arrays.stream(FuzzTarget.values()).map(FuzzTarget::word).collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> folders = Files.list(FuzzSeeds.FINDINGS)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).isSubsetOf(words);
        }
    }

    @Test
    void theEntryTakesTheTargetThatItIsTold() {
        FuzzEntry.fuzzerInitialize(new String[] {"number"});
        assertThatCode(() -> FuzzEntry.fuzzerTestOneInput("1/2".getBytes(StandardCharsets.US_ASCII)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> FuzzEntry.fuzzerInitialize(new String[] {"nothing"}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
