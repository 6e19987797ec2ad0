package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;

/** Writes small inputs and reads them, for the tests of this package. */
final class TestFiles {
    private TestFiles() {}

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputException refusal(Path path, InputOptions options, InputLimits limits) {
        InputException refusal =
                catchThrowableOfType(InputException.class, () -> InputReader.read(path, options, limits));
        assertThat(refusal).as("refusal of " + path).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain("\n").startsWith(refusal.file());
        return refusal;
    }

    static InputException refusal(Path path) {
        return refusal(path, InputOptions.NONE, InputLimits.DEFAULT);
    }

    static Problem read(Path path, InputOptions options) throws InputException {
        return InputReader.read(path, options, InputLimits.DEFAULT);
    }

    static Problem read(Path path) throws InputException {
        return read(path, InputOptions.NONE);
    }

    static BigRational q(String text) {
        return ExactDecimal.parse(text, InputLimits.DEFAULT);
    }

    static Vector<BigRational> vector(String... entries) {
        return Vector.of(List.of(entries).stream().map(TestFiles::q).toList());
    }

    static Matrix<BigRational> matrix(String... rows) {
        return Matrix.of(List.of(rows).stream()
                .map(row -> List.of(row.split(" ")).stream().map(TestFiles::q).toList())
                .toList());
    }
}
