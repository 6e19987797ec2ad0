package org.loopcert.certificate;

import static org.loopcert.certificate.Texts.field;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;

/** Writes the lines of a certificate as they come, and the whole with its declared cost. */
public final class CertificateWriter {
    /** Bytes to begin with, of a whole text and of what stands around it. */
    private static final int INITIAL = 1 << 12;

    private static final int SHORT = 512;

    private final int n;
    private final int d;
    private final long loops;

    /** From the value of the field "instance" on. */
    private final CanonicalText body;

    private int lines;

    /**
     * A certificate without lines.
     *
     * @param instance the value of the field of this name
     */
    public CertificateWriter(Json.Obj instance, int n, int d, long loops) {
        this(out -> out.value(instance), n, d, loops);
    }

    /** A certificate without lines that holds its instance. */
    public static CertificateWriter whole(InstanceText instance, int n, int d, long loops) {
        return new CertificateWriter(instance::write, n, d, loops);
    }

    /** A certificate without lines that is bound to its instance by a hash. */
    public static CertificateWriter bound(InstanceText instance, int n, int d, long loops) {
        return new CertificateWriter(
                Texts.object(field("sha256", Texts.string(Kernel.fingerprint(instance.json())))), n, d, loops);
    }

    private CertificateWriter(Consumer<CanonicalText> instance, int n, int d, long loops) {
        this.n = n;
        this.d = d;
        this.loops = loops;
        this.body = new CanonicalText(INITIAL, 1, false);
        instance.accept(body);
        body.name("lines");
        body.open('[');
    }

    private CertificateWriter(CertificateWriter other) {
        this.n = other.n;
        this.d = other.d;
        this.loops = other.loops;
        this.body = other.body.copy();
        this.lines = other.lines;
    }

    /** A copy to which lines can be added without changing this one. */
    public CertificateWriter copy() {
        return new CertificateWriter(this);
    }

    /** Adds a line and returns its number. */
    public int line(String rule, List<Integer> premises, Texts.Part... witness) {
        lines++;
        body.item();
        body.open('{');
        body.field("line", Texts.count(lines));
        body.field("rule", Texts.string(rule));
        body.field("premises", Texts.array(premises.stream().map(Texts::count).toList()));
        for (Texts.Part part : witness) {
            part.write(body);
        }
        body.close('}');
        return lines;
    }

    /** The bytes of the certificate, or of the refutation. */
    public byte[] write(boolean refutation, Optional<Json.Obj> measured) {
        CanonicalText end = new CanonicalText(SHORT, body.depth(), body.empty());
        end.close(']');
        measured.ifPresent(values -> end.field("measured", values));
        end.close('}');
        end.put("\n");
        int rest = head(refutation, 0).length() - 1 + body.length() + end.length();
        int bytes = rest + 1;
        while (rest + Integer.toString(bytes).length() != bytes) {
            bytes = rest + Integer.toString(bytes).length();
        }
        CanonicalText head = head(refutation, bytes);
        byte[] result = new byte[bytes];
        head.copyTo(result, 0);
        body.copyTo(result, head.length());
        end.copyTo(result, head.length() + body.length());
        return result;
    }

    /** What stands in front of the instance. */
    private CanonicalText head(boolean refutation, long bytes) {
        CanonicalText head = new CanonicalText(SHORT, 0, false);
        head.open('{');
        head.field("format", Texts.string(Kernel.FORMAT));
        head.field("kind", Texts.string(refutation ? "refutation" : "certificate"));
        head.field(
                "cost",
                Texts.object(
                        field("n", Texts.count(n)),
                        field("d", Texts.count(d)),
                        field("loops", Texts.count(loops)),
                        field("digits", Texts.count(body.digits())),
                        field("bytes", Texts.count(bytes))));
        head.name("instance");
        return head;
    }
}
