package org.loopcert.model;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;
import org.loopcert.ring.Field;
import org.loopcert.ring.RationalField;

/** Random instances of rationals with small numerators and denominators. */
final class Samples {
    private Samples() {}

    static BigRational rational(Random random) {
        return RationalField.of(random.nextInt(41) - 20, random.nextInt(9) + 1);
    }

    static BigRational nonzero(Random random) {
        BigRational value = rational(random);
        return value.isZero() ? nonzero(random) : value;
    }

    static Matrix<BigRational> matrix(Random random, int rows, int columns) {
        return Matrix.of(rows, columns, (i, j) -> rational(random));
    }

    static Vector<BigRational> vector(Random random, int size) {
        return matrix(random, 1, size).row(0);
    }

    static Prompt<BigRational> prompt(Random random, int n, int d) {
        return new Prompt<>(matrix(random, n, d), vector(random, n), vector(random, d), nonzero(random));
    }

    static List<BigRational> schedule(Random random, int loops) {
        List<BigRational> schedule = new ArrayList<>();
        for (int t = 0; t < loops; t++) {
            schedule.add(RationalField.of(random.nextInt(9) + 1, 1000));
        }
        return schedule;
    }

    static <E> Prompt<E> map(Field<E> field, Prompt<BigRational> prompt) {
        return new Prompt<>(
                prompt.examples().map(field::fromRational),
                prompt.labels().map(field::fromRational),
                prompt.queryVector().map(field::fromRational),
                field.fromRational(prompt.query()));
    }

    static <E> List<E> map(Field<E> field, List<BigRational> schedule) {
        List<E> image = new ArrayList<>();
        schedule.forEach(stepSize -> image.add(field.fromRational(stepSize)));
        return image;
    }
}
