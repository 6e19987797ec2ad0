package org.loopcert.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;

/** A file that holds a derivation, in UTF-8. */
public record DerivationFile(Path path) {
    /** Refuses null. */
    public DerivationFile {
        Objects.requireNonNull(path, "path");
    }

    /**
     * Checks the derivation line by line.
     *
     * @throws IOException if the file cannot be read, or is not UTF-8
     * @throws DerivationSyntaxException if it holds no derivation, with its place
     */
    public DerivationReport check() throws IOException, DerivationSyntaxException {
        return DerivationChecker.check(path.toString(), Files.readString(path));
    }

    /** The path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
