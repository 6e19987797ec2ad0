package org.loopcert.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.agreement.AgreementGate.Disagreement;
import org.loopcert.agreement.Checker.Answer;
import org.loopcert.agreement.Checker.Program;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A wrong sign in one checker, of which the gate must tell: in the kernel, in the Python checker, and in what hands data
 * to the function that is proved in Coq, where no proof would notice.
 */
class PlantedSignErrorsTest {
    private static final Path ROOT = Path.of("certificates");
    private static final Path BUILT = Path.of("target", "coq", "ocaml");
    private static final String KERNEL = "org/loopcert/kernel/";
    private static final long LARGEST = 5000;
    private static final int SECONDS = 2;

    private static Checkers checkers;
    private static List<Path> files;
    private static final Map<String, Checker> SOUND = new TreeMap<>();

    @TempDir
    private Path folder;

    /** Answers that were given before. */
    private record Recorded(String name, Map<Path, Answer> given) implements Checker {
        static Recorded of(Checker checker, List<Path> files) {
            List<Answer> answers = checker.answers(files);
            Map<Path, Answer> given = new TreeMap<>();
            for (int i = 0; i < files.size(); i++) {
                given.put(files.get(i), answers.get(i));
            }
            return new Recorded(checker.name(), given);
        }

        @Override
        public List<Answer> answers(List<Path> asked) {
            return asked.stream().map(given::get).toList();
        }
    }

    /** A checker that says something else than another one does. */
    private record Altered(Checker other, UnaryOperator<Answer> change) implements Checker {
        @Override
        public String name() {
            return other.name();
        }

        @Override
        public List<Answer> answers(List<Path> asked) {
            return other.answers(asked).stream().map(change).toList();
        }
    }

    @BeforeAll
    static void answersOfSoundCheckers() {
        checkers = Checkers.found();
        files = Stream.of("accept", "reject")
                .flatMap(below -> AgreementGate.certificates(ROOT.resolve(below)).stream())
                .filter(file -> file.toFile().length() <= LARGEST)
                .toList();
        checkers.programs().forEach(program -> SOUND.put(program.name(), Recorded.of(program, files)));
    }

    /** What the gate finds when this checker takes the place of the sound one of the same name. */
    private List<Disagreement> disagreements(Checker planted) {
        List<Checker> compared = new ArrayList<>(List.of(planted));
        SOUND.values().stream()
                .filter(sound -> !sound.name().equals(planted.name()))
                .forEach(compared::add);
        if (compared.size() < 2) {
            checkers.require(Checkers.required());
        }
        AgreementGate gate = new AgreementGate(compared, folder.resolve("kept"));
        gate.compare(files);
        return gate.disagreements();
    }

    /** The files of disagreements, in each of which it is this checker that stands alone. */
    private List<String> caught(Checker planted) {
        List<Disagreement> found = disagreements(planted);
        assertThat(found).allSatisfy(each -> {
            Answer wrong = each.answers().get(planted.name());
            assertThat(each.answers().values().stream().filter(answer -> !answer.equals(wrong)))
                    .hasSize(each.answers().size() - 1);
            assertThat(folder.resolve("kept").resolve(each.file().getFileName()))
                    .exists();
        });
        return found.stream()
                .map(each -> ROOT.relativize(each.file()).toString())
                .toList();
    }

    /** The file with one text in it exchanged for another. */
    private static String replaced(Path file, String text, String by) throws IOException {
        String source = Files.readString(file);
        assertThat(source.split(Pattern.quote(text), -1).length - 1)
                .as("how often '%s' stands in %s", text, file)
                .isEqualTo(1);
        return source.replace(text, by);
    }

    private static ClassNode read(String name) {
        try (InputStream stream = PlantedSignErrorsTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
            ClassNode node = new ClassNode();
            new ClassReader(stream).accept(node, 0);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program java(ClassNode changed) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        changed.accept(writer);
        Path file = folder.resolve("classes").resolve(changed.name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, writer.toByteArray());
        return Program.java(List.of(folder.resolve("classes")));
    }

    /** The kernel with the last of so many calls of {@code subtract} in a method made one of {@code add}. */
    private Program javaWithSum(String owner, String method, int count) throws IOException {
        ClassNode node = read(KERNEL + owner);
        List<MethodInsnNode> calls = node.methods.stream()
                .filter(each -> each.name.equals(method))
                .flatMap(each -> Stream.of(each.instructions.toArray()))
                .filter(MethodInsnNode.class::isInstance)
                .map(MethodInsnNode.class::cast)
                .filter(call -> call.name.equals("subtract"))
                .toList();
        assertThat(calls).as("differences in %s of %s", method, owner).hasSize(count);
        calls.get(count - 1).name = "add";
        return java(node);
    }

    private Program python(String text, String by) throws IOException {
        checkers.get("python");
        Path script = folder.resolve("check.py");
        Files.writeString(script, replaced(ROOT.resolve("check.py"), text, by));
        return Program.python(script, SECONDS);
    }

    /** The extracted checker, linked again with a source around it changed. */
    private Program coq(String source, String text, String by) throws IOException, InterruptedException {
        checkers.get("coq");
        Path ocaml = Files.createDirectories(folder.resolve("ocaml"));
        List<String> extracted = List.of("checker.cmi", "checker.cmx", "checker.o");
        List<String> sources = List.of("json.ml", "reader.ml", "main.ml");
        for (String name : Stream.concat(extracted.stream(), sources.stream()).toList()) {
            Files.copy(BUILT.resolve(name), ocaml.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(ocaml.resolve(source), replaced(BUILT.resolve(source), text, by));
        Path log = folder.resolve("ocaml.log");
        List<String> command = new ArrayList<>(
                List.of("ocamlfind", "ocamlopt", "-package", "zarith", "-O3", "-linkpkg", "-w", "-a", "checker.cmx"));
        command.addAll(sources);
        command.addAll(List.of("-o", "loopcert-coq-check"));
        Process process = new ProcessBuilder(command)
                .directory(ocaml.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Program.coq(ocaml.resolve("loopcert-coq-check"));
    }

    @Test
    void soundCheckersAgreeAlsoWhenTheyAreCopied() throws IOException, InterruptedException {
        assertThat(SOUND.values().iterator().next().answers(files)).hasSizeGreaterThan(300);
        assertThat(disagreements(Program.java())).isEmpty();
        assertThat(disagreements(java(read(KERNEL + "ContractionRules")))).isEmpty();
        assertThat(disagreements(python("return sum(map(mul, a, b))", "return sum(map(mul, b, a))")))
                .isEmpty();
        assertThat(disagreements(coq("reader.ml", "(2 * int_of_positive p) + 1", "1 + (2 * int_of_positive p)")))
                .isEmpty();
    }

    /** The factor becomes 1 + eta mu: everything is accepted as before, with other conclusions. */
    @Test
    void signErrorInTheKernelsFactorIsCaught() throws IOException {
        assertThat(caught(javaWithSum("ContractionRules", "smallStepFactor", 1)))
                .contains("accept/twins/values.json")
                .allMatch(name -> name.startsWith("accept/"));
    }

    /** Slack grows with what is off the diagonal: some that is not dominant is accepted. */
    @Test
    void signErrorInTheKernelsDominanceIsCaught() throws IOException {
        assertThat(caught(javaWithSum("SpectrumRules$Semidefinite", "dominate", 2)))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("reject/"));
    }

    @Test
    void signErrorInPythonsFactorIsCaught() throws IOException {
        assertThat(caught(python(
                        "1 - step.constant * low.bound, self.loops", "1 + step.constant * low.bound, self.loops")))
                .contains("accept/twins/values.json")
                .allMatch(name -> name.startsWith("accept/"));
    }

    @Test
    void signErrorInPythonsDominanceIsCaught() throws IOException {
        assertThat(caught(python("2 * rest[i] >= sum(map(abs, rest))", "2 * rest[i] >= -sum(map(abs, rest))")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("reject/"));
    }

    /** Numbers are read without their sign. */
    @Test
    void signErrorInTheNumbersReadForCoqIsCaught() throws IOException, InterruptedException {
        String read = "Integer.of_substring s ~pos:first ~len:(last - first)";
        assertThat(caught(coq("reader.ml", read, "Integer.abs (" + read + ")")))
                .anyMatch(name -> name.startsWith("accept/"));
    }

    /** Fractions change their sign on the way to a common denominator, and integers do not. */
    @Test
    void signErrorInTheCommonDenominatorForCoqIsCaught() throws IOException, InterruptedException {
        String scaled = "Integer.mul entry.num (Integer.divexact scale entry.den)";
        assertThat(caught(coq("reader.ml", scaled, "Integer.neg (" + scaled + ")")))
                .anyMatch(name -> name.startsWith("accept/"));
    }

    /** Differences of big integers become sums, under a function that is proved for differences. */
    @Test
    void signErrorInTheArithmeticGivenToCoqIsCaught() throws IOException, InterruptedException {
        assertThat(caught(coq("main.ml", "Integer.add Integer.sub", "Integer.add Integer.add")))
                .anyMatch(name -> name.startsWith("accept/"));
    }

    /** Conclusions are printed with the sign of a numerator lost: nothing but their comparison tells. */
    @Test
    void signErrorInTheConclusionsOfCoqIsCaught() throws IOException, InterruptedException {
        String numerator = "let p = Integer.divexact num g";
        assertThat(caught(coq("main.ml", numerator, "let p = Integer.divexact (Integer.abs num) g")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("accept/"));
    }

    @Test
    void checkerThatAlwaysAcceptsIsCaught() {
        Answer accepted = new Answer("accepted certificate", List.of());
        assertThat(caught(new Altered(SOUND.get("java"), answer -> accepted)))
                .containsAll(names("reject"))
                .containsAll(names("accept"));
    }

    /** It knows what to accept, and claims a little more than follows. */
    @Test
    void checkerOfOtherConclusionsIsCaught() {
        UnaryOperator<Answer> change = answer -> {
            List<String> lines = new ArrayList<>(answer.conclusions());
            lines.replaceAll(line -> line.startsWith("1 ") ? line + "0" : line);
            return new Answer(answer.verdict(), lines);
        };
        assertThat(caught(new Altered(SOUND.get("java"), change))).containsExactlyElementsOf(names("accept"));
    }

    @Test
    void checkerThatNeverAcceptsIsCaught() {
        Answer rejected = new Answer("rejected rank 1", List.of());
        assertThat(caught(new Altered(SOUND.get("java"), answer -> rejected)))
                .containsExactlyElementsOf(names("accept"));
    }

    private static List<String> names(String below) {
        return files.stream()
                .map(file -> ROOT.relativize(file).toString())
                .filter(name -> name.startsWith(below + "/"))
                .toList();
    }
}
