package org.loopcert.testing;

import java.nio.file.Path;
import java.util.Objects;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.Problem;

/**
 * A file that holds an instance, and the options with which it is read.
 *
 * @param path the file: JSON, CSV, TSV, npy, npz, safetensors or Matrix Market
 * @param options what the command line would say about it, such as the column of labels
 */
public record InstanceFile(Path path, InputOptions options) {
    /** Refuses null. */
    public InstanceFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
    }

    /** The file as it is, without options. */
    public static InstanceFile of(Path path) {
        return new InstanceFile(path, InputOptions.NONE);
    }

    /** The same file with other options. */
    public InstanceFile with(InputOptions changed) {
        return new InstanceFile(path, changed);
    }

    /**
     * The instance, in exact numbers.
     *
     * @throws InputException if the file is refused, with its place, what was expected and what was found
     */
    public Problem read() throws InputException {
        return InputReader.read(path, options, InputLimits.DEFAULT);
    }

    /** The path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
