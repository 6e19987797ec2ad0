package org.loopcert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.loopcert.derivation.ShippedDerivations;

/**
 * Where a derivation comes from: a file, standard input, or what the program brings along.
 *
 * @param name in reports
 * @param file if it is one
 */
record ProofSource(String name, Optional<Path> file) {
    static final String SUFFIX = ".derivation";

    /** Standard input. */
    static final String STANDARD_INPUT = "-";

    /**
     * The bytes are no UTF-8.
     *
     * @param offset of the first byte that is wrong, from 0
     */
    static final class NotUtf8 extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final int found;

        NotUtf8(int offset, int found) {
            super("byte " + offset + ": expected UTF-8, found the byte 0x%02x".formatted(found));
            this.offset = offset;
            this.found = found;
        }

        int offset() {
            return offset;
        }

        String found() {
            return "the byte 0x%02x".formatted(found);
        }
    }

    /** What an argument stands for: a file, every derivation below a folder, standard input, or a shipped derivation. */
    static List<ProofSource> of(String argument) throws Failure {
        Path path = Path.of(argument);
        if (argument.equals(STANDARD_INPUT)) {
            return List.of(new ProofSource(argument, Optional.empty()));
        }
        if (Files.isDirectory(path)) {
            return below(path);
        }
        boolean shipped = !Files.exists(path) && ShippedDerivations.names().contains(argument);
        return List.of(new ProofSource(argument, shipped ? Optional.empty() : Optional.of(path)));
    }

    private static List<ProofSource> below(Path folder) throws Failure {
        List<ProofSource> sources = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .forEach(file -> sources.add(new ProofSource(file.toString(), Optional.of(file))));
        } catch (IOException e) {
            throw Failure.unusable("cannot read " + folder + ": " + OutputFile.describe(e), e);
        } catch (UncheckedIOException e) {
            throw Failure.unusable("cannot read " + folder + ": " + OutputFile.describe(e.getCause()), e);
        }
        if (sources.isEmpty()) {
            throw Failure.unusable(folder + ": expected " + SUFFIX + " files in this folder, found none", null);
        }
        return sources;
    }

    /**
     * The text.
     *
     * @throws Failure beyond a limit
     */
    String read(LimitArguments.Text limits) throws IOException, NotUtf8, Failure {
        byte[] bytes;
        if (file.isPresent()) {
            if (Files.isDirectory(file.get())) {
                throw new NoSuchFileException(name, null, "it is a folder");
            }
            try (InputStream stream = Files.newInputStream(file.get())) {
                bytes = stream.readNBytes(limits.bytes() + 1);
            } catch (NoSuchFileException e) {
                throw new NoSuchFileException(name, null, "no such file, and no shipped derivation (--list)");
            }
            limits.require(CertificateCheck.length(file.get(), bytes));
        } else if (name.equals(STANDARD_INPUT)) {
            bytes = System.in.readNBytes(limits.bytes() + 1);
            limits.require(bytes.length);
        } else {
            bytes = ShippedDerivations.text(name).orElseThrow().getBytes(StandardCharsets.UTF_8);
            limits.require(bytes.length);
        }
        return decoded(bytes);
    }

    static String decoded(byte[] bytes) throws NotUtf8 {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult end = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        if (end.isError()) {
            throw new NotUtf8(in.position(), bytes[in.position()] & 0xff);
        }
        return out.flip().toString();
    }
}
