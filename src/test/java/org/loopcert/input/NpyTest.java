package org.loopcert.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.loopcert.input.ArrayBytes.npy;
import static org.loopcert.input.TestFiles.q;

import ch.obermuhlner.math.big.BigRational;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    private Path folder;

    private List<BigRational> values(byte[] bytes) throws InputException {
        return ArrayBytes.values(open(bytes));
    }

    private StoredArray open(byte[] bytes) throws InputException {
        Path path = TestFiles.write(folder, "a.npy", bytes);
        return ArrayFile.open(path, InputLimits.DEFAULT).arrays().get(0);
    }

    private InputException refusal(byte[] bytes) {
        InputException refusal = catchThrowableOfType(InputException.class, () -> values(bytes));
        assertThat(refusal).isNotNull();
        assertThat(refusal.byteOffset()).isNotEmpty();
        return refusal;
    }

    // expected values by hand from the definitions of the formats
    @ParameterizedTest
    @CsvSource({
        "f2, 3c00, 1",
        "f2, c000, -2",
        "f2, 3555, 1365/4096",
        "f2, 0001, 1/16777216",
        "f2, 03ff, 1023/16777216",
        "f2, 7bff, 65504",
        "f2, 8000, 0",
        "f4, 3dcccccd, 13421773/134217728",
        "f4, 00000001, 1/713623846352979940529142984724747568191373312",
        "f4, 7f7fffff, 340282346638528859811704183484516925440",
        "f4, 80000000, 0",
        "f8, 3fb999999999999a, 3602879701896397/36028797018963968",
        "f8, bff8000000000000, -3/2",
        "f8, 4340000000000001, 9007199254740994",
        "i1, 80, -128",
        "i1, 7f, 127",
        "u1, ff, 255",
        "i2, 8000, -32768",
        "i2, 0102, 258",
        "u2, ffff, 65535",
        "i4, ffffffff, -1",
        "i4, 80000000, -2147483648",
        "u4, ffffffff, 4294967295",
        "i8, 8000000000000000, -9223372036854775808",
        "i8, 0020000000000001, 9007199254740993",
        "u8, ffffffffffffffff, 18446744073709551615",
        "u8, 8000000000000000, 9223372036854775808"
    })
    void everyTypeIsExactInBothByteOrders(String type, String bigEndian, String value) throws InputException {
        byte[] big = HexFormat.of().parseHex(bigEndian);
        byte[] little = new byte[big.length];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        assertThat(values(npy(">" + type, false, "(1,)", big))).containsExactly(q(value));
        assertThat(values(npy("<" + type, false, "(1,)", little))).containsExactly(q(value));
        if (big.length == 1) {
            assertThat(values(npy("|" + type, false, "(1,)", big))).containsExactly(q(value));
        }
    }

    @Test
    void everyHalfIsTheFloatThatJavaOrTheDefinitionSays() throws InputException {
        ByteBuffer all = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        for (int bits = 0; bits < 1 << 16; bits++) {
            if ((bits >> 10 & 31) != 31) {
                all.putShort((short) bits);
                count++;
            }
        }
        List<BigRational> values = values(npy("<f2", false, "(" + count + ",)", Arrays.copyOf(all.array(), 2 * count)));
        for (int i = 0; i < count; i++) {
            int bits = all.getShort(2 * i) & 0xffff;
            int exponent = bits >> 10 & 31;
            double magnitude = exponent == 0
                    ? (bits & 1023) * Math.scalb(1.0, -24)
                    : (1024 + (bits & 1023)) * Math.scalb(1.0, exponent - 25);
            assertThat(values.get(i).toDouble()).isEqualTo(bits < 0x8000 ? magnitude : 0.0 - magnitude);
        }
    }

    @Test
    void memoryOrderDecidesWhichIndexRunsFastest() throws InputException {
        byte[] entries = ArrayBytes.doubles(1, 2, 3, 4, 5, 6);
        List<BigRational> c =
                Stream.of("1", "2", "3", "4", "5", "6").map(TestFiles::q).toList();
        List<BigRational> fortran =
                Stream.of("1", "3", "5", "2", "4", "6").map(TestFiles::q).toList();
        assertThat(values(npy("<f8", false, "(2, 3)", entries))).isEqualTo(c);
        assertThat(values(npy("<f8", true, "(2, 3)", entries))).isEqualTo(fortran);
        assertThat(values(npy("<f8", true, "(1, 2, 3)", entries))).isEqualTo(fortran);
        assertThat(open(npy("<f8", true, "(2, 3)", entries)).header().fortran()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
                "{'descr':'<f8','fortran_order':False,'shape':(2,)}",
                "{ \"shape\" : ( 2 , ) , 'fortran_order' : True, 'descr': \"<f8\" }   ",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2L,), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (02, 01,), }",
                "{\n'descr': '<f8',\n'fortran_order': False,\n'shape': (2,)}\n"
            })
    void headersOfEveryVersionAndSpacingAreRead(String dictionary) throws InputException {
        for (int version = 1; version <= 3; version++) {
            assertThat(values(npy(version, dictionary, ArrayBytes.doubles(1.5, -2))))
                    .containsExactly(q("3/2"), q("-2"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exec('x') | a dictionary",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} + 1 | blanks until the entries",
                "{'descr': '<f8', 'fortran_order': False} | the keys",
                "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,)} | each once",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': True} | the keys",
                "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)} | True or False",
                "{'descr': '<f8', 'fortran_order': False, 'shape': 2} | a tuple",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2)} | a comma after the only length",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)} | a length",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1+1,)} | a comma",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1 1)} | a comma",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999999999,)} | at most 18 digits",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} | 24 bytes of entries",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} | 8 bytes of entries",
                "{'descr': '<f8', 'fortran_order': False, 'shape': ()} | 8 bytes of entries",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (0,)} | 0 bytes of entries",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296, 2)} | 295147905179352825856",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, | a length",
                "{'descr': '<f8 | a string that ends",
                "{'descr': '<\\x66', 'fortran_order': False, 'shape': (2,)} | a type such as",
                "{'descr': <f8, 'fortran_order': False, 'shape': (2,)} | a type such as",
                "{'descr': [('a', '<f8'), ('b', '<f8')], 'fortran_order': False, 'shape': (1,)} | one type",
                "{'descr' '<f8'} | a colon",
                "{} | the keys",
                "{1: 2} | the keys"
            })
    void otherHeadersAreRefused(String dictionary, String expected) {
        for (int version = 1; version <= 3; version++) {
            assertThat(refusal(npy(version, dictionary, ArrayBytes.doubles(1, 2)))
                            .expected())
                    .contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|O; an object array, a Python pickle",
                "<c16; complex numbers",
                "|b1; truth values",
                "<U2; text",
                "|S5; text",
                "<M8[ns]; dates",
                "|V8; raw bytes",
                "<f16; another size",
                "f8; no byte order",
                "=f4; no byte order",
                "|i2; no byte order",
                "<f3; another size",
                "<x4; another type"
            })
    void entriesThatAreNoRealNumbersAreRefusedByName(String descr, String found) {
        InputException refusal = refusal(npy(descr, false, "(2,)", new byte[32]));
        assertThat(refusal.found()).contains(found);
        assertThat(refusal.byteOffset()).hasValue(20);
        assertThat(refusal.hint()).isPresent();
    }

    @Test
    void damageIsRefusedAtItsByte() {
        byte[] good = ArrayBytes.npy("(2,)", 1, 2);
        byte[] magic = good.clone();
        magic[3] = 'x';
        assertThat(refusal(magic).byteOffset()).hasValue(3);
        byte[] version = good.clone();
        version[6] = 4;
        assertThat(refusal(version).found()).isEqualTo("4.0");
        version[6] = 1;
        version[7] = 1;
        assertThat(refusal(version).found()).isEqualTo("1.1");
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThat(refusal(cut).kind()).isEqualTo(InputException.Kind.UNREADABLE);
        }
        assertThat(refusal(Arrays.copyOf(good, good.length + 1)).expected()).contains("16 bytes of entries");
        byte[] long2 = npy(2, "{'descr': '<f8'", new byte[0]);
        long2[11] = (byte) 0xff;
        assertThat(refusal(long2).expected()).contains("a header that ends within");
    }

    @Test
    void longHeadersAreBeyondTheLimit() {
        byte[] bytes = npy(2, "{'descr': '<f8'" + " ".repeat(70_000), new byte[0]);
        assertThat(refusal(bytes).kind()).isEqualTo(InputException.Kind.BEYOND_LIMIT);
    }

    @ParameterizedTest
    @CsvSource({
        "f2, 7c00, infinity",
        "f2, fc00, -infinity",
        "f2, 7e01, NaN",
        "f4, 7f800000, infinity",
        "f4, ff800000, -infinity",
        "f4, ffc00000, NaN",
        "f8, 7ff0000000000000, infinity",
        "f8, fff0000000000000, -infinity",
        "f8, 7ff0000000000001, NaN"
    })
    void valuesThatAreNotFiniteAreRefusedByNameAndPlace(String type, String hex, String name) {
        byte[] entry = HexFormat.of().parseHex(hex);
        byte[] entries = new byte[4 * entry.length];
        System.arraycopy(entry, 0, entries, 2 * entry.length, entry.length);
        byte[] file = npy(">" + type, false, "(2, 2)", entries);
        InputException refusal = refusal(file);
        assertThat(refusal.found()).isEqualTo(name + " in row 2, column 1, entry [1, 0] (counted from 0)");
        assertThat(refusal.byteOffset()).hasValue(file.length - 2L * entry.length);
    }
}
