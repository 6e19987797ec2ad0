package org.loopcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged test-support jar beside the packaged program: what is in it, and the example project compiled and run
 * against the two jars and the test libraries alone, without Maven and without a network.
 */
class SupportJarIT {
    private static final Path SUPPORT = Path.of("target", "loopcert-test-support.jar");
    private static final Path SOURCES = Path.of("src", "testkit", "java");
    private static final Path EXAMPLE = Path.of("src", "testkit", "example", "src", "test");

    /** What a user's project declares beside loopcert, with what these libraries need themselves. */
    private static final List<String> TEST_LIBRARIES = List.of(
            "/org/junit/",
            "/org/opentest4j/",
            "/org/apiguardian/",
            "/org/jspecify/",
            "/org/assertj/",
            "/net/bytebuddy/",
            "/net/jqwik/");

    @TempDir
    static Path folder;

    private static Path classes;

    @BeforeAll
    static void compileTheExample() throws IOException {
        classes = Files.createDirectory(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    jars(),
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-Xlint:all,-classfile",
                                    "-Werror"),
                            null,
                            files.getJavaFileObjectsFromPaths(regularFiles(EXAMPLE.resolve("java"))))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    private static List<Path> regularFiles(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The two jars, and the test libraries of this build. */
    private static String jars() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Stream<String> libraries = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> TEST_LIBRARIES.stream().anyMatch(entry.replace(File.separatorChar, '/')::contains));
        return Stream.concat(
                        Stream.of(LoopcertJar.jar(), SUPPORT.toAbsolutePath().toString()), libraries)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private record Run(int code, String output) {
        /** The compiled example with these resources, as the console launcher of JUnit runs it. */
        static Run of(Path resources) throws IOException, InterruptedException {
            Path output = Files.createTempFile(folder, "run", ".txt");
            String classPath = String.join(
                    File.pathSeparator,
                    classes.toString(),
                    resources.toAbsolutePath().toString(),
                    jars());
            Process process = new ProcessBuilder(
                            LoopcertJar.java(),
                            "-Djqwik.database=" + folder.resolve("jqwik-database"),
                            "-cp",
                            classPath,
                            "org.junit.platform.console.ConsoleLauncher",
                            "execute",
                            "--scan-class-path=" + classes,
                            "--fail-if-no-tests",
                            "--disable-banner",
                            "--disable-ansi-colors",
                            "--details=tree",
                            "--details-theme=ascii")
                    .directory(Path.of("src", "testkit", "example").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as(text).isTrue();
            return new Run(process.exitValue(), text);
        }
    }

    @Test
    void holdsTheTestKitAndNothingElse() throws IOException {
        Set<String> expected = regularFiles(SOURCES).stream()
                .map(file -> SOURCES.relativize(file).toString().replace(File.separatorChar, '/'))
                .map(name -> name.replaceAll("\\.java$", ".class"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = entries(SUPPORT).stream()
                .filter(name -> !name.startsWith("META-INF/"))
                .map(name -> name.replaceAll("\\$[^/]*\\.class$", ".class"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(expected).contains("org/loopcert/testing/LoopcertAssertions.class");
        assertThat(entries(SUPPORT))
                .contains("META-INF/services/net.jqwik.api.providers.ArbitraryProvider")
                .filteredOn(name -> name.startsWith("META-INF/services/"))
                .hasSize(1);
    }

    @Test
    void theProgramHoldsNeitherItNorTestLibraries() throws IOException {
        assertThat(entries(Path.of(LoopcertJar.jar())))
                .contains("org/loopcert/cli/Main.class")
                .noneMatch(name -> name.startsWith("org/loopcert/testing/")
                        || name.startsWith("org/junit/")
                        || name.startsWith("net/jqwik/")
                        || name.startsWith("org/assertj/")
                        || name.endsWith("net.jqwik.api.providers.ArbitraryProvider"));
    }

    @Test
    void theExamplePasses() throws IOException, InterruptedException {
        Run run = Run.of(EXAMPLE.resolve("resources"));
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("[         5 tests successful      ]")
                .contains("lens.csv [OK]", "lens.json [OK]", "residual.derivation [OK]")
                .contains("theTheoremHoldsForEverySmallStep");
    }

    /** The same tests over other files: each file that breaks a claim fails under its own name, the others do not. */
    @Test
    void whatDoesNotHoldFails() throws IOException, InterruptedException {
        Path resources = Files.createDirectory(folder.resolve("resources"));
        Path instances = Files.createDirectory(resources.resolve("instances"));
        Path certificates = Files.createDirectory(resources.resolve("certificates"));
        Path given = EXAMPLE.resolve("resources");
        Files.copy(given.resolve("instances").resolve("lens.csv"), instances.resolve("lens.csv"));
        Files.writeString(instances.resolve("constant.csv"), "const,angle,y\n1,2,1\n1,2,2\n");
        String certificate = Files.readString(given.resolve("certificates").resolve("lens.json"));
        Files.writeString(
                certificates.resolve("other.json"), certificate.replaceFirst("\"alpha\": \"1\"", "\"alpha\": \"2\""));
        Path proofs = Files.createDirectory(resources.resolve("proofs"));
        String derivation = Files.readString(given.resolve("proofs").resolve("residual.derivation"));
        Files.writeString(proofs.resolve("sign.derivation"), derivation.replace("  = r - eta", "  = r + eta"));
        Run run = Run.of(resources);
        assertThat(run.code()).as(run.output()).isEqualTo(1);
        assertThat(run.output())
                .contains("lens.csv [OK]", "constant.csv [X]", "other.json [X]", "sign.derivation [X]")
                .contains("[         3 tests failed          ]")
                .contains("to have rank", "other-instance", "24:3 residual, not-proved: = r + eta X X' r");
    }

    @Test
    void anEmptyFolderFails() throws IOException, InterruptedException {
        Path resources = Files.createDirectory(folder.resolve("empty"));
        Files.createDirectory(resources.resolve("instances"));
        Run run = Run.of(resources);
        assertThat(run.code()).as(run.output()).isEqualTo(1);
        assertThat(run.output())
                .contains("'instances/' leads to no file; looked on the class path and in ")
                .contains("'certificates/' leads to no file", "'proofs/' leads to no file");
    }
}
