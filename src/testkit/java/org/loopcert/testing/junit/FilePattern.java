package org.loopcert.testing.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A file, folder or glob, looked up on the class path and in the file system.
 *
 * @param text as written in the annotation
 * @param place where to look
 * @param base the folders before the first wildcard, or the file itself; empty for none
 * @param glob what follows; empty where there is no wildcard
 */
record FilePattern(String text, Place place, String base, String glob) {
    /** Archives of the class path stay open: the tests read from them until the virtual machine ends. */
    private static final Map<URI, FileSystem> ARCHIVES = new ConcurrentHashMap<>();

    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    enum Place {
        CLASS_PATH,
        FILE_SYSTEM,
        ANYWHERE
    }

    /** A file that was found, and its path below the folder that was named. */
    record Found(Path file, String name) {}

    static FilePattern of(String text) {
        Place place = text.startsWith(CLASS_PATH)
                ? Place.CLASS_PATH
                : text.startsWith(FILE) ? Place.FILE_SYSTEM : Place.ANYWHERE;
        String path =
                switch (place) {
                    case CLASS_PATH -> text.substring(CLASS_PATH.length());
                    case FILE_SYSTEM -> text.substring(FILE.length());
                    default -> text;
                };
        if (path.isBlank()) {
            throw new ExtensionConfigurationException("expected a file, a folder or a glob, found '" + text + "'");
        }
        int wildcard = wildcard(path);
        if (wildcard < 0) {
            return new FilePattern(text, place, path, "");
        }
        int slash = path.lastIndexOf('/', wildcard);
        String base = slash == 0 ? "/" : path.substring(0, Math.max(0, slash));
        return new FilePattern(text, place, base, path.substring(slash + 1));
    }

    private static int wildcard(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[{".indexOf(path.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The files, by name.
     *
     * @throws ExtensionConfigurationException if there are none, or if there are some in both places
     */
    List<Found> files(ClassLoader loader) {
        try {
            List<Found> onClassPath = place == Place.FILE_SYSTEM ? List.of() : onClassPath(loader);
            List<Found> inFileSystem = place == Place.CLASS_PATH ? List.of() : below(Path.of(base));
            if (!onClassPath.isEmpty() && !inFileSystem.isEmpty() && !same(onClassPath, inFileSystem)) {
                throw new ExtensionConfigurationException(
                        "'%s' is both on the class path (%s) and in the file system (%s);"
                                        .formatted(
                                                text,
                                                onClassPath.get(0).file(),
                                                inFileSystem.get(0).file())
                                + " classpath: or file: in front of it says which is meant");
            }
            List<Found> files = new ArrayList<>(onClassPath.isEmpty() ? inFileSystem : onClassPath);
            if (files.isEmpty()) {
                throw new ExtensionConfigurationException("'" + text + "' leads to no file; looked " + looked());
            }
            files.sort(Comparator.comparing(Found::name));
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new ExtensionConfigurationException("'" + text + "' cannot be read: " + e, e);
        } catch (URISyntaxException | InvalidPathException | PatternSyntaxException e) {
            throw new ExtensionConfigurationException(
                    "'" + text + "' is no file, folder or glob: " + e.getMessage(), e);
        }
    }

    private String looked() {
        String classPath = "on the class path";
        String folder = "in " + Path.of("").toAbsolutePath();
        return switch (place) {
            case CLASS_PATH -> classPath;
            case FILE_SYSTEM -> folder;
            default -> classPath + " and " + folder;
        };
    }

    private static boolean same(List<Found> first, List<Found> second) throws IOException {
        return first.size() == second.size()
                && Files.isSameFile(first.get(0).file(), second.get(0).file());
    }

    private List<Found> onClassPath(ClassLoader loader) throws IOException, URISyntaxException {
        String resource = base.replaceAll("^/|/$", "");
        List<Found> files = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(resource))) {
            files.addAll(below(path(url, resource)));
        }
        return files;
    }

    private static Path path(URL url, String resource) throws IOException, URISyntaxException {
        return switch (url.getProtocol()) {
            case "file" -> Path.of(url.toURI());
            case "jar" -> {
                URI archive = ((JarURLConnection) url.openConnection())
                        .getJarFileURL()
                        .toURI();
                yield ARCHIVES.computeIfAbsent(archive, FilePattern::open).getPath("/" + resource);
            }
            default -> throw new IOException("no way to list the resources of " + url);
        };
    }

    private static FileSystem open(URI archive) {
        try {
            return FileSystems.newFileSystem(Path.of(archive), (ClassLoader) null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Found> below(Path root) throws IOException {
        if (glob.isEmpty() && Files.isRegularFile(root)) {
            return List.of(new Found(root, String.valueOf(root.getFileName())));
        }
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        String wanted = glob.isEmpty() ? "*" : glob;
        PathMatcher matcher = root.getFileSystem().getPathMatcher("glob:" + wanted);
        int depth = wanted.contains("**")
                ? Integer.MAX_VALUE
                : (int) wanted.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> tree = Files.walk(root, depth)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> matcher.matches(root.relativize(file)))
                    .map(file ->
                            new Found(file, root.relativize(file).toString().replace('\\', '/')))
                    .toList();
        }
    }
}
