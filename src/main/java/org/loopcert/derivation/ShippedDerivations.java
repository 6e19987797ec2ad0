package org.loopcert.derivation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The derivations of papers that the program brings along, by names such as {@code chen2024/lemma-4.1}. */
public final class ShippedDerivations {
    private static final String FOLDER = "/org/loopcert/derivations/";
    private static final String INDEX = "index.txt";

    private ShippedDerivations() {}

    /** All names, sorted. A jar has no folders to list, so that there is an index. */
    public static List<String> names() {
        return read(INDEX)
                .orElseThrow(() -> new IllegalStateException("no " + FOLDER + INDEX))
                .lines()
                .toList();
    }

    /** The text of a derivation, if there is one of this name. */
    public static Optional<String> text(String name) {
        return names().contains(name) ? read(name + ".derivation") : Optional.empty();
    }

    private static Optional<String> read(String file) {
        try (InputStream stream = ShippedDerivations.class.getResourceAsStream(FOLDER + file)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
