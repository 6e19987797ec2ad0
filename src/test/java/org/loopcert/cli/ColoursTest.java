package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class ColoursTest {
    @ParameterizedTest
    @CsvSource({
        "accepted, green",
        "proved, green",
        "rejected, red",
        "ill-typed, red",
        "undecided, yellow",
        "not-proved, yellow",
        "malformed, magenta",
        "fault, magenta"
    })
    void theyAreThoseOfTheParser(String word, String colour) {
        assertThat(Colours.of(word)).isEqualTo(Ansi.ON.string("@|bold," + colour + " " + word + "|@"));
    }
}
