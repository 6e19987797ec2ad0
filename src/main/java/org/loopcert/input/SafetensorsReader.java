package org.loopcert.input;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The header of a {@code .safetensors} file: its length in 8 bytes, a JSON object, then the data.
 * As in the reference reader, the tensors must fill the data without gaps or overlaps, and each must
 * be exactly as long as its type and shape say. The {@code __metadata__} strings are checked and
 * ignored.
 */
final class SafetensorsReader {
    private static final int PREFIX = 8;
    private static final int LONGEST_HEADER = 1 << 23; // some hundred bytes for each tensor are usual
    private static final String METADATA = "__metadata__";
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final int LONGEST_INTEGER = 20; // digits of 2^64 - 1

    private final SourceBytes source;
    private final long dataStart;
    private final JsonTokens tokens;
    private final List<Tensor> tensors = new ArrayList<>(); // the tokens refuse a name twice

    private record Tensor(ArrayHeader header, BigInteger begin, BigInteger end, long offset) {}

    private SafetensorsReader(SourceBytes source, long dataStart, JsonTokens tokens) {
        this.source = source;
        this.dataStart = dataStart;
        this.tokens = tokens;
    }

    /** The tensors of a file, in the order of its header. */
    static List<ArrayHeader> read(SourceBytes source, InputLimits limits) throws InputException {
        Content content = source.content();
        int present = source.bytes().length;
        if (present < PREFIX) {
            throw content.at(present)
                    .expected("the 8 bytes of a header length")
                    .found("the end")
                    .build();
        }
        long length = content.view(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (length < 0 || length > present - PREFIX) {
            throw content.at(0)
                    .expected("a header of at most the " + (present - PREFIX) + " bytes present")
                    .found(Long.toUnsignedString(length) + " bytes")
                    .hint("the file may be cut off, or not a .safetensors file")
                    .build();
        }
        if (length > LONGEST_HEADER) {
            throw content.at(0)
                    .beyond(InputException.FIXED, LONGEST_HEADER, length)
                    .expected("a header of at most " + LONGEST_HEADER + " bytes")
                    .found(Long.toString(length))
                    .build();
        }
        if (length == 0 || source.bytes()[PREFIX] != '{') {
            throw content.at(PREFIX)
                    .expected("a header that begins with {")
                    .found(
                            length == 0
                                    ? "an empty one"
                                    : String.format("the byte 0x%02x", source.bytes()[PREFIX] & 0xff))
                    .build();
        }
        String header = SourceText.decode(source.file(), source.bytes(), PREFIX, (int) length);
        try (JsonTokens tokens = new JsonTokens(new SourceText(source.file(), header), limits, PREFIX)) {
            SafetensorsReader reader = new SafetensorsReader(source, PREFIX + length, tokens);
            reader.readHeader();
            return reader.checked();
        }
    }

    private void readHeader() throws InputException {
        tokens.next();
        while (tokens.next() != JsonToken.END_OBJECT) {
            String name = tokens.text();
            long offset = tokens.byteOffset();
            if (name.equals(METADATA)) {
                readMetadata();
                continue;
            }
            if (tensors.size() == tokens.limits().maxArrays()) {
                throw in(offset)
                        .beyond("max-arrays", tensors.size(), tensors.size() + 1L)
                        .expected("at most " + tensors.size() + " tensors")
                        .found("more")
                        .build();
            }
            tensors.add(tensor(name, offset));
        }
        tokens.requireEnd();
    }

    private void readMetadata() throws InputException {
        if (tokens.next() != JsonToken.START_OBJECT) {
            throw refuse("an object of strings for " + METADATA, tokens.describe());
        }
        while (tokens.next() != JsonToken.END_OBJECT) {
            if (tokens.next() != JsonToken.VALUE_STRING) {
                throw refuse("a string in " + METADATA, tokens.describe());
            }
        }
    }

    private Tensor tensor(String name, long offset) throws InputException {
        String quoted = InputException.quote(name);
        if (tokens.next() != JsonToken.START_OBJECT) {
            throw refuse("an object with dtype, shape and data_offsets for " + quoted, tokens.describe());
        }
        String dtype = null;
        long dtypeAt = offset;
        List<BigInteger> shape = null;
        List<BigInteger> offsets = null;
        while (tokens.next() != JsonToken.END_OBJECT) {
            switch (tokens.text()) {
                case "dtype" -> {
                    if (tokens.next() != JsonToken.VALUE_STRING) {
                        throw refuse("a string for the dtype of " + quoted, tokens.describe());
                    }
                    dtypeAt = tokens.byteOffset();
                    dtype = tokens.text();
                }
                case "shape" -> shape = integers("the shape of " + quoted, ArrayHeader.MOST_AXES);
                case "data_offsets" -> offsets = integers("the data_offsets of " + quoted, 2);
                default ->
                    throw refuse("dtype, shape or data_offsets of " + quoted, InputException.quote(tokens.text()));
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw refuse("a dtype, a shape and two data_offsets of " + quoted, "not all of them");
        }
        return tensor(name, offset, dtype, dtypeAt, shape, offsets);
    }

    private Tensor tensor(
            String name, long offset, String dtype, long dtypeAt, List<BigInteger> shape, List<BigInteger> offsets)
            throws InputException {
        String quoted = InputException.quote(name);
        BigInteger count = BigInteger.ONE;
        for (BigInteger axis : shape) {
            // a product that wraps around 2^64 is the oldest trick there is
            count = count.multiply(axis);
            if (count.compareTo(LARGEST) > 0) {
                throw in(offset)
                        .expected("a shape of " + quoted + " of at most 2^64 - 1 entries")
                        .found("more")
                        .build();
            }
        }
        NumericType type = numeric(dtype);
        int size = type != null ? type.size() : otherSize(dtype);
        if (size == 0) {
            throw in(dtypeAt)
                    .expected("a known dtype of " + quoted + ", such as F64, F32, F16, BF16 or I64")
                    .found(InputException.quote(dtype))
                    .build();
        }
        BigInteger begin = offsets.get(0);
        BigInteger end = offsets.get(1);
        BigInteger needed = count.multiply(BigInteger.valueOf(size));
        if (!end.subtract(begin).equals(needed)) {
            throw in(offset)
                    .expected(needed + " bytes for " + quoted)
                    .found("data_offsets from " + begin + " to " + end)
                    .build();
        }
        BigInteger present = BigInteger.valueOf(source.bytes().length - dataStart);
        if (end.compareTo(present) > 0) {
            throw in(offset)
                    .expected("data_offsets of " + quoted + " within the " + present + " bytes of data present")
                    .found("an end at " + end)
                    .hint("the file may be cut off")
                    .build();
        }
        List<Long> lengths = new ArrayList<>(shape.size());
        for (BigInteger axis : shape) {
            if (axis.bitLength() >= Long.SIZE) {
                throw in(offset)
                        .expected("lengths of " + quoted + " below 2^63")
                        .found(axis.toString())
                        .build();
            }
            lengths.add(axis.longValueExact());
        }
        String refusal = type != null
                ? null
                : (dtype.equals("BOOL") ? "truth values" : "floating point of 8 bits") + ", dtype "
                        + InputException.quote(dtype);
        return new Tensor(
                new ArrayHeader(
                        name,
                        dtype,
                        type,
                        refusal,
                        ByteOrder.LITTLE_ENDIAN,
                        false,
                        lengths,
                        dtypeAt,
                        dataStart + begin.longValueExact()),
                begin,
                end,
                offset);
    }

    private List<ArrayHeader> checked() throws InputException {
        List<Tensor> inOrder = new ArrayList<>(tensors);
        inOrder.sort(Comparator.comparing(Tensor::begin).thenComparing(Tensor::end));
        BigInteger reached = BigInteger.ZERO;
        for (Tensor tensor : inOrder) {
            if (!tensor.begin().equals(reached)) {
                throw in(tensor.offset())
                        .expected("tensors without gaps and overlaps, so data of "
                                + InputException.quote(tensor.header().name()) + " from " + reached)
                        .found("data_offsets from " + tensor.begin())
                        .build();
            }
            reached = tensor.end();
        }
        long present = source.bytes().length - dataStart;
        if (!reached.equals(BigInteger.valueOf(present))) {
            throw in(dataStart + reached.longValueExact())
                    .expected("the end of the file after the last tensor")
                    .found((present - reached.longValueExact()) + " more bytes")
                    .build();
        }
        return tensors.stream().map(Tensor::header).toList();
    }

    private List<BigInteger> integers(String what, int most) throws InputException {
        tokens.next();
        tokens.requireArray(what, "a list of integers");
        List<BigInteger> integers = new ArrayList<>();
        while (tokens.next() != JsonToken.END_ARRAY) {
            if (integers.size() == most) {
                throw refuse("at most " + most + " integers for " + what, "more");
            }
            String text = tokens.isScalar() ? tokens.text() : "";
            if (tokens.current() != JsonToken.VALUE_NUMBER_INT
                    || text.length() > LONGEST_INTEGER
                    || text.startsWith("-")
                    || new BigInteger(text).compareTo(LARGEST) > 0) {
                throw refuse("an integer from 0 to 2^64 - 1 for " + what, tokens.describe());
            }
            integers.add(new BigInteger(text));
        }
        return integers;
    }

    private InputException refuse(String expected, String found) {
        return tokens.here().expected(expected).found(found).build();
    }

    private InputException.Builder in(long offset) {
        return InputException.in(source.file()).byteOffset(offset);
    }

    private static NumericType numeric(String dtype) {
        return switch (dtype) {
            case "F64" -> NumericType.FLOAT64;
            case "F32" -> NumericType.FLOAT32;
            case "F16" -> NumericType.FLOAT16;
            case "BF16" -> NumericType.BFLOAT16;
            case "I64" -> NumericType.INT64;
            case "I32" -> NumericType.INT32;
            case "I16" -> NumericType.INT16;
            case "I8" -> NumericType.INT8;
            case "U64" -> NumericType.UINT64;
            case "U32" -> NumericType.UINT32;
            case "U16" -> NumericType.UINT16;
            case "U8" -> NumericType.UINT8;
            default -> null;
        };
    }

    /** Bytes of an entry of the types that are known but not read; 0 for unknown types. */
    private static int otherSize(String dtype) {
        return switch (dtype) {
            case "BOOL", "F8_E4M3", "F8_E5M2" -> 1;
            default -> 0;
        };
    }
}
