package org.loopcert.certificate;

/**
 * The witness that a symmetric integer matrix A is positive semidefinite, as a field of a line: k and the upper triangle of
 * an R with 4^k A - R'R dominated by its diagonal.
 *
 * @param name of the field
 * @param scale k
 * @param rows of R over 2^shift, each from the diagonal on
 * @param shift at least 0
 */
public record FactorText(String name, int scale, long[][] rows, int shift) implements Texts.Part {
    @Override
    public void write(CanonicalText out) {
        out.name(name);
        out.open('{');
        out.field("method", Texts.string("factor"));
        out.field("scale", Texts.count(scale));
        out.name("rows");
        out.open('[');
        ShiftedDecimals decimals = new ShiftedDecimals(shift);
        for (long[] row : rows) {
            out.item();
            out.integers(row, decimals);
        }
        out.close(']');
        out.close('}');
    }
}
