package org.loopcert.claim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The certificates of kind counterexample that claims rest on: files of the corpus, which the build also puts on the class
 * path.
 */
public final class ShippedCounterexamples {
    /** Where they stand in the repository. */
    public static final String FOLDER = "certificates/counterexamples/claims/";

    private static final String RESOURCES = "/org/loopcert/claims/counterexamples/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    private ShippedCounterexamples() {}

    /** The path in the repository of the certificate of a name. */
    public static String path(String name) {
        return FOLDER + name + ".json";
    }

    /** The bytes of a certificate, if there is one of this name. */
    public static Optional<byte[]> file(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream stream = ShippedCounterexamples.class.getResourceAsStream(RESOURCES + name + ".json")) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
