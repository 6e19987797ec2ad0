package org.loopcert.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The source files of the kernel, without comments. */
final class KernelSources {
    private static final Path FOLDER = Path.of("src/main/java/org/loopcert/kernel");

    private KernelSources() {}

    /** Code by file name; comments are blanked, text literals emptied, lines kept. */
    static Map<String, String> read() {
        return read(FOLDER);
    }

    /** The same of the rules for derivations. */
    static Map<String, String> proof() {
        return read(FOLDER.resolve("proof"));
    }

    /** The same of the evaluation at values. */
    static Map<String, String> value() {
        return read(FOLDER.resolve("value"));
    }

    /** All of them, by path from the folder of the kernel. */
    static Map<String, String> all() {
        Map<String, String> sources = new TreeMap<>(read());
        proof().forEach((name, code) -> sources.put("proof/" + name, code));
        value().forEach((name, code) -> sources.put("value/" + name, code));
        return sources;
    }

    private static Map<String, String> read(Path folder) {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(file.getFileName().toString(), code(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    static String code(String source) {
        StringBuilder code = new StringBuilder();
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (source.startsWith("//", i)) {
                int end = source.indexOf('\n', i);
                i = end < 0 ? source.length() : end;
            } else if (source.startsWith("/*", i)) {
                int end = source.indexOf("*/", i) + 2;
                source.substring(i, end).chars().filter(each -> each == '\n').forEach(each -> code.append('\n'));
                i = end;
            } else if (c == '"' || c == '\'') {
                int end = i + 1;
                while (source.charAt(end) != c) {
                    end += source.charAt(end) == '\\' ? 2 : 1;
                }
                code.append(c).append(c);
                i = end + 1;
            } else {
                code.append(c);
                i++;
            }
        }
        return code.toString();
    }
}
