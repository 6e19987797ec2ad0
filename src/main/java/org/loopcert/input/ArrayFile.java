package org.loopcert.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The arrays of a {@code .npy}, {@code .npz} or {@code .safetensors} file. */
final class ArrayFile {
    private static final String NPY = ".npy";
    private static final int LONGEST_LIST = 12;

    private final String file;
    private final List<StoredArray> arrays;

    private ArrayFile(String file, List<StoredArray> arrays) {
        this.file = file;
        this.arrays = List.copyOf(arrays);
    }

    /** The extension of a name in lower case, with its dot; empty where there is none. */
    static String extension(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** Whether a name says that the file holds binary arrays. */
    static boolean holdsArrays(Path path) {
        return switch (extension(path)) {
            case NPY, ".npz", ".safetensors" -> true;
            default -> false;
        };
    }

    /**
     * Reads the headers of all arrays of a file and checks them against the bytes that are there; no
     * entry is read yet.
     */
    static ArrayFile open(Path path, InputLimits limits) throws InputException {
        SourceBytes source = SourceBytes.read(path, limits);
        List<StoredArray> arrays = new ArrayList<>();
        Content whole = source.content();
        switch (extension(path)) {
            case NPY -> {
                ArrayHeader header = NpyHeader.read("", whole, whole.bytes().length);
                arrays.add(new StoredArray(header, whole::place, () -> whole));
            }
            case ".npz" -> {
                ZipDirectory zip = ZipDirectory.read(source, limits);
                for (ZipDirectory.Member member : zip.members()) {
                    if (member.name().endsWith(NPY)) {
                        arrays.add(packed(zip, member));
                    }
                }
            }
            default -> {
                for (ArrayHeader header : SafetensorsReader.read(source, limits)) {
                    arrays.add(new StoredArray(header, whole::place, () -> whole));
                }
            }
        }
        return new ArrayFile(source.file(), arrays);
    }

    private static StoredArray packed(ZipDirectory zip, ZipDirectory.Member member) throws InputException {
        String name = member.name().substring(0, member.name().length() - NPY.length());
        Content head = zip.head(member, NpyHeader.LONGEST + 12);
        ArrayHeader header = NpyHeader.read(name, head, member.size());
        // the place alone: thousands of heads would be long
        return new StoredArray(header, () -> zip.in(member), () -> zip.unpack(member));
    }

    String file() {
        return file;
    }

    List<StoredArray> arrays() {
        return arrays;
    }

    Optional<StoredArray> find(String name) {
        return arrays.stream()
                .filter(array -> array.header().name().equals(name))
                .findFirst();
    }

    /** The array of a name that an option gave. */
    StoredArray require(String option, String name) throws InputException {
        Optional<StoredArray> found = find(name);
        if (found.isEmpty()) {
            throw InputException.in(file)
                    .expected("the array " + InputException.quote(name) + " of " + option)
                    .found(describe())
                    .build();
        }
        return found.get();
    }

    /** The only array, where there is one. */
    StoredArray only(String hint) throws InputException {
        if (arrays.size() != 1) {
            throw InputException.in(file)
                    .expected("one array")
                    .found(describe())
                    .hint(hint)
                    .build();
        }
        return arrays.get(0);
    }

    private String describe() {
        if (arrays.isEmpty()) {
            return "no array";
        }
        String list = arrays.stream()
                .limit(LONGEST_LIST)
                .map(array -> array.header().describe())
                .collect(Collectors.joining(", "));
        return (arrays.size() == 1 ? "the array " : arrays.size() + " arrays, ")
                + list
                + (arrays.size() > LONGEST_LIST ? ", ..." : "");
    }
}
