package org.loopcert.exact;

import java.math.BigInteger;
import java.util.Optional;

/**
 * An enclosure of a real vector v: a centre c of fixed-point entries and a radius r with |v - c| &le; r in the Euclidean
 * norm. Immutable.
 *
 * <p>Entries have the same number of digits over one common power of two, which follows their size. How many digits
 * there are decides how wide an enclosure is, never whether it holds.
 */
public final class BallVector {
    private final DigitFormat format;
    private final int size;

    /** Digit a of entry i at a stride + i; the stride is the size rounded up to a multiple of four. */
    private final double[] digits;

    /** Units are 2^(width position). */
    private final long position;

    private final double radius;

    /** What an entry of the centre is off by rounding, in units of its lowest digit. */
    private final double rounding;

    private BallVector(DigitFormat format, int size, double[] digits, long position, double radius, double rounding) {
        this.format = format;
        this.size = size;
        this.digits = digits;
        this.position = position;
        this.radius = radius;
        this.rounding = rounding;
    }

    /** The same centre with another radius, which the caller answers for. */
    BallVector(BallVector other, double radius) {
        this(other.format, other.size, other.digits, other.position, radius, other.rounding);
    }

    /**
     * The enclosure of an exactly known vector.
     *
     * @param dimension d of the matrices that it will be multiplied by
     * @param bits precision below the leading digit of its largest entry
     */
    public static BallVector of(ScaledVector vector, int dimension, int bits) {
        return of(DigitFormat.of(dimension, bits), vector);
    }

    static BallVector of(DigitFormat format, ScaledVector vector) {
        int size = vector.size();
        BigInteger denominator = vector.denominator();
        int length = vector.numerators().bitLength() - denominator.bitLength() + 1;
        long position = Math.floorDiv(length + 1L + format.width(), (long) format.width()) - format.count();
        double[] digits = new double[format.count() * DigitFormat.padded(size)];
        int inexact = 0;
        for (int i = 0; i < size; i++) {
            BigInteger[] parts =
                    quotient(vector.numerators().get(i), denominator, Math.multiplyExact(position, format.width()));
            format.encode(parts[0], digits, i, DigitFormat.padded(size));
            inexact += parts[1].signum() == 0 ? 0 : 1;
        }
        return new BallVector(format, size, digits, position, Upward.sqrt(inexact), inexact == 0 ? 0 : 1);
    }

    /** Quotient and remainder of numerator and 2^exponent denominator; the quotient is off by less than 1. */
    static BigInteger[] quotient(BigInteger numerator, BigInteger denominator, long exponent) {
        int shift = Math.toIntExact(exponent);
        return shift <= 0
                ? numerator.shiftLeft(-shift).divideAndRemainder(denominator)
                : numerator.divideAndRemainder(denominator.shiftLeft(shift));
    }

    /** The number of entries. */
    public int size() {
        return size;
    }

    /** The numerators of the centre over 2^-exponent. */
    public BigInteger[] centre() {
        BigInteger[] centre = new BigInteger[size];
        for (int i = 0; i < size; i++) {
            centre[i] = format.decode(digits, i, stride());
        }
        return centre;
    }

    /** e: centre and radius count multiples of 2^e. */
    public long exponent() {
        return Math.multiplyExact(position, (long) format.width());
    }

    /** An upper bound of the Euclidean distance from the centre, in multiples of 2^exponent; may be infinite. */
    public double radius() {
        return radius;
    }

    /** What every entry of the centre is off the exact result on the factors' centres, in units of 2^-bits. */
    double rounding(int bits) {
        return Upward.scale(rounding, exponent() + bits);
    }

    /** Upper bounds of the absolute values of the centre's entries. */
    double[] magnitudes() {
        double[] magnitudes = new double[size];
        for (int i = 0; i < size; i++) {
            magnitudes[i] = format.shift(magnitude(i), position + format.count() - 2, 0);
        }
        return magnitudes;
    }

    /** About log2 of the radius relative to the norm of the centre; 0 where the radius is not smaller. */
    int relativeRadius() {
        long norm = Upward.exponent(centreNorm()) + (format.count() - 2L) * format.width();
        return radius == 0 ? Integer.MIN_VALUE : (int) Math.min(0, Upward.exponent(radius) - norm + 1);
    }

    private int stride() {
        return DigitFormat.padded(size);
    }

    /** An upper bound of the norm of the centre in units of the second leading digit. */
    private double centreNorm() {
        double squares = 0;
        for (int i = 0; i < size; i++) {
            double entry = magnitude(i);
            squares += entry * entry;
        }
        return Upward.sqrt(Upward.sum(squares));
    }

    /** An upper bound of an entry of |c|, in units of the second leading digit: all lower ones are worth less than 1. */
    private double magnitude(int i) {
        int top = (format.count() - 1) * stride() + i;
        return Math.abs(digits[top] * Math.scalb(1.0, format.width()) + digits[top - stride()]) + 1;
    }

    /**
     * The enclosure of s v.
     *
     * @param scalar s, a vector of one entry
     */
    BallVector scale(BallVector scalar) {
        Window window = scaled(centreNorm(), centreNorm(), radius, position, scalar, Bound.NOTHING);
        double[] sums = new double[window.positions() * stride()];
        format.accumulate(digits, stride(), scalar.entry(), window.low(), sums);
        double[] result = new double[digits.length];
        format.normalize(sums, stride(), window.first(), result, 0, stride());
        return rounded(result, window, format.rounding(1, window.low()));
    }

    /**
     * The window of s times something, plus something of at most {@code added} without digits above that position.
     *
     * <p>With c and k the centres of v and s, s v - k c = (s - k) c + k (v - c) + (s - k) (v - c).
     *
     * @param entry bounds the entries of c, in units of its second leading digit
     * @param norm bounds the norm of c, in the same units
     */
    static Window scaled(double entry, double norm, double radius, long position, BallVector scalar, Bound added) {
        DigitFormat format = scalar.format;
        double factor = scalar.centreNorm();
        long product = position + scalar.position;
        long second = product + format.count() - 2;
        Bound carried = new Bound(
                        Upward.add(Upward.multiply(factor, radius), Upward.multiply(norm, scalar.radius)), second)
                .add(format, new Bound(Upward.multiply(radius, scalar.radius), product));
        Bound bound = new Bound(Upward.multiply(entry, factor), second + format.count() - 2).add(format, added);
        long highest = Math.max(product + 2L * format.count(), added.position() + 1);
        return Window.of(format, product, highest, bound, carried);
    }

    BallVector negate() {
        double[] negative = new double[digits.length];
        for (int l = 0; l < digits.length; l++) {
            negative[l] = -digits[l];
        }
        return new BallVector(format, size, negative, position, radius, rounding);
    }

    /** The digits of the only entry, one after the other. */
    double[] entry() {
        double[] entry = new double[format.count()];
        for (int a = 0; a < entry.length; a++) {
            entry[a] = digits[a * stride()];
        }
        return entry;
    }

    /**
     * The enclosure of A v + w.
     *
     * <p>With C and c the centres of A and v, A v - C c = A (v - c) + (A - C) c, which is at most |A| r + R |c|.
     *
     * @param offset w
     * @throws IllegalArgumentException if sizes or numbers of digits disagree
     */
    public BallVector multiplyAdd(BallMatrix matrix, BallVector offset) {
        requireFitting(offset.format, offset.size);
        return image(matrix, Optional.of(offset));
    }

    /**
     * The enclosure of A v.
     *
     * @throws IllegalArgumentException if sizes or numbers of digits disagree
     */
    public BallVector multiply(BallMatrix matrix) {
        return image(matrix, Optional.empty());
    }

    private void requireFitting(DigitFormat other, int otherSize) {
        if (!format.equals(other) || size != otherSize) {
            throw new IllegalArgumentException(
                    "expected size " + size + " and " + format + ", got " + otherSize + " and " + other);
        }
    }

    private BallVector image(BallMatrix matrix, Optional<BallVector> offset) {
        requireFitting(matrix.format(), matrix.size());
        Window window = window(matrix, offset);
        double[] result = new double[digits.length];
        for (int block = 0; block < matrix.blocks(); block++) {
            int columns = matrix.span(block);
            int start = matrix.start(block);
            double[] sums = new double[window.positions() * columns];
            format.accumulate(matrix.rows(block), columns, digits, stride(), window.low(), sums);
            if (offset.isPresent()) {
                offset.get().addTo(sums, window.lowest(), start, columns);
            }
            format.normalize(sums, columns, window.first(), result, start, stride());
        }
        return rounded(result, window, format.rounding(size, window.low()));
    }

    private BallVector rounded(double[] result, Window window, double entry) {
        double total = window.radius(Upward.multiply(Upward.sqrt(size), entry));
        return new BallVector(format, size, result, window.position(), total, entry);
    }

    /** Adds the digits of entries from start on to sums that begin at a position; those below it are left out. */
    private void addTo(double[] sums, long lowest, int start, int columns) {
        long offset = position - lowest;
        int count = format.count();
        for (int a = (int) Math.max(0, Math.min(count, -offset)); a < count; a++) {
            int to = Math.toIntExact(offset + a) * columns;
            int from = a * stride() + start;
            for (int l = 0; l < columns; l++) {
                sums[to + l] += digits[from + l];
            }
        }
    }

    private Window window(BallMatrix matrix, Optional<BallVector> offset) {
        int count = format.count();
        long product = position + matrix.position();
        long second = product + count - 2;
        double own = centreNorm();
        // |C| <= |A| + R, in units of the position above the leading digit
        double norm = Upward.add(matrix.norm(), format.shift(matrix.radius(), -count, 0));
        Bound bound = new Bound(Upward.multiply(norm, own), second + count);
        Bound carried = new Bound(Upward.multiply(matrix.norm(), radius), second + 2)
                .add(format, new Bound(Upward.multiply(matrix.radius(), own), second));
        long highest = product + 2L * count;
        if (offset.isPresent()) {
            BallVector w = offset.get();
            bound = bound.add(format, new Bound(w.centreNorm(), w.position + count - 2));
            carried = carried.add(format, new Bound(w.radius, w.position));
            highest = Math.max(highest, w.position + count);
        }
        return Window.of(format, product, highest, bound, carried);
    }
}
