package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Array files through the command line: choice by name and index, certificates bound to them, exit codes. */
class ArrayInputTest {
    @TempDir
    private Path folder;

    private static byte[] npy(String shape, float... values) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII));
        for (float value : values) {
            out.putFloat(value);
        }
        return out.array();
    }

    private Path stack() throws IOException {
        // prompts of two examples (row, then label) and a query
        return Files.write(
                folder.resolve("Z.npy"), npy("(2, 3, 3)", 1, 0, 1.5f, 0, 2, 2, 9, 9, 0, 1, 1, 0.1f, 0, 1, 2, 9, 9, 0));
    }

    private Path json(String text) throws IOException {
        return Files.writeString(folder.resolve("same.json"), text.replace('\'', '"'));
    }

    @Test
    void aPromptIsTheInstanceItSpells() throws IOException {
        // the float nearest to 0.1
        Path same = json("{'X': [[1, 1], [0, 1]], 'y': ['13421773/134217728', 2]}");
        Cli fromArray = Cli.run("trace", stack(), "--index", 1, "--at", "0,1,3", "--format", "json");
        Cli fromJson = Cli.run("trace", same, "--at", "0,1,3", "--format", "json");
        assertThat(fromArray.code()).as(fromArray.err()).isZero();
        assertThat(fromArray.out()).isEqualTo(fromJson.out());
    }

    @Test
    void aCertificateIsBoundToThePromptOfItsIndex() throws IOException {
        Path certificate = folder.resolve("c.json");
        Cli certified = Cli.run("certify", stack(), "--index", 0, "-o", certificate);
        assertThat(certified.code()).as(certified.err()).isZero();
        Cli same = Cli.run("check", certificate, "--input", stack(), "--index", 0);
        assertThat(same.code()).as(same.out() + same.err()).isZero();
        Cli other = Cli.run("check", certificate, "--input", stack(), "--index", 1);
        assertThat(other.code()).isEqualTo(1);
    }

    @Test
    void arraysOfAnArchiveAreChosenByName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("A.npy"));
            zip.write(npy("(2, 1)", 1, 2));
            zip.putNextEntry(new ZipEntry("b.npy"));
            zip.write(npy("(2,)", 3, 4));
        }
        Path archive = Files.write(folder.resolve("a.npz"), bytes.toByteArray());
        Cli ambiguous = Cli.run("certify", archive);
        assertThat(ambiguous.code()).isEqualTo(2);
        assertThat(ambiguous.err()).contains("2 arrays, 'A' of shape (2, 1)").contains("--array");
        Cli chosen = Cli.run("trace", archive, "--array", "A", "--labels", "b", "--at", "1");
        Cli same = Cli.run("trace", json("{'X': [[1], [2]], 'y': [3, 4]}"), "--at", "1");
        assertThat(chosen.code()).as(chosen.err()).isZero();
        assertThat(chosen.out()).isEqualTo(same.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certify Z.npy | 2 | expected --index from 0 to 1",
                "certify Z.npy --index 2 | 2 | expected --index from 0 to 1",
                "certify Z.npy --index -1 | 2 | --index",
                "certify Z.npy --index x | 2 | --index",
                "certify Z.npy --array X --index 0 | 2 | the array 'X' of --array",
                "certify Z.npy --index 0 --max-memory 1K | 3 | undecided",
                "certify same.json --index 0 | 2 | expected a .npy, .npz or .safetensors file"
            })
    void exitCodesTellWhatIsWrong(String line, int code, String message) throws IOException {
        stack();
        json("{'X': [[1]], 'y': [3]}");
        String here = folder + folder.getFileSystem().getSeparator();
        Object[] args = line.replace("Z.npy", here + "Z.npy")
                .replace("same.json", here + "same.json")
                .split(" ");
        Cli run = Cli.run(args);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(message);
    }
}
