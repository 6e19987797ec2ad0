package org.loopcert.kernel.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.value.Enclosure.Meter;
import org.loopcert.kernel.value.Evaluator.Truth;
import org.loopcert.kernel.value.NotACounterexample.Reason;

/**
 * A real matrix, each entry between two rationals; a scalar is 1 x 1.
 *
 * @param entries by rows, which are not empty and equally long
 */
public record Matrix(List<List<Enclosure>> entries) {
    public Matrix {
        entries = entries.stream().map(List::copyOf).toList();
        for (List<Enclosure> row : entries) {
            if (row.isEmpty() || row.size() != entries.get(0).size()) {
                throw new IllegalArgumentException("rows of different lengths, or empty ones");
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("no rows");
        }
    }

    public static Matrix of(List<List<Fraction>> rows) {
        List<List<Enclosure>> entries = new ArrayList<>();
        rows.forEach(row -> entries.add(row.stream().map(Enclosure::of).toList()));
        return new Matrix(entries);
    }

    public static Matrix scalar(Fraction value) {
        return scalar(Enclosure.of(value));
    }

    static Matrix scalar(Enclosure value) {
        return new Matrix(List.of(List.of(value)));
    }

    /** An entry at indices from zero. */
    interface Entry {
        Enclosure at(int i, int j) throws NotACounterexample;
    }

    /** An operation on numbers. */
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
            entries.add(row);
        }
        return new Matrix(entries);
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

    /** Zero and the first entry, then that and the next one, and so on. */
    Enclosure fold(Operation operation) throws NotACounterexample {
        Enclosure result = Enclosure.ZERO;
        for (List<Enclosure> row : entries) {
            for (Enclosure each : row) {
                result = operation.apply(result, each);
            }
        }
        return result;
    }

    Enclosure sumOfSquares(Meter meter) throws NotACounterexample {
        return fold((sum, each) -> sum.add(each.square(meter), meter));
    }

    Matrix add(Matrix other, Meter meter) throws NotACounterexample {
        return combine(other, (left, right) -> left.add(right, meter));
    }

    Matrix subtract(Matrix other, Meter meter) throws NotACounterexample {
        return combine(other, (left, right) -> left.add(right.negate(), meter));
    }

    /** The matrix product; the multiple where one factor is a scalar. */
    Matrix multiply(Matrix other, Meter meter) throws NotACounterexample {
        if (columns() != other.rows()) {
            Matrix matrix = isScalar() ? other : this;
            return matrix.combine((isScalar() ? this : other).get(0, 0), (left, right) -> left.multiply(right, meter));
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

    /** Whether all entries are equal; unknown where they are not apart and not exact. */
    Truth equal(Matrix other) {
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                if (get(i, j).isApart(other.get(i, j))) {
                    return Truth.FALSE;
                }
            }
        }
        return isExact() && other.isExact() ? Truth.TRUE : Truth.UNKNOWN;
    }

    private List<List<Enclosure>> mutable() {
        List<List<Enclosure>> rows = new ArrayList<>();
        entries.forEach(row -> rows.add(new ArrayList<>(row)));
        return rows;
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
            for (int k = 0; k < size; k++) {
                if (k != i) {
                    eliminate(rows.get(k), rows.get(i), i, meter);
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
        Enclosure factor = row.get(column).divide(pivot.get(column), meter);
        for (int j = column; j < row.size() && !factor.equals(Enclosure.ZERO); j++) {
            row.set(j, row.get(j).add(factor.multiply(pivot.get(j), meter).negate(), meter));
        }
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

    /** The largest eigenvalue of a symmetric matrix by bisection; undefined for others. */
    Enclosure largestEigenvalue(Meter meter) throws NotACounterexample {
        Truth symmetric = equal(transpose());
        Reason reason = symmetric == Truth.FALSE ? Reason.UNDEFINED : Reason.PRECISION;
        NotACounterexample.require(symmetric == Truth.TRUE, reason, "a symmetric matrix", this);
        BigInteger common = BigInteger.ONE;
        for (List<Enclosure> row : entries) {
            for (Enclosure each : row) {
                BigInteger denominator = each.lower().denominator();
                common = common.divide(common.gcd(denominator)).multiply(denominator);
            }
        }
        Enclosure scale = Enclosure.of(Fraction.of(common));
        Matrix integers = combine(scale, (entry, by) -> entry.multiply(by, meter));
        Fraction high = integers.fold((sum, each) -> sum.add(each.abs(), meter)).lower();
        Fraction low = high.negate().subtract(Fraction.ONE);
        // low < eigenvalue <= high; of an integer matrix a rational eigenvalue is an integer
        for (int halvings = 0; halvings < meter.bits; ) {
            boolean whole = high.subtract(low).atMost(Fraction.ONE);
            if (whole && halvings == 0 && integers.below(high, meter) == Sign.SINGULAR) {
                return Enclosure.of(high).divide(scale, meter);
            }
            halvings += whole ? 1 : 0;
            Fraction middle = low.add(high).divide(Fraction.TWO);
            middle = whole ? middle : Fraction.of(middle.numerator().divide(middle.denominator()));
            if (integers.below(middle, meter) == Sign.NOT_SEMIDEFINITE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Enclosure(low, high).divide(scale, meter);
    }

    /** The sign of bound I - this. */
    private Sign below(Fraction bound, Meter meter) throws NotACounterexample {
        Matrix multiple = identity(rows()).multiply(scalar(bound), meter);
        return multiple.subtract(this, meter).sign(meter);
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
