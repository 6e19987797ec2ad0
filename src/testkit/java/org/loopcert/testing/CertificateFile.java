package org.loopcert.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A file that holds a certificate or a refutation. */
public record CertificateFile(Path path) {
    /** Refuses null. */
    public CertificateFile {
        Objects.requireNonNull(path, "path");
    }

    /** The bytes of the file. */
    public byte[] bytes() throws IOException {
        return Files.readAllBytes(path);
    }

    /** The path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
