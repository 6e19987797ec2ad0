package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.read;
import static org.loopcert.input.TestFiles.refusal;
import static org.loopcert.input.TestFiles.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    private static final byte[] X = ArrayBytes.npy("(2, 1)", 1.5, -2);
    private static final byte[] Y = ArrayBytes.npy("(2,)", 3, 4);

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) {
        return TestFiles.write(folder, "a.npz", bytes);
    }

    private static Map<String, byte[]> pair() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("X.npy", X);
        members.put("y.npy", Y);
        return members;
    }

    /** A zip file with one stored member, its sizes in zip64 fields, as numpy writes streams. */
    private static byte[] zip64(long claimedInDirectory) {
        byte[] name = "X.npy".getBytes(StandardCharsets.US_ASCII);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(X);
        ByteBuffer out = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x04034b50)
                .putShort((short) 45)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        out.putInt((int) crc.getValue())
                .putInt(-1)
                .putInt(-1)
                .putShort((short) name.length)
                .putShort((short) 20);
        out.put(name)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(X.length)
                .putLong(X.length)
                .put(X);
        int directory = out.position();
        out.putInt(0x02014b50)
                .putShort((short) 45)
                .putShort((short) 45)
                .putShort((short) 0)
                .putShort((short) 0);
        out.putInt(0).putInt((int) crc.getValue()).putInt(-1).putInt(-1).putShort((short) name.length);
        out.putShort((short) 28)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(-1);
        out.put(name).putShort((short) 1).putShort((short) 24);
        out.putLong(claimedInDirectory).putLong(claimedInDirectory).putLong(0);
        int end64 = out.position();
        out.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        out.putLong(1).putLong(1).putLong(end64 - directory).putLong(directory);
        out.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
        out.putInt(0x06054b50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1);
        out.putShort((short) 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void storedAndDeflatedMembersAreRead(boolean deflate) throws InputException {
        Problem problem = read(file(ArrayBytes.zip(deflate, pair())));
        assertThat(problem.x()).isEqualTo(matrix("3/2", "-2"));
        assertThat(problem.y()).isEqualTo(vector("3", "4"));
    }

    @Test
    void zip64IsRead() throws InputException {
        Path file = file(zip64(X.length));
        StoredArray array = ArrayFile.open(file, InputLimits.DEFAULT).arrays().get(0);
        assertThat(array.header().name()).isEqualTo("X");
        assertThat(ArrayBytes.values(array)).containsExactly(TestFiles.q("3/2"), TestFiles.q("-2"));
        for (long claim : new long[] {X.length + 1, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            assertThat(refusal(file(zip64(claim))).kind()).isEqualTo(InputException.Kind.UNREADABLE);
        }
    }

    @Test
    void membersThatAreNoArraysAreLeftAlone() throws InputException {
        Map<String, byte[]> members = pair();
        members.put("README.txt", "no array".getBytes(StandardCharsets.US_ASCII));
        members.put("meta.npy", ArrayBytes.npy("|O", false, "()", "pickle".getBytes(StandardCharsets.US_ASCII)));
        Path file = file(ArrayBytes.zip(true, members));
        assertThat(read(file).labelName()).isEqualTo("y");
        InputException object =
                refusal(file, InputOptions.NONE.withArray("meta").withIndex(0), InputLimits.DEFAULT);
        assertThat(object.getMessage()).contains("member 'meta.npy'");
    }

    @Test
    void aMemberTwiceIsRefused() {
        byte[] bytes = ArrayBytes.zip(false, new LinkedHashMap<>(Map.of("XX.npy", X)) {
            private static final long serialVersionUID = 1L;

            {
                put("XY.npy", X);
            }
        });
        byte[] from = "XY.npy".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + from.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + from.length, from, 0, from.length)) {
                bytes[i + 1] = 'X';
            }
        }
        assertThat(refusal(file(bytes)).found()).isEqualTo("'XX.npy' twice");
    }

    @Test
    void everyPrefixIsRefused() {
        byte[] good = ArrayBytes.zip(true, pair());
        for (int length = 0; length < good.length; length++) {
            InputException refusal = refusal(file(Arrays.copyOf(good, length)));
            assertThat(refusal.kind()).isEqualTo(InputException.Kind.UNREADABLE);
            assertThat(refusal.expected()).contains("directory");
        }
    }

    @Test
    void bytesBeforeOrAfterTheArchiveAreRefused() {
        byte[] good = ArrayBytes.zip(true, pair());
        assertThat(refusal(file(Arrays.copyOf(good, good.length + 1)))).isNotNull();
        byte[] before = new byte[good.length + 1];
        System.arraycopy(good, 0, before, 1, good.length);
        assertThat(refusal(file(before)).expected()).contains("directory");
    }

    @Test
    void checksumsAreCompared() {
        byte[] bytes = ArrayBytes.zip(false, pair());
        int at = 30 + "X.npy".length() + X.length - 1;
        bytes[at] ^= 1;
        InputException refusal = refusal(file(bytes));
        assertThat(refusal.expected()).startsWith("the checksum");
        assertThat(refusal.member()).hasValue("X.npy");
    }

    @Test
    void aTrillionEntriesInTwoKilobytesAreRefusedWithoutMemory() {
        byte[] header = ArrayBytes.npy("<f8", false, "(1000000, 1000000)", new byte[1 << 20]);
        Path file = file(ArrayBytes.zip(true, Map.of("X.npy", header)));
        assertThat(file.toFile().length()).isLessThan(2048);
        assertThat(refusal(file).kind()).isEqualTo(InputException.Kind.UNREADABLE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(refusal(file).expected()).contains("8000000000000 bytes of entries");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void zipBombsAreBeyondTheLimitWithoutMemory() {
        int rows = 1 << 22;
        byte[] zeros = ArrayBytes.npy("|u1", false, "(" + rows / 8 + ", 8)", new byte[rows]);
        Path file = file(ArrayBytes.zip(true, Map.of("X.npy", zeros, "y.npy", Y)));
        assertThat(refusal(file).expected()).contains("at most 250 times");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        InputException refusal = refusal(file);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        InputException numbers = refusal(file, InputOptions.NONE, InputLimits.DEFAULT.withMaxValueBytes(1 << 20));
        assertThat(numbers.expected()).contains("1048576 bytes together");
        Path plain = file(ArrayBytes.zip(true, pair()));
        assertThat(catchThrowableOfType(
                                InputException.class,
                                () -> InputReader.read(
                                        plain,
                                        InputOptions.NONE,
                                        InputLimits.DEFAULT.withMaxBytes(
                                                (int) plain.toFile().length() - 1)))
                        .kind())
                .isEqualTo(InputException.Kind.BEYOND_LIMIT);
    }

    @Test
    void severalArraysNeedAChoice() throws InputException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("A.npy", X);
        members.put("b.npy", Y);
        Path file = file(ArrayBytes.zip(true, members));
        InputException refusal = refusal(file);
        assertThat(refusal.found()).isEqualTo("2 arrays, 'A' of shape (2, 1), 'b' of shape (2,)");
        assertThat(refusal.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--array"));
        Problem problem = read(file, InputOptions.NONE.withArray("A").withLabels("b"));
        assertThat(problem.x()).isEqualTo(matrix("3/2", "-2"));
        assertThat(problem.y()).isEqualTo(vector("3", "4"));
        assertThat(refusal(file, InputOptions.NONE.withArray("C"), InputLimits.DEFAULT)
                        .expected())
                .isEqualTo("the array 'C' of --array");
        assertThat(refusal(file, InputOptions.NONE.withArray("A").withLabels("C"), InputLimits.DEFAULT)
                        .expected())
                .isEqualTo("the array 'C' of --labels");
        assertThat(refusal(file, InputOptions.NONE.withArray("A"), InputLimits.DEFAULT)
                        .expected())
                .isEqualTo("labels y, or theta");
    }
}
