package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Fraction;

/**
 * All x with A x = b: a point and directions.
 *
 * @param point with zeros for the unknowns that are free
 * @param directions a basis of the kernel of A
 */
record AffineSolution(List<Fraction> point, List<List<Fraction>> directions) {
    AffineSolution {
        point = List.copyOf(point);
        directions = List.copyOf(directions);
    }

    /**
     * By Gauss and Jordan; empty where nothing solves the equations.
     *
     * @param equations rows of A, each followed by its entry of b
     */
    static Optional<AffineSolution> of(int unknowns, List<List<Fraction>> equations) {
        List<List<Fraction>> rows = new ArrayList<>();
        equations.forEach(each -> rows.add(new ArrayList<>(each)));
        List<Integer> pivots = new ArrayList<>();
        for (int column = 0; column < unknowns; column++) {
            int found = pivots.size();
            while (found < rows.size() && rows.get(found).get(column).signum() == 0) {
                found++;
            }
            if (found == rows.size()) {
                continue;
            }
            int place = pivots.size();
            rows.add(place, rows.remove(found));
            Fraction pivot = rows.get(place).get(column);
            rows.get(place).replaceAll(each -> each.divide(pivot));
            for (int i = 0; i < rows.size(); i++) {
                Fraction factor = rows.get(i).get(column);
                if (i != place && factor.signum() != 0) {
                    for (int j = 0; j <= unknowns; j++) {
                        Fraction subtrahend = factor.multiply(rows.get(place).get(j));
                        rows.get(i).set(j, rows.get(i).get(j).subtract(subtrahend));
                    }
                }
            }
            pivots.add(column);
        }
        for (int i = pivots.size(); i < rows.size(); i++) {
            if (rows.get(i).get(unknowns).signum() != 0) {
                return Optional.empty();
            }
        }
        List<Fraction> point = zeros(unknowns);
        for (int i = 0; i < pivots.size(); i++) {
            point.set(pivots.get(i), rows.get(i).get(unknowns));
        }
        List<List<Fraction>> directions = new ArrayList<>();
        for (int free = 0; free < unknowns; free++) {
            if (!pivots.contains(free)) {
                List<Fraction> direction = zeros(unknowns);
                direction.set(free, Fraction.ONE);
                for (int i = 0; i < pivots.size(); i++) {
                    direction.set(pivots.get(i), rows.get(i).get(free).negate());
                }
                directions.add(List.copyOf(direction));
            }
        }
        return Optional.of(new AffineSolution(point, directions));
    }

    private static List<Fraction> zeros(int size) {
        List<Fraction> zeros = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            zeros.add(Fraction.ZERO);
        }
        return zeros;
    }

    /** The point plus multiples of the directions. */
    List<Fraction> at(List<Fraction> multiples) {
        List<Fraction> sum = new ArrayList<>(point);
        for (int k = 0; k < directions.size(); k++) {
            for (int i = 0; i < sum.size(); i++) {
                sum.set(
                        i,
                        sum.get(i)
                                .add(multiples.get(k).multiply(directions.get(k).get(i))));
            }
        }
        return sum;
    }
}
