package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.loopcert.input.ArrayBytes.safetensors;
import static org.loopcert.input.TestFiles.matrix;
import static org.loopcert.input.TestFiles.read;
import static org.loopcert.input.TestFiles.refusal;
import static org.loopcert.input.TestFiles.vector;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loopcert.ring.RationalField;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private Path file(byte[] bytes) {
        return TestFiles.write(folder, "a.safetensors", bytes);
    }

    private InputException refusalOfHeader(byte[] bytes) {
        InputException refusal =
                catchThrowableOfType(InputException.class, () -> ArrayFile.open(file(bytes), InputLimits.DEFAULT));
        assertThat(refusal).isNotNull();
        assertThat(refusal.byteOffset()).isNotEmpty();
        return refusal;
    }

    @ParameterizedTest
    @CsvSource({
        "F64, 9a9999999999b93f, 3602879701896397/36028797018963968",
        "F32, cdcccc3d, 13421773/134217728",
        "F16, 5535, 1365/4096",
        "BF16, cd3d, 205/2048",
        "BF16, 0100, 1/10889035741470030830827987437816582766592",
        "BF16, 0080, 0",
        "BF16, 7f7f, 338953138925153547590470800371487866880",
        "I64, ffffffffffffffff, -1",
        "I32, 00000080, -2147483648",
        "I16, 0102, 513",
        "I8, 80, -128",
        "U64, ffffffffffffffff, 18446744073709551615",
        "U32, ffffffff, 4294967295",
        "U16, ff00, 255",
        "U8, ff, 255"
    })
    void everyTypeIsExact(String dtype, String littleEndian, String value) throws InputException {
        byte[] data = HexFormat.of().parseHex(littleEndian);
        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"t\":{\"dtype\":\"" + dtype
                + "\",\"shape\":[1],\"data_offsets\":[0," + data.length + "]}}  ";
        StoredArray array = ArrayFile.open(file(safetensors(header, data)), InputLimits.DEFAULT)
                .arrays()
                .get(0);
        assertThat(array.header().typeText()).isEqualTo(dtype);
        assertThat(ArrayBytes.values(array)).containsExactly(TestFiles.q(value));
    }

    @Test
    void bfloat16IsTheUpperHalfOfAFloat() throws InputException {
        ByteBuffer data = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            if ((bits >> 7 & 255) != 255) {
                data.putShort((short) bits);
            }
        }
        int count = data.position() / 2;
        byte[] file = safetensors(
                "{\"t\":{\"dtype\":\"BF16\",\"shape\":[" + count + "],\"data_offsets\":[0," + 2 * count + "]}}",
                Arrays.copyOf(data.array(), 2 * count));
        var values = ArrayBytes.values(
                ArrayFile.open(file(file), InputLimits.DEFAULT).arrays().get(0));
        for (int i = 0; i < count; i++) {
            float expected = Float.intBitsToFloat((data.getShort(2 * i) & 0xffff) << 16);
            assertThat(values.get(i)).isEqualTo(RationalField.canonical(BigRational.valueOf(new BigDecimal(expected))));
        }
    }

    @Test
    void xAndYAreFoundByName() throws InputException {
        String header = "{\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,6]},"
                + "\"X\":{\"shape\":[2,2],\"data_offsets\":[0,4],\"dtype\":\"I8\"},"
                + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[6,6]}}";
        Path file = file(safetensors(header, new byte[] {1, 2, 3, -4, 5, 6}));
        Problem problem = read(file);
        assertThat(problem.x()).isEqualTo(matrix("1 2", "3 -4"));
        assertThat(problem.y()).isEqualTo(vector("5", "6"));
        assertThat(refusal(file, InputOptions.NONE.withArray("empty").withLabels("y"), InputLimits.DEFAULT)
                        .expected())
                .contains("at least one of the rows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | begins with {",
                "{}{} | nothing after",
                "x{} | begins with {",
                "{ | well-formed JSON",
                "{} x | well-formed JSON",
                "{} {} | nothing after",
                "{'t':1} | an object with dtype",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | each field once",
                "{'t':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} | each field once",
                "{'t':{'dtype':'F32','shape':[1]}} | a dtype, a shape and two data_offsets",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | two data_offsets",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,2,4]}} | at most 2 integers",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}} | dtype, shape or data_offsets",
                "{'t':{'dtype':7,'shape':[1],'data_offsets':[0,4]}} | a string for the dtype",
                "{'t':{'dtype':'F31','shape':[1],'data_offsets':[0,4]}} | a known dtype",
                "{'t':{'dtype':'F32','shape':1,'data_offsets':[0,4]}} | a list of integers",
                "{'t':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | an integer from 0",
                "{'t':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | an integer from 0",
                "{'t':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}} | an integer from 0",
                "{'t':{'dtype':'F32','shape':[[1]],'data_offsets':[0,4]}} | an integer from 0",
                "{'t':{'dtype':'F32','shape':[18446744073709551616],'data_offsets':[0,4]}} | an integer from 0",
                "{'t':{'dtype':'F32','shape':[4294967296,4294967296,1],'data_offsets':[0,0]}} | at most 2^64 - 1 entries",
                "{'t':{'dtype':'F32','shape':[4611686018427387905],'data_offsets':[0,4]}} | 18446744073709551620 bytes",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[18446744073709551615,4]}} | 4 bytes for",
                "{'t':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | within the 4 bytes of data",
                "{'t':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4 bytes for",
                "{'t':{'dtype':'F32','shape':[18446744073709551615,0],'data_offsets':[0,0]}} | below 2^63",
                "{'t':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}} | without gaps",
                "{'t':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},'u':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | without gaps and overlaps",
                "{'t':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} | the end of the file",
                "{} | the end of the file",
                "{'__metadata__':[]} | an object of strings",
                "{'__metadata__':{'a':1}} | a string in __metadata__"
            })
    void otherHeadersAreRefusedAtTheirByte(String header, String expected) {
        InputException refusal = refusalOfHeader(safetensors(header.replace('\'', '"'), new byte[4]));
        assertThat(refusal.expected()).contains(expected);
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.UNREADABLE);
    }

    @Test
    void placesCountBytesAndNotCharacters() {
        // the e with an accent takes two bytes
        String header = "{\"\u00e9\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"t\":7}";
        assertThat(refusalOfHeader(safetensors(header, new byte[4])).byteOffset())
                .hasValue(8L + header.indexOf('7') + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 100_000_001, 7, 0})
    void headerLengthsAreCompared(long length) {
        byte[] bytes = safetensors("{}");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        assertThat(refusalOfHeader(bytes).kind()).isEqualTo(InputException.Kind.UNREADABLE);
    }

    @Test
    void aHeaderBeginsAtOnce() {
        assertThat(refusalOfHeader(safetensors(" {}")).expected()).contains("begins with {");
    }

    @Test
    void longHeadersAndManyTensorsAreBeyondTheLimit() {
        byte[] padded = safetensors("{}" + " ".repeat(1 << 23));
        assertThat(refusalOfHeader(padded).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i <= 10_000; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("\"t" + i + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        InputException refusal = refusalOfHeader(safetensors(many + "}"));
        assertThat(refusal.kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
        assertThat(refusal.expected()).contains("4096 tensors");
    }

    @Test
    void cutFilesAreRefused() {
        byte[] good = safetensors("{\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", new byte[4]);
        for (int length = 0; length < good.length; length++) {
            assertThat(refusalOfHeader(Arrays.copyOf(good, length)).kind()).isEqualTo(InputException.Kind.UNREADABLE);
        }
        byte[] notText = good.clone();
        notText[10] = (byte) 0xff;
        assertThat(refusalOfHeader(notText).byteOffset()).hasValue(10);
    }

    @ParameterizedTest
    @CsvSource({"BOOL, truth values", "F8_E4M3, 8 bits", "F8_E5M2, 8 bits"})
    void typesThatAreNotReadAreRefusedByName(String dtype, String found) {
        Path file = file(safetensors(
                "{\"t\":{\"dtype\":\"" + dtype + "\",\"shape\":[2,2],\"data_offsets\":[0,4]}}", new byte[4]));
        assertThat(refusal(file).found()).contains(found).contains(dtype);
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        Path file = file(safetensors(
                "{\"Z\":{\"dtype\":\"BF16\",\"shape\":[1,2,2],\"data_offsets\":[0,8]}}",
                new byte[] {0, 0, (byte) 0x80, (byte) 0xff, 0, 0, 0, 0}));
        assertThat(refusal(file).found()).isEqualTo("-infinity in entry [0, 0, 1] of 'Z' (counted from 0)");
    }
}
