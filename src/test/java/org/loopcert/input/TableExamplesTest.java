package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableExamplesTest {
    private static final int COLUMNS = 4;

    /** A long number makes its own block long, not the thousands of rows around it. */
    @Test
    void rowsKeepTheirOrderAndNumbersWhereSomeAreLong(@TempDir Path folder) throws IOException, InputException {
        Random random = new Random(8);
        List<BigDecimal> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder("a,b,c,y\n");
        int rows = 5000;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                BigDecimal value = BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(5));
                if (random.nextInt(rows) == 0 || i == rows - 1) {
                    value = BigDecimal.valueOf(1 + random.nextInt(9), 2000 + random.nextInt(4000));
                }
                expected.add(value);
                text.append(value.toPlainString()).append(j < COLUMNS - 1 ? "," : "\n");
            }
        }
        Path file = folder.resolve("long.csv");
        Files.writeString(file, text);
        List<BigDecimal> found = new ArrayList<>();
        int longBlocks = 0;
        try (ExampleStream examples = ExampleStream.open(file, InputOptions.NONE, InputLimits.DEFAULT)) {
            for (ExampleStream.Block block = examples.next(); block != null; block = examples.next()) {
                if (block instanceof ExampleStream.Decimals decimals) {
                    for (int at = 0; at < decimals.rows() * COLUMNS; at++) {
                        found.add(BigDecimal.valueOf(decimals.entries()[at], decimals.places()));
                    }
                } else if (block instanceof ExampleStream.Integers integers) {
                    longBlocks++;
                    assertThat(integers.exponent()).isZero();
                    assertThat(integers.rows().length).isLessThan(2000);
                    for (BigInteger[] row : integers.rows()) {
                        for (BigInteger entry : row) {
                            found.add(new BigDecimal(entry, integers.places()));
                        }
                    }
                }
            }
        }
        assertThat(longBlocks).isPositive();
        assertThat(found).usingElementComparator(BigDecimal::compareTo).containsExactlyElementsOf(expected);
    }
}
