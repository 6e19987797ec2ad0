package org.loopcert.corpus;

import ch.obermuhlner.math.big.BigRational;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputLimits;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;

/**
 * Data files that cost a careless reader its memory, its time or its honesty, and their valid twins in the same
 * formats. Each is checked with one certificate, of the instance that the twins hold. All bytes are written here, so
 * that they do not depend on the version of any packer.
 */
final class HostileInputs {
    /** The certificate that every input is checked with. */
    static final String CERTIFICATE = "certificate.json";

    private static final double[][] X = {{1, 2}, {3, 4}, {5, 7}};
    private static final double[] Y = {1, 2, 4};
    private static final long TRILLION = 1_000_000_000_000L;

    /**
     * An input.
     *
     * @param verdict what comes of it with the certificate
     * @param limit the limit it is beyond, where the verdict is undecided
     * @param options how it is to be read
     */
    record Hostile(byte[] file, String verdict, Optional<String> limit, List<String> options) {}

    private final Map<String, Hostile> files = new TreeMap<>();

    private HostileInputs() {}

    static Map<String, Hostile> all() {
        HostileInputs inputs = new HostileInputs();
        inputs.twins();
        inputs.texts();
        inputs.arrays();
        inputs.tensors();
        inputs.archives();
        return inputs.files;
    }

    /** The certificate of the instance that the twins hold. */
    static byte[] certificate() {
        List<List<BigRational>> rows = new ArrayList<>();
        for (double[] row : X) {
            rows.add(IntStream.range(0, row.length)
                    .mapToObj(j -> ExactDecimal.parse(number(row[j]), InputLimits.DEFAULT))
                    .toList());
        }
        var zero = BigRational.ZERO;
        return AcceptCorpus.certify(new Problem(
                Matrix.of(rows),
                Vector.of(IntStream.range(0, Y.length)
                        .mapToObj(i -> ExactDecimal.parse(number(Y[i]), InputLimits.DEFAULT))
                        .toList()),
                Optional.empty(),
                BigRational.ONE,
                Vector.of(List.of(zero, zero)),
                Problem.DEFAULT_LOOPS,
                new StepSpec.Auto(),
                Problem.defaultFeatureNames(2),
                "y"));
    }

    private void put(String name, byte[] file, String verdict, Optional<String> limit, List<String> options) {
        if (files.put(name, new Hostile(file, verdict, limit, options)) != null) {
            throw new IllegalStateException("twice: " + name);
        }
    }

    private void accepted(String name, byte[] file, String... options) {
        put(name, file, "accepted", Optional.empty(), List.of(options));
    }

    private void malformed(String name, byte[] file, String... options) {
        put(name, file, "malformed", Optional.empty(), List.of(options));
    }

    private void undecided(String name, byte[] file, String limit, String... options) {
        put(name, file, "undecided", Optional.of(limit), List.of(options));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String number(double value) {
        return Long.toString((long) value);
    }

    private static String csv(String last) {
        return "a,b,y\n1,2,1\n3,4,2\n5,7," + last + "\n";
    }

    private static String json(String last) {
        return "{\"X\": [[1, 2], [3, 4], [5, 7]], \"y\": [1, 2, " + last + "]}\n";
    }

    private static String matrix(String last) {
        return "%%MatrixMarket matrix array real general\n3 3\n1\n3\n5\n2\n4\n7\n1\n2\n" + last + "\n";
    }

    private void twins() {
        accepted("twin.csv", ascii(csv("4")));
        accepted("twin.json", ascii(json("4")));
        accepted("twin.mtx", ascii(matrix("4")), "--labels", "last");
        accepted("twin.npy", npy("(3, 3)", doubles(1, 2, 1, 3, 4, 2, 5, 7, 4)), "--labels", "2");
        accepted("twin.npz", zip(stored("X.npy", x()), stored("y.npy", y())));
        accepted("twin-deflated.npz", zip(stored("X.npy", x()), deflated("y.npy", y(), 0)));
        accepted(
                "twin.safetensors",
                tensors(
                        "{\"X\":{\"dtype\":\"F64\",\"shape\":[3,2],\"data_offsets\":[0,48]},"
                                + "\"y\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[48,72]}}",
                        doubles(1, 2, 3, 4, 5, 7, 1, 2, 4)));
    }

    private void texts() {
        undecided("exponent-bomb.csv", ascii(csv("1e2000000000")), "max-digits");
        undecided("exponent-bomb-small.csv", ascii(csv("1e-2000000000")), "max-digits");
        undecided("exponent-bomb-long.csv", ascii(csv("1e" + "9".repeat(400))), "max-digits");
        undecided("exponent-bomb.json", ascii(json("1e2000000000")), "max-digits");
        undecided("exponent-bomb-quoted.json", ascii(json("\"1e2000000000\"")), "max-digits");
        undecided("exponent-bomb.mtx", ascii(matrix("1e2000000000")), "max-digits", "--labels", "last");
        malformed("not-a-number.csv", ascii(csv("nan")));
        malformed("quote-not-closed.csv", ascii(csv("\"4")));
        malformed("nesting.json", ascii("{\"X\": " + "[".repeat(100_000)));
        malformed("nesting-balanced.json", ascii("{\"X\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}\n"));
        malformed("nesting-of-objects.json", ascii("{\"X\":".repeat(20_000)));
        undecided("columns.csv", ascii("a,".repeat(10_000) + "y\n"), "max-columns");
        String coordinates = "%%MatrixMarket matrix coordinate real general\n";
        undecided(
                "a-trillion-entries.mtx",
                ascii(coordinates + "1000000 1000000 " + TRILLION + "\n1 1 1\n"),
                "max-columns",
                "--labels",
                "last");
        malformed(
                "ten-billion-entries.mtx",
                ascii(coordinates + "1000000 10000 10000000000\n1 1 1\n"),
                "--labels",
                "last");
        malformed(
                "ten-billion-entries-in-an-array.mtx",
                ascii("%%MatrixMarket matrix array real general\n1000000 10000\n1\n"),
                "--labels",
                "last");
        undecided(
                "ten-billion-zeros.mtx",
                ascii(coordinates + "1000000 10000 1\n1 1 1\n"),
                "max-memory",
                "--labels",
                "last");
    }

    private void arrays() {
        malformed("a-trillion-entries.npy", npy("(1000000, 1000000)", doubles(1)), "--labels", "last");
        malformed("shape-wraps-around.npy", npy("(4294967296, 4294967296)", doubles(1)), "--labels", "last");
        malformed("shape-wraps-to-one.npy", npy("(2305843009213693952, 8)", doubles(1)), "--labels", "last");
        malformed("nested-shape.npy", npy("(".repeat(30_000), new byte[0]), "--labels", "last");
        byte[] pickle = ascii("cos\nsystem\n(S'true'\ntR.");
        malformed("pickle.npy", npy("|O", "(1, 2)", pickle), "--labels", "last");
    }

    private void tensors() {
        String wrapped = "{\"X\":{\"dtype\":\"F64\",\"shape\":[%s],\"data_offsets\":[%s]}}";
        byte[] data = doubles(1, 2);
        malformed("shape-wraps-around.safetensors", tensors(wrapped.formatted("4294967296,4294967296", "0,16"), data));
        malformed("bytes-wrap-around.safetensors", tensors(wrapped.formatted("2305843009213693954,1", "0,16"), data));
        malformed("offsets-wrap-around.safetensors", tensors(wrapped.formatted("2,1", "18446744073709551608,8"), data));
        malformed("end-wraps-around.safetensors", tensors(wrapped.formatted("2,1", "0,18446744073709551632"), data));
        malformed("a-trillion-entries.safetensors", tensors(wrapped.formatted(TRILLION + ",1", "0,16"), data));
        malformed("nested-header.safetensors", tensors("{\"X\":" + "[".repeat(100_000), data));
        byte[] twin = files.get("twin.safetensors").file();
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0xffff_fff8L}) {
            byte[] damaged = twin.clone();
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            malformed("header-of-%x-bytes.safetensors".formatted(length), damaged);
        }
    }

    private void archives() {
        byte[] padding = new byte[1600];
        byte[] trillion = npy("(1000000, 1000000)", padding);
        malformed("a-trillion-entries.npz", zip(stored("X.npy", trillion), stored("y.npy", y())));
        Member claimed = deflated("X.npy", trillion, 0);
        malformed("a-trillion-entries-claimed.npz", zip(claimed.claiming(8 * TRILLION + 128), stored("y.npy", y())));
        // a hundred million zero bytes in a hundred thousand: too many numbers, or fewer that are packed too well
        byte[] head = npy("(800000, 16)", new byte[0]);
        Member labels = deflated("y.npy", npy("(800000,)", new byte[0]), 6_400_000);
        undecided("zip-bomb.npz", zip(deflated("X.npy", head, 102_400_000), labels), "max-memory");
        byte[] smaller = npy("(20000, 8)", new byte[0]);
        Member fewer = deflated("y.npy", npy("(20000,)", new byte[0]), 160_000);
        undecided("zip-bomb-of-a-million.npz", zip(deflated("X.npy", smaller, 1_280_000), fewer), "max-ratio");
        Member bomb = deflated("X.npy", x(), 100_000_000);
        malformed("zip-bomb-that-lies.npz", zip(bomb.claiming(x().length), stored("y.npy", y())));
        Member x = stored("X.npy", x());
        Member y = stored("y.npy", y());
        malformed("overlap.npz", overlap(x, y));
        malformed("cut-off.npz", Arrays.copyOf(zip(x, y), 300));
        byte[] twin = files.get("twin.npz").file();
        malformed("nested.npz", zip(stored("twin.npz", twin), stored("deeper/twin.npz", twin)));
        byte[] wrongSum = twin.clone();
        wrongSum[30 + "X.npy".length() + 128] ^= 1;
        malformed("checksum.npz", wrongSum);
    }

    private static byte[] doubles(double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            out.putDouble(value);
        }
        return out.array();
    }

    private static byte[] x() {
        return npy("(3, 2)", doubles(1, 2, 3, 4, 5, 7));
    }

    private static byte[] y() {
        return npy("(3,)", doubles(Y));
    }

    private static byte[] npy(String shape, byte[] entries) {
        return npy("<f8", shape, entries);
    }

    private static byte[] npy(String descr, String shape, byte[] entries) {
        String dictionary = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
        String header = dictionary + " ".repeat(63 - (10 + dictionary.length()) % 64) + "\n";
        return ByteBuffer.allocate(10 + header.length() + entries.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put(ascii("NUMPY"))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(ascii(header))
                .put(entries)
                .array();
    }

    private static byte[] tensors(String header, byte[] data) {
        return ByteBuffer.allocate(8 + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(ascii(header))
                .put(data)
                .array();
    }

    /** A member of a zip archive. */
    private record Member(String name, int method, byte[] packed, long size, long crc) {
        Member claiming(long other) {
            return new Member(name, method, packed, other, crc);
        }
    }

    private static Member stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return new Member(name, 0, content, content.length, crc.getValue());
    }

    /** A member of some bytes and so many zeros after them, packed as well as deflate allows. */
    private static Member deflated(String name, byte[] content, int zeros) {
        byte[] packed = Bits.deflate(content, zeros);
        CRC32 crc = new CRC32();
        long size = 0;
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] buffer = new byte[1 << 16];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                crc.update(buffer, 0, count);
                size += count;
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
        if (size != (long) content.length + zeros) {
            throw new IllegalStateException("packed wrongly: " + size);
        }
        return new Member(name, 8, packed, size, crc.getValue());
    }

    private static byte[] zip(Member... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> offsets = new ArrayList<>();
        for (Member member : members) {
            offsets.add(out.size());
            out.writeBytes(local(member));
        }
        return directory(out, List.of(members), offsets);
    }

    /** An archive with a member inside the bytes of another one, which a directory of many such makes a bomb. */
    private static byte[] overlap(Member x, Member y) {
        Member outer = stored("outer.bin", local(y));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(local(x));
        int second = out.size();
        out.writeBytes(local(outer));
        return directory(out, List.of(x, outer, y), List.of(0, second, out.size() - outer.packed().length));
    }

    private static byte[] local(Member member) {
        byte[] extra = extra(member);
        int named = 30 + member.name().length() + extra.length;
        ByteBuffer local = little(named + member.packed().length).putInt(0x04034b50);
        header(local, member, extra);
        return local.put(ascii(member.name())).put(extra).put(member.packed()).array();
    }

    private static byte[] directory(ByteArrayOutputStream out, List<Member> members, List<Integer> offsets) {
        int directory = out.size();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            byte[] extra = extra(member);
            ByteBuffer central = little(46 + member.name().length() + extra.length);
            central.putInt(0x02014b50).putShort((short) 45);
            header(central, member, extra);
            central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            central.putInt(offsets.get(i));
            out.writeBytes(central.put(ascii(member.name())).put(extra).array());
        }
        int count = members.size();
        ByteBuffer end = little(22).putInt(0x06054b50).putInt(0);
        end.putShort((short) count).putShort((short) count);
        end.putInt(out.size() - directory).putInt(directory).putShort((short) 0);
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    /** What local and central headers share, from the version needed to the length of the extra field. */
    private static void header(ByteBuffer out, Member member, byte[] extra) {
        boolean large = extra.length > 0;
        out.putShort((short) 45).putShort((short) 0).putShort((short) member.method());
        out.putShort((short) 0).putShort((short) 0x21); // midnight of the first day that zip knows
        out.putInt((int) member.crc());
        out.putInt(large ? -1 : member.packed().length).putInt(large ? -1 : (int) member.size());
        out.putShort((short) member.name().length()).putShort((short) extra.length);
    }

    /** The zip64 field of a member whose size needs it. */
    private static byte[] extra(Member member) {
        return member.size() < 0xffff_ffffL
                ? new byte[0]
                : little(20)
                        .putShort((short) 1)
                        .putShort((short) 16)
                        .putLong(member.size())
                        .putLong(member.packed().length)
                        .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A deflated stream (RFC 1951): the content in a stored block, then zeros in a block whose code of one bit repeats 258
     * of them.
     */
    private static final class Bits {
        private static final int LONGEST_MATCH = 258;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int pending;
        private int count;

        static byte[] deflate(byte[] content, int zeros) {
            Bits bits = new Bits();
            bits.put(zeros == 0 ? 1 : 0, 1);
            bits.put(0, 2);
            bits.align();
            bits.put(content.length, 16);
            bits.put(~content.length & 0xffff, 16);
            bits.out.writeBytes(content);
            if (zeros > 0) {
                bits.zeros(zeros);
            }
            bits.align();
            return bits.out.toByteArray();
        }

        private void zeros(int zeros) {
            put(1, 1);
            put(2, 2); // codes of its own
            put(286 - 257, 5);
            put(0, 5); // one distance
            put(18 - 4, 4);
            // lengths of the code of lengths, in the order 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1:
            // 18 has one bit, 1 and 2 have two
            for (int length : new int[] {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2}) {
                put(length, 3);
            }
            code(3, 2); // the byte 0 has two bits
            skip(138);
            skip(117);
            code(3, 2); // so has the end of the block
            skip(28);
            code(2, 2); // the match of 258 has one
            code(2, 2); // and the distance 1
            int matches = (zeros - 1) / LONGEST_MATCH;
            int literals = zeros - matches * LONGEST_MATCH;
            for (int i = 0; i < literals; i++) {
                code(2, 2);
            }
            for (int i = 0; i < matches; i++) {
                code(0, 1);
                code(0, 1);
            }
            code(3, 2);
        }

        /** So many symbols without a code, 11 to 138. */
        private void skip(int symbols) {
            code(0, 1);
            put(symbols - 11, 7);
        }

        /** A code, its highest bit first. */
        private void code(int value, int bits) {
            for (int bit = bits - 1; bit >= 0; bit--) {
                put(value >> bit & 1, 1);
            }
        }

        /** A number, its lowest bit first. */
        private void put(int value, int bits) {
            for (int bit = 0; bit < bits; bit++) {
                pending |= (value >> bit & 1) << count;
                count++;
                if (count == 8) {
                    align();
                }
            }
        }

        private void align() {
            if (count > 0) {
                out.write(pending);
                pending = 0;
                count = 0;
            }
        }
    }
}
