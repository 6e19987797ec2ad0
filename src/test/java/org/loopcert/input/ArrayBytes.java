package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes array files from their bytes, independently of the readers, and reads all values back. */
public final class ArrayBytes {
    private ArrayBytes() {}

    /** A version 1.0 file with the header that numpy writes. */
    public static byte[] npy(String descr, boolean fortran, String shape, byte[] entries) {
        String dictionary = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False")
                + ", 'shape': " + shape + ", }";
        return npy(1, dictionary, entries);
    }

    public static byte[] npy(int version, String dictionary, byte[] entries) {
        int prefix = version == 1 ? 10 : 12;
        int padding = 64 - (prefix + dictionary.length() + 1) % 64;
        String header = dictionary + " ".repeat(padding % 64) + "\n";
        ByteBuffer out = ByteBuffer.allocate(prefix + header.length() + entries.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            out.putShort((short) header.length());
        } else {
            out.putInt(header.length());
        }
        return out.put(header.getBytes(StandardCharsets.US_ASCII)).put(entries).array();
    }

    public static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(order);
        for (double value : values) {
            out.putDouble(value);
        }
        return out.array();
    }

    public static byte[] doubles(double... values) {
        return doubles(ByteOrder.LITTLE_ENDIAN, values);
    }

    /** A little-endian matrix of doubles. */
    public static byte[] npy(String shape, double... values) {
        return npy("<f8", false, shape, doubles(values));
    }

    public static byte[] zip(boolean deflate, Map<String, byte[]> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                if (!deflate) {
                    CRC32 crc = new CRC32();
                    crc.update(member.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(member.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                out.putNextEntry(entry);
                out.write(member.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] safetensors(String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    /** All values of an array in C order. */
    static List<BigRational> values(StoredArray array) throws InputException {
        ArrayHeader header = array.header();
        long count = ArrayHeader.count(header.shape()).longValueExact();
        StoredArray.Entries entries = array.open(count, InputLimits.DEFAULT);
        List<BigRational> values = new ArrayList<>();
        int[] index = new int[header.axes()];
        for (long k = 0; k < count; k++) {
            values.add(entries.get(index));
            for (int axis = index.length - 1; axis >= 0 && ++index[axis] == header.axis(axis); axis--) {
                index[axis] = 0;
            }
        }
        return values;
    }

    /** The canonical hash of the shared data sets. */
    static String hash(List<BigRational> values) {
        String lines = values.stream()
                .map(value -> value.getNumeratorBigInteger() + "/" + denominator(value))
                .collect(Collectors.joining("\n"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger denominator(BigRational value) {
        return value.getDenominatorBigInteger();
    }
}
