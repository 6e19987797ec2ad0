package org.loopcert.kernel.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.value.Enclosure.Meter;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/** A real matrix, each entry between two rationals; a scalar is 1 x 1. Immutable. */
public final class Matrix {
    private final List<List<Enclosure>> entries;

    private Matrix(List<List<Enclosure>> entries) {
        this.entries = entries;
    }

    /** The matrix of these rows, which are not empty and equally long. */
    public static Matrix of(List<List<Fraction>> rows) {
        List<List<Enclosure>> entries = new ArrayList<>();
        for (List<Fraction> row : rows) {
            if (row.isEmpty() || row.size() != rows.get(0).size()) {
                throw new IllegalArgumentException(
                        "rows of " + row.size() + " and " + rows.get(0).size() + " entries");
            }
            entries.add(row.stream().map(Enclosure::of).toList());
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("no rows");
        }
        return new Matrix(List.copyOf(entries));
    }

    public static Matrix scalar(Fraction value) {
        return of(List.of(List.of(value)));
    }

    static Matrix scalar(Enclosure value) {
        return new Matrix(List.of(List.of(value)));
    }

    /** An entry at indices from zero. */
    interface Entry {
        Enclosure at(int i, int j) throws NotACounterexample;
    }

    /** An operation on entries. */
    interface Operation {
        Enclosure apply(Enclosure left, Enclosure right) throws NotACounterexample;
    }

    static Matrix of(int rows, int columns, Entry entry) throws NotACounterexample {
        List<List<Enclosure>> entries = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<Enclosure> row = new ArrayList<>();
            for (int j = 0; j < columns; j++) {
                row.add(entry.at(i, j));
            }
            entries.add(List.copyOf(row));
        }
        return new Matrix(List.copyOf(entries));
    }

    static Matrix identity(int size) throws NotACounterexample {
        return of(size, size, (i, j) -> i == j ? Enclosure.ONE : Enclosure.ZERO);
    }

    public int rows() {
        return entries.size();
    }

    public int columns() {
        return entries.get(0).size();
    }

    /** The entry at indices from zero. */
    public Enclosure get(int i, int j) {
        return entries.get(i).get(j);
    }

    /** The entries by rows. */
    public List<List<Enclosure>> entries() {
        return entries;
    }

    public boolean isExact() {
        return entries.stream().flatMap(List::stream).allMatch(Enclosure::isExact);
    }

    boolean isScalar() {
        return rows() == 1 && columns() == 1;
    }

    Matrix combine(Matrix other, Operation operation) throws NotACounterexample {
        return of(rows(), columns(), (i, j) -> operation.apply(get(i, j), other.get(i, j)));
    }

    /** The same operation on every entry with one number. */
    Matrix combine(Enclosure number, Operation operation) throws NotACounterexample {
        return of(rows(), columns(), (i, j) -> operation.apply(get(i, j), number));
    }

    Matrix add(Matrix other, Meter meter) throws NotACounterexample {
        return combine(other, (left, right) -> left.add(right, meter));
    }

    Matrix subtract(Matrix other, Meter meter) throws NotACounterexample {
        return combine(other, (left, right) -> left.subtract(right, meter));
    }

    /** The matrix product; the multiple where one factor is a scalar. */
    Matrix multiply(Matrix other, Meter meter) throws NotACounterexample {
        if (columns() != other.rows()) {
            Matrix matrix = isScalar() ? other : this;
            Enclosure factor = isScalar() ? get(0, 0) : other.get(0, 0);
            return matrix.combine(factor, (left, right) -> left.multiply(right, meter));
        }
        return of(rows(), other.columns(), (i, j) -> {
            Enclosure sum = Enclosure.ZERO;
            for (int k = 0; k < columns(); k++) {
                sum = sum.add(get(i, k).multiply(other.get(k, j), meter), meter);
            }
            return sum;
        });
    }

    Matrix transpose() throws NotACounterexample {
        return of(columns(), rows(), (i, j) -> get(j, i));
    }

    Enclosure sumOfSquares(Meter meter) throws NotACounterexample {
        Enclosure sum = Enclosure.ZERO;
        for (List<Enclosure> row : entries) {
            for (Enclosure each : row) {
                sum = sum.add(each.square(meter), meter);
            }
        }
        return sum;
    }

    Enclosure largestAbsolute() {
        Enclosure largest = Enclosure.ZERO;
        for (List<Enclosure> row : entries) {
            for (Enclosure each : row) {
                largest = largest.max(each.abs());
            }
        }
        return largest;
    }

    Enclosure trace(Meter meter) throws NotACounterexample {
        Enclosure sum = Enclosure.ZERO;
        for (int i = 0; i < rows(); i++) {
            sum = sum.add(get(i, i), meter);
        }
        return sum;
    }

    private List<List<Enclosure>> mutable() {
        return new ArrayList<>(entries.stream()
                .map(row -> (List<Enclosure>) new ArrayList<>(row))
                .toList());
    }

    /** By Gauss and Jordan beside the identity; undefined for a singular matrix. */
    Matrix inverse(Meter meter) throws NotACounterexample {
        int size = rows();
        List<List<Enclosure>> rows = mutable();
        for (int i = 0; i < size; i++) {
            rows.get(i).addAll(identity(size).entries.get(i));
        }
        for (int i = 0; i < size; i++) {
            rows.add(i, rows.remove(pivot(rows, i)));
            List<Enclosure> pivot = rows.get(i);
            for (int k = 0; k < size; k++) {
                if (k != i) {
                    eliminate(rows.get(k), pivot, i, meter);
                }
            }
        }
        return of(size, size, (i, j) -> rows.get(i)
                .get(size + j)
                .divide(rows.get(i).get(i), meter));
    }

    /** A row from this one on whose entry in this column is not zero. */
    private static int pivot(List<List<Enclosure>> rows, int column) throws NotACounterexample {
        boolean singular = true;
        for (int i = column; i < rows.size(); i++) {
            Enclosure candidate = rows.get(i).get(column);
            if (!candidate.contains(Fraction.ZERO)) {
                return i;
            }
            singular &= candidate.isExact();
        }
        Reason reason = singular ? Reason.UNDEFINED : Reason.PRECISION;
        throw NotACounterexample.of(reason, "an invertible matrix", "no pivot in column " + (column + 1));
    }

    private static void eliminate(List<Enclosure> row, List<Enclosure> pivot, int column, Meter meter)
            throws NotACounterexample {
        if (row.get(column).equals(Enclosure.ZERO)) {
            return;
        }
        Enclosure factor = row.get(column).divide(pivot.get(column), meter);
        row.set(column, Enclosure.ZERO);
        for (int j = column + 1; j < row.size(); j++) {
            row.set(j, row.get(j).subtract(factor.multiply(pivot.get(j), meter), meter));
        }
    }

    /** Whether some entry differs from its mirror image for certain. */
    boolean isAsymmetric() {
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < i; j++) {
                if (get(i, j).isApart(get(j, i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a symmetric matrix is. */
    enum Sign {
        POSITIVE_DEFINITE,
        /** Positive semidefinite and singular. */
        SINGULAR,
        NOT_SEMIDEFINITE
    }

    /** The sign of an exact symmetric matrix, by L D L'. */
    Sign sign(Meter meter) throws NotACounterexample {
        Sign sign = Sign.POSITIVE_DEFINITE;
        List<List<Enclosure>> rows = mutable();
        for (int i = 0; i < rows.size(); i++) {
            List<Enclosure> pivot = rows.get(i);
            int signum = pivot.get(i).lower().signum();
            boolean rest = pivot.subList(i + 1, rows.size()).stream().anyMatch(each -> !each.equals(Enclosure.ZERO));
            if (signum < 0 || signum == 0 && rest) {
                return Sign.NOT_SEMIDEFINITE;
            }
            sign = signum == 0 ? Sign.SINGULAR : sign;
            for (int k = i + 1; k < rows.size() && signum != 0; k++) {
                eliminate(rows.get(k), pivot, i, meter);
            }
        }
        return sign;
    }

    /** The largest eigenvalue of a symmetric matrix; undefined for others. */
    Enclosure largestEigenvalue(Meter meter) throws NotACounterexample {
        NotACounterexample.require(!isAsymmetric(), Reason.UNDEFINED, "a symmetric matrix", this);
        NotACounterexample.require(isExact(), Reason.PRECISION, "an exact matrix", this);
        // of an integer matrix a rational eigenvalue is an integer
        BigInteger scale = BigInteger.ONE;
        for (List<Enclosure> row : entries) {
            for (Enclosure each : row) {
                BigInteger denominator = each.lower().denominator();
                scale = scale.divide(scale.gcd(denominator)).multiply(denominator);
            }
        }
        Enclosure factor = Enclosure.of(Fraction.of(scale));
        Matrix integers = combine(factor, (entry, by) -> entry.multiply(by, meter));
        Fraction low = integers.get(0, 0).lower();
        Fraction high = low;
        for (int i = 0; i < rows(); i++) {
            Fraction radius = Fraction.ZERO;
            for (int j = 0; j < rows(); j++) {
                radius = j == i ? radius : radius.add(integers.get(i, j).lower().abs());
            }
            low = low.max(integers.get(i, i).lower());
            high = high.max(integers.get(i, i).lower().add(radius));
        }
        // never above the eigenvalue: low; never below: high
        for (int halvings = 0; low.below(high) && halvings < meter.bits; ) {
            boolean whole = high.subtract(low).atMost(Fraction.ONE);
            if (whole && halvings == 0) {
                if (integers.below(high, meter) == Sign.SINGULAR) {
                    low = high;
                    break;
                }
                if (integers.below(low, meter) != Sign.NOT_SEMIDEFINITE) {
                    high = low;
                    break;
                }
            }
            halvings += whole ? 1 : 0;
            Fraction middle = low.add(high).divide(Fraction.TWO);
            if (!whole) {
                middle = Fraction.of(middle.numerator().divide(middle.denominator()));
            }
            if (integers.below(middle, meter) == Sign.NOT_SEMIDEFINITE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Enclosure(low, high).divide(factor, meter);
    }

    /** The sign of bound I - this. */
    private Sign below(Fraction bound, Meter meter) throws NotACounterexample {
        Matrix multiple = identity(rows()).combine(Enclosure.of(bound), (one, by) -> one.multiply(by, meter));
        return multiple.subtract(this, meter).sign(meter);
    }

    /** The root of the largest eigenvalue of A'A; another matrix within radii is as far off as their sum at most. */
    Enclosure spectralNorm(Meter meter) throws NotACounterexample {
        if (!isExact()) {
            Matrix middle = of(
                    rows(),
                    columns(),
                    (i, j) -> Enclosure.of(
                            get(i, j).lower().add(get(i, j).upper()).divide(Fraction.TWO)));
            Enclosure radii = Enclosure.ZERO;
            for (List<Enclosure> row : subtract(middle, meter).entries) {
                for (Enclosure each : row) {
                    radii = radii.add(each.abs(), meter);
                }
            }
            return middle.spectralNorm(meter).widen(radii, meter).max(Enclosure.ZERO);
        }
        Matrix wide = rows() <= columns() ? this : transpose();
        return wide.multiply(wide.transpose(), meter).largestEigenvalue(meter).sqrt(meter);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix matrix && entries.equals(matrix.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** Rows separated by semicolons. */
    @Override
    public String toString() {
        String text = entries.stream()
                .map(row -> row.stream().map(Enclosure::toString).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return isScalar() ? text : "[" + text + "]";
    }
}
