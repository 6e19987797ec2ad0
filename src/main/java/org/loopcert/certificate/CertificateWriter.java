package org.loopcert.certificate;

import static org.loopcert.certificate.Texts.field;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;

/** Collects the lines of a certificate and writes it with its declared cost. */
public final class CertificateWriter {
    /** How the length stands in a file whose length is not known yet. */
    private static final byte[] NO_LENGTH = "\"bytes\": 0\n".getBytes(StandardCharsets.US_ASCII);

    private final Json.Obj instance;
    private final int n;
    private final int d;
    private final long loops;
    private final List<Json> lines;

    /**
     * A certificate without lines.
     *
     * @param instance the canonical instance, or its fingerprint object for a bound certificate
     */
    public CertificateWriter(Json.Obj instance, int n, int d, long loops) {
        this(instance, n, d, loops, List.of());
    }

    private CertificateWriter(Json.Obj instance, int n, int d, long loops, List<Json> lines) {
        this.instance = instance;
        this.n = n;
        this.d = d;
        this.loops = loops;
        this.lines = new ArrayList<>(lines);
    }

    /** The instance field of a certificate that is bound to a file by the hash of its instance. */
    public static Json.Obj fingerprint(Json.Obj instance) {
        return Texts.object(field("sha256", Texts.string(Kernel.fingerprint(instance))));
    }

    /** A copy to which lines can be added without changing this one. */
    public CertificateWriter copy() {
        return new CertificateWriter(instance, n, d, loops, lines);
    }

    /** Adds a line and returns its number. */
    public int line(String rule, List<Integer> premises, Texts.Field... witness) {
        List<Texts.Field> fields = new ArrayList<>();
        int number = lines.size() + 1;
        fields.add(field("line", Texts.count(number)));
        fields.add(field("rule", Texts.string(rule)));
        fields.add(field(
                "premises", Texts.array(premises.stream().map(Texts::count).toList())));
        fields.addAll(List.of(witness));
        lines.add(Texts.object(fields));
        return number;
    }

    /** The bytes of the certificate, or of the refutation. */
    public byte[] write(boolean refutation, Optional<Json.Obj> measured) {
        int digits = Math.max(digits(instance), digits(Texts.array(lines)));
        byte[] text = Json.print(root(refutation, measured, digits, 0));
        int rest = text.length - 1;
        int bytes = rest + 1;
        while (rest + Integer.toString(bytes).length() != bytes) {
            bytes = rest + Integer.toString(bytes).length();
        }
        return withLength(text, bytes);
    }

    /** Puts the length in the place of the zero in the declared cost, which stands in front of everything else. */
    private static byte[] withLength(byte[] text, int bytes) {
        int at = 0;
        while (!Arrays.equals(text, at, at + NO_LENGTH.length, NO_LENGTH, 0, NO_LENGTH.length)) {
            at++;
        }
        int zero = at + NO_LENGTH.length - 2;
        byte[] length = Integer.toString(bytes).getBytes(StandardCharsets.US_ASCII);
        byte[] result = Arrays.copyOf(text, bytes);
        System.arraycopy(length, 0, result, zero, length.length);
        System.arraycopy(text, zero + 1, result, zero + length.length, text.length - zero - 1);
        return result;
    }

    private Json.Obj root(boolean refutation, Optional<Json.Obj> measured, int digits, long bytes) {
        List<Texts.Field> fields = new ArrayList<>();
        fields.add(field("format", Texts.string(Kernel.FORMAT)));
        fields.add(field("kind", Texts.string(refutation ? "refutation" : "certificate")));
        fields.add(field(
                "cost",
                Texts.object(
                        field("n", Texts.count(n)),
                        field("d", Texts.count(d)),
                        field("loops", Texts.count(loops)),
                        field("digits", Texts.count(digits)),
                        field("bytes", Texts.count(bytes)))));
        fields.add(field("instance", instance));
        fields.add(field("lines", Texts.array(lines)));
        measured.ifPresent(values -> fields.add(field("measured", values)));
        return Texts.object(fields);
    }

    /** The largest number of decimal digits of an integer. */
    private static int digits(Json root) {
        int largest = 1;
        Deque<Json> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            Json value = stack.pop();
            if (value instanceof Json.Obj object) {
                object.values().forEach(stack::push);
            } else if (value instanceof Json.Arr array) {
                array.items().forEach(stack::push);
            } else if (value instanceof Json.Str text) {
                largest = Math.max(largest, digits(text.text()));
            }
        }
        return largest;
    }

    /** The digits of the longer integer in a fraction; 0 for any other text. */
    private static int digits(String text) {
        int largest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                run++;
                largest = Math.max(largest, run);
            } else if (c == '/' && run > 0 && largest == run && text.indexOf('/') == i && i + 1 < text.length()) {
                run = 0;
            } else if (c != '-' || i > 0 || text.length() == 1) {
                return 0;
            }
        }
        return largest;
    }
}
