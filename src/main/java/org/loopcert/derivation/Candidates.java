package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.loopcert.kernel.Fraction;
import org.loopcert.matrix.Matrix;

/**
 * Small rational matrices that tell false statements from true ones: zero, identities, units, negatives, unit vectors with
 * rational entries, rank-deficient, definite, indefinite, orthogonal, nilpotent and non-commuting ones. The simplest come
 * first.
 */
final class Candidates {
    private static final int RANDOM = 4;

    private static final List<Fraction> SCALARS = List.of(
            Fraction.ONE,
            Fraction.TWO,
            Fraction.ZERO,
            Fraction.of(-1),
            fraction(1, 2),
            Fraction.of(3),
            Fraction.of(-2),
            fraction(1, 4),
            Fraction.of(4),
            fraction(-1, 2),
            fraction(3, 2),
            fraction(1, 3),
            Fraction.of(-3),
            fraction(3, 4),
            Fraction.of(10),
            fraction(1, 10));

    private Candidates() {}

    static Fraction fraction(long above, long below) {
        return Fraction.of(above).divide(Fraction.of(below));
    }

    static Matrix<Fraction> scalar(Fraction value) {
        return Matrix.of(1, 1, (i, j) -> value);
    }

    static List<Fraction> scalars() {
        return SCALARS;
    }

    /** Matrices of this shape, with some random ones at the end. */
    static List<Matrix<Fraction>> of(int rows, int columns, Random random) {
        Set<Matrix<Fraction>> all = new LinkedHashSet<>();
        if (rows == 1 && columns == 1) {
            SCALARS.forEach(each -> all.add(scalar(each)));
        } else if (columns == 1) {
            vectors(rows).forEach(all::add);
        } else if (rows == 1) {
            vectors(columns).forEach(each -> all.add(Matrix.of(1, columns, (i, j) -> each.get(j, 0))));
        } else {
            if (rows == columns) {
                all.addAll(square(rows));
            }
            all.addAll(rectangular(rows, columns));
        }
        for (int i = 0; i < RANDOM; i++) {
            all.add(Matrix.of(rows, columns, (row, column) -> Fraction.of(random.nextInt(5) - 2)));
        }
        return new ArrayList<>(all);
    }

    private static Matrix<Fraction> vector(int size, long... above) {
        return Matrix.of(size, 1, (i, j) -> Fraction.of(i < above.length ? above[i] : 0));
    }

    private static Matrix<Fraction> scaled(Matrix<Fraction> matrix, Fraction factor) {
        return matrix.map(factor::multiply);
    }

    private static List<Matrix<Fraction>> vectors(int size) {
        List<Matrix<Fraction>> all = new ArrayList<>();
        all.add(vector(size, 1));
        all.add(Matrix.of(size, 1, (i, j) -> Fraction.ONE));
        all.add(vector(size, 0, 1));
        all.add(vector(size));
        all.add(vector(size, -1));
        all.add(vector(size, 2));
        all.add(vector(size, 1, -1));
        all.add(scaled(vector(size, 3, 4), fraction(1, 5)));
        all.add(Matrix.of(size, 1, (i, j) -> Fraction.of(i + 1L)));
        all.add(scaled(vector(size, -4, 3), fraction(1, 5)));
        all.add(vector(size, 0, -1));
        all.add(vector(size, 2, 1));
        all.add(vector(size, 0, 2));
        all.add(vector(size, 3, -1));
        all.add(scaled(vector(size, 1), fraction(1, 2)));
        if (size > 2) {
            // on the unit sphere, by stereographic projection from small points
            all.add(scaled(vector(size, 1, 2, 2), fraction(1, 3)));
            all.add(scaled(vector(size, 2, -2, 1), fraction(1, 3)));
            all.add(scaled(vector(size, 2, 3, 6), fraction(1, 7)));
            all.add(vector(size, 0, 0, 1));
        }
        return all;
    }

    private static Matrix<Fraction> square(int size, long topLeft, long topRight, long left, long right, long rest) {
        return Matrix.of(size, size, (i, j) -> {
            if (i > 1 || j > 1) {
                return Fraction.of(i == j ? rest : 0);
            }
            return Fraction.of(i == 0 ? j == 0 ? topLeft : topRight : j == 0 ? left : right);
        });
    }

    /** Positive semidefinite matrices. */
    static List<Matrix<Fraction>> semidefinite(int size) {
        return List.of(
                square(size, 1, 0, 0, 1, 1),
                square(size, 1, 1, 1, 1, 0),
                square(size, 0, 0, 0, 1, 0),
                square(size, 1, -1, -1, 1, 1),
                square(size, 1, 0, 0, 0, 0),
                square(size, 0, 0, 0, 0, 0),
                square(size, 2, 1, 1, 1, 0));
    }

    private static List<Matrix<Fraction>> square(int size) {
        return List.of(
                square(size, 1, 0, 0, 1, 1),
                square(size, 1, 0, 0, 2, 1),
                square(size, 0, 0, 0, 0, 0),
                square(size, 1, 0, 0, 0, 0),
                square(size, 2, 0, 0, 2, 2),
                square(size, 2, 1, 1, 2, 1),
                square(size, 2, 1, 1, 1, 1),
                square(size, 0, 1, 0, 0, 0),
                square(size, 1, 0, 0, -1, 1),
                square(size, 0, 1, 1, 0, 1),
                square(size, 1, 1, 0, 1, 1),
                square(size, 1, 1, 1, 1, 0),
                square(size, -1, 0, 0, -1, -1),
                square(size, 0, 1, -1, 0, 0),
                square(size, 0, 0, 0, 1, 0),
                scaled(square(size, 3, -4, 4, 3, 5), fraction(1, 5)),
                scaled(square(size, 3, 4, 4, -3, 5), fraction(1, 5)),
                square(size, 2, 0, 0, 1, 3),
                square(size, 1, 2, 2, 1, 0),
                square(size, 4, 2, 2, 1, 0),
                square(size, 1, 2, 3, 4, 1),
                square(size, 5, 2, 2, 2, 3),
                scaled(square(size, 1, 1, 1, 1, 2), fraction(1, 2)),
                square(size, 0, 0, 1, 0, 0),
                square(size, 3, 0, 0, 1, 2));
    }

    private static List<Matrix<Fraction>> rectangular(int rows, int columns) {
        return List.of(
                Matrix.of(rows, columns, (i, j) -> i == j ? Fraction.ONE : Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> i == j ? Fraction.of(i + 1L) : Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> Fraction.ONE),
                Matrix.of(rows, columns, (i, j) -> i >= j ? Fraction.ONE : Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> i == 0 && j == 0 ? Fraction.TWO : Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> i == 0 && j == 1 ? Fraction.ONE : Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> i == 1 && j == 0 ? Fraction.ONE : Fraction.ZERO),
                Matrix.of(rows, columns, (i, j) -> Fraction.of((i + j) % 2 == 0 ? 1 : -1)),
                Matrix.of(rows, columns, (i, j) -> Fraction.of(i + 2L * j)),
                Matrix.of(rows, columns, (i, j) -> Fraction.of(i == j ? 2 - i : 0)));
    }
}
