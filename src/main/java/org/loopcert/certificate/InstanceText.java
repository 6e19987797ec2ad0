package org.loopcert.certificate;

import static org.loopcert.certificate.Texts.field;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Json;
import org.loopcert.matrix.DyadicMatrix;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;

/** The canonical text of an instance, the form in which the kernel reads and compares it. */
public final class InstanceText {
    /** About how many bytes an entry of X takes. */
    private static final int ENTRY = 40;

    private final List<Texts.Field> fields;
    private final Matrix<BigRational> x;
    private final Optional<DyadicMatrix> dyadic;

    private InstanceText(List<Texts.Field> fields, Matrix<BigRational> x, Optional<DyadicMatrix> dyadic) {
        this.fields = fields;
        this.x = x;
        this.dyadic = dyadic;
    }

    /**
     * The text of an instance.
     *
     * @param x X, n x d
     * @param y labels, n
     * @param theta theta*, d, where the instance names one
     * @param alpha the query
     * @param start q(0), d
     * @param loops T
     * @param step from {@link #constant}, {@link #schedule} or {@link #lambdaMax}
     */
    public static InstanceText of(
            Matrix<BigRational> x,
            Vector<BigRational> y,
            Optional<Vector<BigRational>> theta,
            BigRational alpha,
            Vector<BigRational> start,
            long loops,
            Json.Obj step) {
        return of(x, DyadicMatrix.of(x), Texts.numbers(y), theta, alpha, start, loops, step);
    }

    /** As above, where X is known as {@link DyadicMatrix#of} makes it, and the text of y. */
    public static InstanceText of(
            Matrix<BigRational> x,
            Optional<DyadicMatrix> dyadic,
            Json.Arr y,
            Optional<Vector<BigRational>> theta,
            BigRational alpha,
            Vector<BigRational> start,
            long loops,
            Json.Obj step) {
        List<Texts.Field> fields = new ArrayList<>();
        fields.add(field("alpha", Texts.number(alpha)));
        fields.add(field("loops", Texts.count(loops)));
        fields.add(field("step", step));
        fields.add(field("start", Texts.numbers(start)));
        theta.ifPresent(vector -> fields.add(field("theta", Texts.numbers(vector))));
        fields.add(field("y", y));
        return new InstanceText(List.copyOf(fields), x, dyadic);
    }

    /** The same as a value that the kernel takes. */
    public Json.Obj json() {
        List<Texts.Field> all = new ArrayList<>(fields);
        List<Json> rows = new ArrayList<>();
        for (int i = 0; i < x.rows(); i++) {
            rows.add(Texts.numbers(x.row(i)));
        }
        all.add(field("X", Texts.array(rows)));
        return Texts.object(all);
    }

    /** The canonical bytes. */
    public byte[] print() {
        CanonicalText out = new CanonicalText(ENTRY * x.columns(), 0, false);
        write(out);
        out.put("\n");
        byte[] result = new byte[out.length()];
        out.copyTo(result, 0);
        return result;
    }

    void write(CanonicalText out) {
        out.open('{');
        fields.forEach(each -> each.write(out));
        out.name("X");
        out.open('[');
        for (int i = 0; i < x.rows(); i++) {
            out.item();
            if (dyadic.isPresent()) {
                out.row(dyadic.get(), i);
            } else {
                out.value(Texts.numbers(x.row(i)));
            }
        }
        out.close(']');
        out.close('}');
    }

    public static Json.Obj constant(BigRational eta) {
        return Texts.object(field("kind", Texts.string("constant")), field("eta", Texts.number(eta)));
    }

    public static Json.Obj schedule(List<BigRational> etas) {
        return Texts.object(field("kind", Texts.string("schedule")), field("etas", Texts.numbers(etas)));
    }

    public static Json.Obj lambdaMax() {
        return Texts.object(field("kind", Texts.string("lambda-max")));
    }
}
