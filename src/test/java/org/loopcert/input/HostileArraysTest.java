package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigRational;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assumptions;
import org.loopcert.ring.RationalField;

/** Random arrays come back as they were written; random damage ends in a refusal, in little memory. */
class HostileArraysTest {
    private static final InputLimits LIMITS =
            InputLimits.DEFAULT.withMaxBytes(1 << 16).withMaxValueBytes(1 << 18);

    /** Many times what the files and their numbers take, far below what their headers can claim. */
    private static final long MOST_ALLOCATED = 4 << 20;

    private static final Map<String, String> SAFETENSORS_NAMES = Map.of(
            "f2", "F16", "f4", "F32", "f8", "F64", "i1", "I8", "i2", "I16", "i4", "I32", "i8", "I64", "u1", "U8", "u2",
            "U16", "u4", "U32");

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("arrays");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The value of big-endian bytes by the arithmetic of Java; null where not finite. */
    private static BigRational value(String kind, byte[] bytes) {
        double wide;
        switch (kind) {
            case "f8" -> wide = ByteBuffer.wrap(bytes).getDouble();
            case "f4" -> wide = ByteBuffer.wrap(bytes).getFloat();
            case "f2" -> {
                int bits = ByteBuffer.wrap(bytes).getShort();
                int exponent = bits >> 10 & 31;
                double magnitude = exponent == 31
                        ? Double.NaN
                        : exponent == 0
                                ? Math.scalb(bits & 1023, -24)
                                : Math.scalb(1024.0 + (bits & 1023), exponent - 25);
                wide = bits < 0 ? -magnitude : magnitude;
            }
            default -> {
                BigInteger whole = kind.charAt(0) == 'i' ? new BigInteger(bytes) : new BigInteger(1, bytes);
                return BigRational.valueOf(whole);
            }
        }
        return Double.isFinite(wide) ? RationalField.canonical(BigRational.valueOf(new BigDecimal(wide))) : null;
    }

    @Property(tries = 500)
    void arraysComeBackAsTheyWereWritten(
            @ForAll long seed, @ForAll @IntRange(max = 4) int axes, @ForAll boolean fortran) throws Exception {
        Random random = new Random(seed);
        List<String> kinds = List.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8");
        String kind = kinds.get(random.nextInt(kinds.size()));
        int size = kind.charAt(1) - '0';
        int[] shape = new int[axes];
        int count = 1;
        for (int axis = 0; axis < axes; axis++) {
            shape[axis] = random.nextInt(5);
            count *= shape[axis];
        }
        boolean big = random.nextBoolean();
        byte[] entries = new byte[count * size];
        List<BigRational> expected = new ArrayList<>();
        int[] index = new int[axes];
        for (int k = 0; k < count; k++) {
            byte[] bytes = new byte[size];
            BigRational value;
            do {
                random.nextBytes(bytes);
                value = value(kind, bytes);
            } while (value == null);
            expected.add(value);
            // Horner's rule over the axes, slowest first
            int place = 0;
            for (int a = 0; a < axes; a++) {
                int axis = fortran ? axes - 1 - a : a;
                place = place * shape[axis] + index[axis];
            }
            for (int b = 0; b < size; b++) {
                entries[place * size + b] = bytes[big ? b : size - 1 - b];
            }
            for (int axis = axes - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        String lengths = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '" + (big ? ">" : "<") + kind + "', 'fortran_order': "
                + (fortran ? "True" : "False") + ", 'shape': (" + lengths + (axes == 1 ? ",)" : ")") + ", }";
        byte[] npy = ArrayBytes.npy(1 + random.nextInt(3), dictionary, entries);
        assertThat(values("a.npy", npy)).isEqualTo(expected);
        for (boolean deflate : new boolean[] {false, true}) {
            assertThat(values("a.npz", ArrayBytes.zip(deflate, Map.of("a.npy", npy))))
                    .isEqualTo(expected);
        }
        if (!big && !fortran && SAFETENSORS_NAMES.containsKey(kind)) {
            String header = "{\"a\":{\"dtype\":\"" + SAFETENSORS_NAMES.get(kind) + "\",\"shape\":["
                    + lengths.replace(" ", "") + "],\"data_offsets\":[0," + entries.length + "]}}";
            assertThat(values("a.safetensors", ArrayBytes.safetensors(header, entries)))
                    .isEqualTo(expected);
        }
    }

    private static List<BigRational> values(String name, byte[] bytes) throws InputException {
        Path path = TestFiles.write(folder, name, bytes);
        return ArrayBytes.values(
                ArrayFile.open(path, InputLimits.DEFAULT).arrays().get(0));
    }

    @Property(tries = 3000)
    void damagedNpyFilesAreReadOrRefused(@ForAll long seed) {
        damage("d.npy", ArrayBytes.npy("(2, 3, 2)", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), seed);
    }

    @Property(tries = 3000)
    void damagedArchivesAreReadOrRefused(@ForAll long seed) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("xs.npy", ArrayBytes.npy("(2, 3, 1)", 1, 2, 3, 4, 5, 6));
        members.put("ys.npy", ArrayBytes.npy("(2, 3)", 1, 2, 3, 4, 5, 6));
        damage("d.npz", ArrayBytes.zip((seed & 1) == 0, members), seed);
    }

    @Property(tries = 3000)
    void damagedSafetensorsAreReadOrRefused(@ForAll long seed) {
        String header = "{\"__metadata__\":{\"a\":\"b\"},\"xs\":{\"dtype\":\"I8\",\"shape\":[2,3,1],"
                + "\"data_offsets\":[0,6]},\"ys\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[6,30]}}";
        damage("d.safetensors", ArrayBytes.safetensors(header, new byte[30]), seed);
    }

    @Property(tries = 3000)
    void damagedMatricesAreReadOrRefused(@ForAll long seed) {
        String text = (seed & 1) == 0
                ? "%%MatrixMarket matrix coordinate real general\n% a\n3 2 4\n1 1 1.5\n2 1 -2e3\n3 2 7\n1 2 .25\n"
                : "%%MatrixMarket matrix array integer symmetric\n2 2\n1\n-22\n333\n";
        damage("d.mtx", text.getBytes(StandardCharsets.US_ASCII), seed);
    }

    @Example
    void damagedFilesOfRealLibrariesAreReadOrRefused() throws IOException {
        String data = System.getProperty("loopcert.data", "");
        Path root = Path.of(data).resolve("public");
        Assumptions.assumeTrue(
                !data.isEmpty() && Files.isDirectory(root), "needs the folder named by -Dloopcert.data, with public/");
        List<Path> files;
        try (var tree = Files.walk(root)) {
            files = tree.filter(file -> file.toString().matches(".*\\.(npy|npz|safetensors|mtx)"))
                    .filter(file -> file.toFile().length() < LIMITS.maxBytes())
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            String name = "real-" + file.getFileName();
            for (long seed = 0; seed < 200; seed++) {
                damage(name, whole, seed);
            }
        }
    }

    private static void damage(String name, byte[] whole, long seed) {
        Random random = new Random(seed);
        byte[] bytes = whole.clone();
        for (int edits = 1 + random.nextInt(4); edits > 0 && bytes.length > 0; edits--) {
            bytes = edited(bytes, random);
        }
        Path path = TestFiles.write(folder, name, bytes);
        Path theta = folder.resolve("theta.json");
        if (!Files.exists(theta)) {
            TestFiles.write(folder, "theta.json", "[1, 2]");
        }
        boolean stack = !name.endsWith(".mtx");
        InputOptions options = stack ? InputOptions.NONE.withIndex(1) : InputOptions.NONE.withTheta(theta);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Problem problem = InputReader.read(path, options, LIMITS);
            assertThat(problem.examples()).isPositive();
        } catch (InputException e) {
            // a matrix that lost or won a column is refused at the file of theta
            assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
            assertThat(e.expected()).isNotEmpty();
            assertThat(e.found()).isNotEmpty();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
    }

    private static byte[] edited(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        byte[] edited = bytes.clone();
        switch (random.nextInt(7)) {
            case 0 -> edited[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> edited[at] = (byte) random.nextInt(256);
            case 2 -> edited[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
            case 3 -> {
                // digits become other digits, which reach the numbers of every header
                for (int k = 0; k < bytes.length; k++) {
                    int i = (at + k) % bytes.length;
                    if (bytes[i] >= '0' && bytes[i] <= '9') {
                        edited[i] = (byte) ('0' + random.nextInt(10));
                        break;
                    }
                }
            }
            case 4 -> edited = Arrays.copyOf(bytes, at);
            case 5 -> {
                int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
                edited = new byte[bytes.length - length];
                System.arraycopy(bytes, 0, edited, 0, at);
                System.arraycopy(bytes, at + length, edited, at, bytes.length - at - length);
            }
            default -> {
                int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
                edited = new byte[bytes.length + length];
                System.arraycopy(bytes, 0, edited, 0, at + length);
                System.arraycopy(bytes, at, edited, at + length, bytes.length - at);
            }
        }
        return edited;
    }
}
