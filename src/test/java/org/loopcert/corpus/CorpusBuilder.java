package org.loopcert.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;

/**
 * Writes the corpus of certificates anew, from the data sets among the test resources, the seeds of the generator and
 * the changes listed in {@link RejectCorpus} and {@link MalformedCorpus}:
 *
 * <pre>
 *   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java -cp target/test-classes:target/classes:$(cat target/classpath) org.loopcert.corpus.CorpusBuilder certificates
 * </pre>
 *
 * {@link CorpusTest} fails while the files of the folder differ from what is built.
 */
public final class CorpusBuilder {
    private CorpusBuilder() {}

    /** Writes the corpus below the folder named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        for (String part : List.of("accept", "bound", "reject", "malformed", "counterexamples")) {
            try (Stream<Path> old =
                    Files.exists(root.resolve(part)) ? Files.walk(root.resolve(part)) : Stream.empty()) {
                for (Path file : old.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, byte[]> file : all().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** Every file of the corpus by its path below the folder of certificates. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, byte[]> twins = Twins.all();
        accept(files, twins);
        bound(files);
        reject(files, twins);
        malformed(files, twins.get("minimal"));
        counterexamples(files);
        return files;
    }

    /** They have a folder of their own, since it is not the kernel of certificates alone that judges them. */
    private static void counterexamples(Map<String, byte[]> files) {
        List<Texts.Field> manifest = new ArrayList<>();
        CounterexampleCorpus.all().forEach((path, entry) -> {
            files.put("counterexamples/" + path, entry.file());
            List<Texts.Field> fields = new ArrayList<>(List.of(verdict(entry.verdict())));
            if (!entry.reason().isEmpty()) {
                fields.add(text("reason", entry.reason()));
            }
            fields.add(
                    entry.twin().isEmpty()
                            ? text("kind", "counterexample")
                            : text("twin", "accept/" + entry.twin() + ".json"));
            manifest.add(entry(path, fields.toArray(Texts.Field[]::new)));
        });
        files.put("counterexamples/manifest.json", print(manifest));
    }

    private static void accept(Map<String, byte[]> files, Map<String, byte[]> twins) {
        Map<String, byte[]> accepted = new TreeMap<>();
        AcceptCorpus.problems().forEach((path, problem) -> accepted.put(path, AcceptCorpus.certify(problem)));
        accepted.putAll(AcceptCorpus.trajectories());
        twins.forEach((name, file) -> accepted.put("twins/" + name + ".json", file));
        List<Texts.Field> manifest = new ArrayList<>();
        accepted.forEach((path, file) -> {
            files.put("accept/" + path, file);
            boolean refutation = ((Json.Str) Edit.of(file).get("kind")).text().equals("refutation");
            manifest.add(entry(path, verdict("accepted"), text("kind", refutation ? "refutation" : "certificate")));
        });
        files.put("accept/manifest.json", print(manifest));
    }

    /** Without its data set this certificate is undecided, so that it has a folder of its own. */
    private static void bound(Map<String, byte[]> files) {
        String name = AcceptCorpus.BOUND;
        files.put("bound/" + name + ".json", AcceptCorpus.bound());
        files.put("bound/" + name + ".csv", AcceptCorpus.csv(name));
        files.put(
                "bound/manifest.json",
                print(List.of(entry(
                        name + ".json",
                        verdict("undecided"),
                        text("reason", "needs-input"),
                        text("input", name + ".csv"),
                        text("verdictWithInput", "accepted")))));
    }

    private static void reject(Map<String, byte[]> files, Map<String, byte[]> twins) {
        List<Texts.Field> manifest = new ArrayList<>();
        RejectCorpus.all(twins).forEach((path, flawed) -> {
            files.put("reject/" + path, flawed.file());
            manifest.add(entry(
                    path,
                    verdict("rejected"),
                    text("reason", flawed.reason().code()),
                    Texts.field("line", Texts.count(flawed.line())),
                    text("twin", "../accept/twins/" + flawed.twin() + ".json")));
        });
        files.put("reject/manifest.json", print(manifest));
    }

    private static void malformed(Map<String, byte[]> files, byte[] twin) {
        List<Texts.Field> manifest = new ArrayList<>();
        MalformedCorpus.all(twin).forEach((path, refused) -> {
            files.put("malformed/" + path, refused.file());
            Texts.Field origin = text("twin", "../accept/twins/minimal.json");
            manifest.add(
                    refused.undecided().isEmpty()
                            ? entry(path, verdict("malformed"), origin)
                            : entry(
                                    path,
                                    verdict("undecided"),
                                    text("reason", refused.undecided().get().code()),
                                    Texts.field("line", Texts.count(refused.line())),
                                    origin));
        });
        hostile(files, manifest);
        files.put("malformed/manifest.json", print(manifest));
    }

    /** Inputs, which are checked with a certificate that stands beside them. */
    private static void hostile(Map<String, byte[]> files, List<Texts.Field> manifest) {
        String folder = "inputs/";
        String certificate = folder + HostileInputs.CERTIFICATE;
        files.put("malformed/" + certificate, HostileInputs.certificate());
        manifest.add(entry(certificate, verdict("accepted"), text("kind", "certificate")));
        HostileInputs.all().forEach((name, input) -> {
            files.put("malformed/" + folder + name, input.file());
            List<Texts.Field> fields = new ArrayList<>(List.of(text("certificate", certificate)));
            if (!input.options().isEmpty()) {
                fields.add(Texts.field(
                        "options",
                        Texts.array(input.options().stream()
                                .<Json>map(Texts::string)
                                .toList())));
            }
            fields.add(verdict(input.verdict()));
            input.limit().ifPresent(limit -> fields.addAll(List.of(text("reason", "limit"), text("limit", limit))));
            if (!input.verdict().equals("accepted")) {
                fields.add(text("twin", folder + "twin" + name.substring(name.lastIndexOf('.'))));
            }
            manifest.add(entry(folder + name, fields.toArray(Texts.Field[]::new)));
        });
    }

    private static Texts.Field verdict(String word) {
        return text("verdict", word);
    }

    private static Texts.Field text(String name, String value) {
        return Texts.field(name, Texts.string(value));
    }

    private static Texts.Field entry(String path, Texts.Field... fields) {
        return Texts.field(path, Texts.object(fields));
    }

    private static byte[] print(List<Texts.Field> entries) {
        return Json.print(Texts.object(entries));
    }

    static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
