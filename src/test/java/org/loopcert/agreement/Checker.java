package org.loopcert.agreement;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A checker of certificates that answers in the text of {@code FORMAT.md}, section 3.4. */
public interface Checker {
    /** What the reports call it. */
    String name();

    /** One answer a file, in the same order. */
    List<Answer> answers(List<Path> files);

    /**
     * What a checker says about one file.
     *
     * @param verdict the words before the name of the file
     * @param conclusions the lines after it, each without its space; of an accepted file only
     */
    record Answer(String verdict, List<String> conclusions) {
        public Answer {
            conclusions = List.copyOf(conclusions);
        }

        public boolean accepted() {
            return verdict.startsWith("accepted ");
        }

        /** Whether the checker lacks what the file needs, or stops at a limit of its own. */
        public boolean abstains() {
            return verdict.startsWith("declined ") || verdict.equals("undecided limit");
        }

        /** The first word. */
        public String word() {
            return verdict.split(" ")[0];
        }
    }

    /** A program that is run once for all files; {@code --conclusions --list FILE} is appended to its command. */
    record Program(String name, List<String> command) implements Checker {
        private static final long MINUTES = 30;

        /** Verdicts have smaller exit codes, and so have faults. */
        private static final int MOST_CODE = 127;

        public Program {
            command = List.copyOf(command);
        }

        /** The kernel of these classes, in a process of its own. */
        public static Program java() {
            return java(List.of());
        }

        /** The kernel, with the classes in some folders in front of their namesakes. */
        static Program java(List<Path> first) {
            String paths = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            String all = Stream.concat(first.stream().map(Path::toString), Stream.of(paths))
                    .collect(Collectors.joining(File.pathSeparator));
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new Program("java", List.of(java, "-cp", all, "org.loopcert.cli.Main", "check"));
        }

        /** The checker extracted from Coq, where the build puts it. */
        public static Program coq() {
            return coq(Path.of("target", "coq", "loopcert-coq-check"));
        }

        static Program coq(Path binary) {
            return new Program("coq", List.of(binary.toAbsolutePath().toString()));
        }

        /** The script beside the format, each file with so many seconds of processor time. */
        public static Program python(int seconds) {
            return python(Path.of("certificates", "check.py"), seconds);
        }

        static Program python(Path script, int seconds) {
            return new Program(
                    "python", List.of("python3", script.toString(), "--max-seconds", Integer.toString(seconds)));
        }

        /** Whether the program can be run at all. */
        public static boolean present(String... command) {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor() == 0;
            } catch (IOException absent) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<Answer> answers(List<Path> files) {
            try {
                Path folder = Files.createTempDirectory("loopcert-" + name);
                Path list = folder.resolve("list");
                Path out = folder.resolve("out");
                Path err = folder.resolve("err");
                Files.write(list, files.stream().map(Path::toString).toList());
                List<String> line = Stream.concat(
                                command.stream(), Stream.of("--conclusions", "--list", list.toString()))
                        .toList();
                Process process = new ProcessBuilder(line)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(name + " is not done after " + MINUTES + " minutes");
                }
                List<Answer> answers = read(files, Files.readAllLines(out, StandardCharsets.UTF_8));
                boolean killed = process.exitValue() > MOST_CODE; // by a signal
                if (killed || answers.size() != files.size()) {
                    throw new IllegalStateException(name + " answered about " + answers.size() + " of " + files.size()
                            + " files, with exit code " + process.exitValue() + ":\n" + Files.readString(err));
                }
                for (Path file : List.of(list, out, err, folder)) {
                    Files.delete(file);
                }
                return answers;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private List<Answer> read(List<Path> files, List<String> lines) {
            List<Answer> answers = new ArrayList<>();
            int at = 0;
            while (at < lines.size()) {
                String line = lines.get(at++);
                Path file = answers.size() < files.size() ? files.get(answers.size()) : Path.of("no further file");
                if (!line.endsWith(" " + file)) {
                    throw new IllegalStateException(
                            name + ": expected a verdict on " + file + ", found '" + line + "'");
                }
                List<String> conclusions = new ArrayList<>();
                while (at < lines.size() && lines.get(at).startsWith(" ")) {
                    conclusions.add(lines.get(at++).substring(1));
                }
                String verdict =
                        line.substring(0, line.length() - file.toString().length() - 1);
                answers.add(new Answer(verdict, conclusions));
            }
            return answers;
        }
    }
}
