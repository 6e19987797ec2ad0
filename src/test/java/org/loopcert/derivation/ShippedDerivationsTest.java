package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedDerivationsTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "org", "loopcert", "derivations");

    @Test
    void theIndexNamesEveryFile() throws IOException {
        try (Stream<Path> tree = Files.walk(FOLDER)) {
            assertThat(tree.filter(Files::isRegularFile)
                            .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> name.endsWith(".derivation"))
                            .map(name -> name.substring(0, name.lastIndexOf('.')))
                            .sorted())
                    .as("index.txt")
                    .containsExactlyElementsOf(ShippedDerivations.names());
        }
    }

    @Test
    void everyOneHasTheIdOfItsName() throws DerivationSyntaxException {
        for (String name : ShippedDerivations.names()) {
            String text = ShippedDerivations.text(name).orElseThrow();
            assertThat(DerivationReader.read("none", text).id()).isEqualTo(name);
        }
        assertThat(ShippedDerivations.text("../../LICENSE")).isEmpty();
        assertThat(ShippedDerivations.text("index")).isEmpty();
    }
}
