package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every limit on every command that has it: what just fits passes, what just does not is undecided and names it. */
class LimitsTest {
    private static final long LARGEST = 1L << 32;

    @TempDir
    static Path folder;

    @BeforeAll
    static void files() throws IOException {
        Files.writeString(folder.resolve("table.csv"), "a,b,y\n1,2.25,1\n3,4,2\n5,7,4\n");
        Files.writeString(folder.resolve("instance.json"), "{\"X\": [[1, 2], [3, 4], [5, 7]], \"y\": [1, 2, 4.125]}\n");
        Files.writeString(
                folder.resolve("matrix.mtx"), "%%MatrixMarket matrix array real general\n3 2\n1\n3\n5\n2\n4\n7\n");
        Files.writeString(folder.resolve("labels.csv"), "1\n2\n4\n");
        Files.writeString(folder.resolve("proof.derivation"), "scalar a\nclaim a + a = 2 a\n");
        Files.write(folder.resolve("archive.npz"), archive(3, false));
        Files.write(folder.resolve("packed.npz"), archive(70_000, true));
        Files.writeString(folder.resolve("tensors.safetensors"), tensors(), StandardCharsets.ISO_8859_1);
        Cli made = Cli.run("certify", folder.resolve("table.csv"), "-o", folder.resolve("certificate.json"));
        assertThat(made.code()).as(made.err()).isZero();
    }

    private static byte[] npy(int rows, int columns) {
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
        String header = dictionary + " ".repeat(63 - (10 + dictionary.length()) % 64) + "\n";
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + 8 * rows * columns)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put(("NUMPY\u0001\u0000").getBytes(StandardCharsets.US_ASCII))
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < rows * columns; i++) {
            out.putDouble(i < 3 * columns ? i * i + 1 : 0);
        }
        return out.array();
    }

    private static byte[] archive(int rows, boolean packed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(packed ? 9 : 0);
            zip.putNextEntry(new ZipEntry("X.npy"));
            zip.write(npy(rows, 2));
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(npy(rows, 1));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static String tensors() {
        String header = "{\"X\":{\"dtype\":\"U8\",\"shape\":[3,2],\"data_offsets\":[0,6]},"
                + "\"y\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[6,9]}}";
        return (char) header.length() + "\0\0\0\0\0\0\0" + header + "\1\2\3\4\5\7\1\2\4";
    }

    private static Cli run(String command, String option, long value) {
        List<Object> arguments = new ArrayList<>(Arrays.asList((Object[]) command.split(" ")));
        arguments.replaceAll(each -> each.toString().contains(".") ? folder.resolve(each.toString()) : each);
        arguments.addAll(List.of(option, value, "--json"));
        return Cli.run(arguments.toArray());
    }

    /** The smallest value of the limit that passes; below what a refusal says is needed, none does. */
    private static long smallest(String command, String option) {
        long low = 0;
        long high = 1;
        for (Cli tried = run(command, option, high); tried.code() != 0; tried = run(command, option, high)) {
            assertThat(high).as(tried.out()).isLessThan(LARGEST);
            long needed = tried.json().path("limit").path("needed").asLong();
            low = option.equals("--max-memory") ? high : Math.max(high, needed - 1);
            high = Math.max(2 * high, low + 1);
        }
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (run(command, option, middle).code() == 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    @ParameterizedTest
    @CsvSource({
        "max-bytes, prove proof.derivation",
        "max-memory, prove proof.derivation",
        "max-bytes, check certificate.json",
        "max-depth, check certificate.json",
        "max-values, check certificate.json",
        "max-digits, check certificate.json",
        "max-dimension, check certificate.json",
        "max-bits, check certificate.json",
        "max-work, check certificate.json",
        "max-memory, check certificate.json",
        "max-bytes, explain certificate.json",
        "max-bits, explain certificate.json",
        "max-work, explain certificate.json",
        "max-memory, explain certificate.json",
        "max-bytes, certify table.csv",
        "max-depth, certify table.csv",
        "max-values, certify table.csv",
        "max-digits, certify table.csv",
        "max-dimension, certify table.csv",
        "max-bits, certify table.csv --evidence replay",
        "max-work, certify table.csv --evidence replay",
        "max-memory, certify table.csv --evidence replay",
        "max-rows, certify table.csv",
        "max-columns, certify table.csv",
        "max-rows, check certificate.json --input table.csv",
        "max-columns, check certificate.json --input table.csv",
        "max-rows, explain certificate.json --input table.csv",
        "max-columns, explain certificate.json --input table.csv",
        "max-rows, gram table.csv",
        "max-columns, gram table.csv",
        "max-digits, gram table.csv",
        "max-bytes, trace table.csv --at 1",
        "max-digits, trace table.csv --at 1",
        "max-rows, trace table.csv --at 1",
        "max-columns, trace table.csv --at 1",
        "max-memory, trace table.csv --at 1",
        "max-bits, trace table.csv --at 100",
        "max-rows, trace instance.json --at 1",
        "max-columns, trace instance.json --at 1",
        "max-digits, trace instance.json --at 1",
        "max-bytes, trace instance.json --at 1",
        "max-rows, trace matrix.mtx --labels-file labels.csv --at 1",
        "max-columns, trace matrix.mtx --labels-file labels.csv --at 1",
        "max-bytes, trace archive.npz --at 1",
        "max-rows, trace archive.npz --at 1",
        "max-columns, trace archive.npz --at 1",
        "max-arrays, trace archive.npz --at 1",
        "max-memory, trace archive.npz --at 1",
        "max-arrays, trace tensors.safetensors --at 1",
        "max-bytes, trace tensors.safetensors --at 1",
        "max-rows, trace tensors.safetensors --at 1"
    })
    void whatJustFitsPassesAndWhatDoesNotIsUndecided(String name, String command) {
        long limit = smallest(command, "--" + name);
        assertThat(limit).as("a limit that can be reached").isGreaterThan(1);
        Cli beyond = run(command, "--" + name, limit - 1);
        assertThat(beyond.code()).as(beyond.err() + beyond.out()).isEqualTo(ExitCode.UNDECIDED);
        JsonNode json = beyond.json();
        assertThat(json.path("verdict").asText()).isEqualTo("undecided");
        assertThat(json.path("reason").asText()).isEqualTo("limit");
        assertThat(json.path("limit").path("name").asText()).as(beyond.out()).isEqualTo(name);
        long allowed = json.path("limit").path("allowed").asLong();
        long needed = json.path("limit").path("needed").asLong();
        assertThat(needed).isGreaterThan(allowed);
        assertThat(allowed).isBetween(1L, limit - 1);
    }

    @Test
    void wellPackedMembersAreBeyondARatio() {
        Cli within = run("trace packed.npz --path binary64 --at 1 --step 1/1000000", "--max-ratio", 1100);
        assertThat(within.code()).as(within.err()).isZero();
        Cli beyond = run("trace packed.npz --path binary64 --at 1 --step 1/1000000", "--max-ratio", 2);
        assertThat(beyond.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(beyond.json().path("limit").path("name").asText()).isEqualTo("max-ratio");
        assertThat(beyond.json().path("limit").path("allowed").asInt()).isEqualTo(2);
    }

    @Test
    void anInstanceIsMadeWithinItsMemory() {
        String[] command = {"generate", "--family", "gaussian", "--n", "9", "--d", "4", "--max-memory", "9216"};
        assertThat(Cli.run((Object[]) command).code()).isZero();
        command[8] = "9215";
        Cli beyond = Cli.run((Object[]) command);
        assertThat(beyond.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(beyond.err()).contains("limit max-memory 9215, needed 9216 bytes");
        assertThat(beyond.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify", "check", "explain", "prove", "trace", "generate"})
    void everyHelpHasItsLimits(String verb) {
        String help = Cli.run(verb, "--help").out();
        assertThat(help).contains("Limits; beyond one the answer is undecided", "--max-time=TIME", "--max-memory=SIZE");
        assertThat(help.contains("--max-bits"))
                .isEqualTo(!List.of("generate", "prove").contains(verb));
        assertThat(help.contains("--max-work"))
                .isEqualTo(!List.of("generate", "prove", "trace").contains(verb));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-work 0",
                "--max-rows -1",
                "--max-digits many",
                "--max-time 5",
                "--max-time s",
                "--max-time 0s",
                "--max-time 1d",
                "--max-bytes 1T",
                "--max-depth 1 --max-depth 2"
            })
    void valuesThatAreNoLimitAreWrongUsage(String options) {
        List<Object> arguments = new ArrayList<>(List.of("certify", folder.resolve("table.csv"), "--json"));
        arguments.addAll(Arrays.asList((Object[]) options.split(" ")));
        Cli run = Cli.run(arguments.toArray());
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.MALFORMED);
        assertThat(run.json().path("verdict").asText()).isEqualTo("malformed");
        assertThat(run.json().path("reason").asText()).contains("--max-");
    }

    @Test
    void aDeadlineThatIsNotReachedChangesNothing() {
        for (String command : List.of(
                "check certificate.json", "trace table.csv --at 1", "certify table.csv", "prove proof.derivation")) {
            List<Object> arguments = new ArrayList<>(Arrays.asList((Object[]) command.split(" ")));
            arguments.replaceAll(each -> each.toString().contains(".") ? folder.resolve(each.toString()) : each);
            Cli plain = Cli.run(arguments.toArray());
            arguments.addAll(List.of("--max-time", "1h"));
            assertThat(Cli.run(arguments.toArray())).isEqualTo(plain);
        }
    }

    @Test
    void aReachedDeadlineIsUndecidedAndWritesNothing() {
        Path instance = Cli.gaussian(folder, 40, 12, 2000);
        Path target = folder.resolve("none.json");
        Cli run = Cli.run("certify", instance, "--max-time", "1ms", "--json", "-o", target);
        assertThat(run.code()).isEqualTo(ExitCode.UNDECIDED);
        assertThat(run.json().path("limit").path("name").asText()).isEqualTo("max-time");
        assertThat(run.err()).startsWith("loopcert: undecided: limit max-time 1 ms, needed more than ");
        assertThat(target).doesNotExist();
    }
}
