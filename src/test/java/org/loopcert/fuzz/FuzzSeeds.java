package org.loopcert.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.loopcert.input.ArrayBytes;
import org.loopcert.kernel.Kernel;

/** Where a fuzzer starts: small files that are read, files that are refused, and the words of the formats. */
final class FuzzSeeds {
    /** Inputs that once broke what they should not, one folder for each target. */
    static final Path FINDINGS = Path.of("src/test/resources/org/loopcert/fuzz");

    private static final Path CERTIFICATES = Path.of("certificates");
    private static final int MOST_OF_A_FOLDER = 60;

    private FuzzSeeds() {}

    /** The inputs to start from, by name. */
    static Map<String, byte[]> of(FuzzTarget target) {
        Map<String, byte[]> seeds = new TreeMap<>(findings(target));
        List<byte[]> more =
                switch (target) {
                    case CERTIFICATE, EXPLAIN, SEALED_CERTIFICATE -> certificates(target);
                    case MANIFEST ->
                        texts(
                                "{\"empty.json\":{\"verdict\":\"malformed\"}}",
                                "{\"empty.json\":{\"verdict\":\"rejected\",\"reason\":\"premise\",\"line\":3,\"twin\":\"a\"}}",
                                "{}");
                    case INSTANCE_JSON ->
                        texts(
                                "{\"X\": [[1, 0.1], [\"2/4\", 1e-2]], \"y\": [3, \"-.5\"], \"theta\": [\"3/5\", \"4/5\"],"
                                        + " \"alpha\": \"-7/2\", \"start\": [0, 1], \"loops\": 5, \"step\": \"1/8\"}",
                                "{\"X\": [[1], [2]], \"theta\": [1], \"step\": [\"1/8\", 0.5], \"loops\": 2}",
                                "{\"X\": [[3]], \"y\": [1], \"step\": \"chebyshev\"}",
                                "{\"X\": [[3]], \"y\": [1], \"step\": \"lambda-max\", \"alpha\": 1e2}");
                    case CSV -> texts(table(","), "a,b\r\n\"1\",2\r\n3,\"4\"\r\n", "\ufeffx,y\n1,NA\n", "1,2\n3,4\n");
                    case TSV -> texts(table("\t"), "a\tb\n1\t2\n");
                    case NPY, NPZ_MEMBERS -> npy();
                    case NPZ -> npz();
                    case SAFETENSORS -> safetensors();
                    case MATRIX_MARKET ->
                        texts(
                                "%%MatrixMarket matrix coordinate real general\n% a\n3 2 4\n1 1 1.5\n2 1 -2e3\n3 2 7\n1 2 .25\n",
                                "%%MatrixMarket matrix array integer symmetric\n2 2\n1\n-22\n333\n",
                                "%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 1\n2 2\n",
                                "%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 5\n");
                    case VECTOR ->
                        Stream.concat(
                                        texts("[1, \"2/3\", -0.5]", "theta\n1\n2/3\n", "1e-3\n+.5\n").stream(),
                                        Stream.of(
                                                ArrayBytes.npy("(2,)", 1, 2),
                                                ascii("%%MatrixMarket matrix array real general\n2 1\n1\n2\n")))
                                .toList();
                    case NUMBER -> texts("3", "-0.25", "1e-3", ".5", "5.", "+10/4", "1E+05", "nan", "0/1");
                    case STEP -> texts("auto", "chebyshev", "lambda-max", "1/8", "1/8, 0.5,-3e-2");
                };
        for (int k = 0; k < more.size(); k++) {
            seeds.put(String.format("seed-%03d", k), more.get(k));
        }
        return seeds;
    }

    /** The stored inputs of a target, by file name; none where it has none. */
    static Map<String, byte[]> findings(FuzzTarget target) {
        Path folder = FINDINGS.resolve(target.word());
        return Files.isDirectory(folder) ? files(folder, Integer.MAX_VALUE) : Map.of();
    }

    /** Words that a fuzzer may put in, in the spelling of libFuzzer's dictionaries. */
    static String dictionary() {
        Set<String> words = new TreeSet<>(Kernel.ruleNames());
        words.addAll(Arrays.asList(("format kind instance cost lines X y theta alpha start loops step eta etas constant"
                        + " schedule lambda-max line rule premises witness bound vector weight grid bits scale lower upper"
                        + " hypothesis theorem sha256 certificate refutation measured elimination method descr"
                        + " fortran_order shape True False dtype data_offsets __metadata__ F64 F32 F16 BF16 I8 U64 BOOL"
                        + " coordinate array real integer pattern general symmetric skew-symmetric complex hermitian"
                        + " auto chebyshev nan -inf 1e9999 1/0 2147483648 9223372036854775807 18446744073709551616")
                .split(" ")));
        words.addAll(List.of("[[", "]]", "<f8", ">f4", "|i1", "<u2", "|O", "(0,)", "(2, 3)", "%%MatrixMarket"));
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append('"').append(word).append("\"\n"));
        return text.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<byte[]> texts(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String table(String separator) {
        return "a,b,y\n1,2.5,-3\n4/5,1e2,.5\n-7,0,12\n".replace(",", separator);
    }

    private static List<byte[]> npy() {
        List<byte[]> seeds = new ArrayList<>(List.of(
                ArrayBytes.npy("(2, 3, 2)", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
                ArrayBytes.npy("(2, 2)", 1, 2, 3, 4),
                ArrayBytes.npy("(2,)", 1.5, -2)));
        for (String descr : List.of("<f4", ">f4", "<f2", ">i4", "<u4")) {
            int size = descr.charAt(2) - '0';
            seeds.add(ArrayBytes.npy(descr, size == 4, "(3, 2)", new byte[6 * size]));
        }
        seeds.add(ArrayBytes.npy(
                2, "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2), }", new byte[] {1, 2, 3, 4}));
        seeds.add(
                ArrayBytes.npy(3, "{\"shape\":(1,2,),'descr':'|u1','fortran_order':True}", new byte[] {(byte) 200, 2}));
        return seeds;
    }

    private static List<byte[]> npz() {
        List<byte[]> seeds = new ArrayList<>();
        for (boolean deflate : new boolean[] {false, true}) {
            seeds.add(ArrayBytes.zip(
                    deflate,
                    new TreeMap<>(Map.of(
                            "X.npy", ArrayBytes.npy("(2, 1)", 1.5, -2), "y.npy", ArrayBytes.npy("(2,)", 3, 4)))));
            seeds.add(ArrayBytes.zip(
                    deflate,
                    new TreeMap<>(Map.of(
                            "xs.npy", ArrayBytes.npy("(2, 3, 1)", 1, 2, 3, 4, 5, 6),
                            "ys.npy", ArrayBytes.npy("(2, 3)", 1, 2, 3, 4, 5, 6)))));
            seeds.add(ArrayBytes.zip(deflate, Map.of("Z.npy", ArrayBytes.npy("(2, 2)", 1, 2, 3, 4))));
        }
        return seeds;
    }

    private static List<byte[]> safetensors() {
        return List.of(
                ArrayBytes.safetensors(
                        "{\"__metadata__\":{\"a\":\"b\"},\"xs\":{\"dtype\":\"I8\",\"shape\":[2,3,1],"
                                + "\"data_offsets\":[0,6]},\"ys\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[6,30]}}",
                        new byte[30]),
                ArrayBytes.safetensors(
                        "{\"Z\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]}}  ",
                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
                ArrayBytes.safetensors(
                        "{\"Z\":{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[0,16]}}",
                        ArrayBytes.doubles(1.5, -2)));
    }

    private static List<byte[]> certificates(FuzzTarget target) {
        List<byte[]> seeds = new ArrayList<>();
        seeds.addAll(
                files(CERTIFICATES.resolve("accept/twins"), MOST_OF_A_FOLDER).values());
        if (target != FuzzTarget.SEALED_CERTIFICATE) {
            seeds.addAll(
                    files(CERTIFICATES.resolve("malformed"), MOST_OF_A_FOLDER).values());
        }
        seeds.addAll(files(CERTIFICATES.resolve("reject"), MOST_OF_A_FOLDER).values());
        return seeds;
    }

    /** Files below a folder that are short enough to fuzz, evenly chosen. */
    private static Map<String, byte[]> files(Path folder, int most) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> all = tree.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() <= FuzzTarget.LONGEST)
                    .sorted()
                    .toList();
            Map<String, byte[]> chosen = new TreeMap<>();
            int stride = Math.max(1, (all.size() + most - 1) / most);
            for (int k = 0; k < all.size(); k += stride) {
                chosen.put(folder.relativize(all.get(k)).toString().replace('\\', '/'), Files.readAllBytes(all.get(k)));
            }
            return chosen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
