package org.loopcert.derivation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.loopcert.kernel.Fraction;

/**
 * Weights of at least zero with which given columns sum to a goal: the simplex method in exact arithmetic, with Bland's
 * rule; of many columns binary64 chooses few first. Rows are named by keys. Where {@link Column#counts} asks for
 * it, counting columns must get weight.
 */
final class LinearProgram {
    private static final int MAX_PIVOTS = 400;
    private static final int MAX_BITS = 40_000;
    /** So many columns are worked on in exact arithmetic at once; the choice among more may miss a solution. */
    private static final int MOST_EXACT = 40;

    private static final double TOLERANCE = 1e-9;

    /** Costs differ a little, so that early candidates are preferred and ties are rare. */
    private static final double SPREAD = 1e-4;

    private LinearProgram() {}

    /** A column, and whether weight on it counts towards strictness. */
    record Column(Map<String, Fraction> entries, boolean counts) {}

    /**
     * The weights by column, zeros included; empty where there are none, or none were found within the limit.
     *
     * @param counting whether some column that counts must get weight
     */
    static Optional<List<Fraction>> solve(Map<String, Fraction> goal, List<Column> columns, boolean counting) {
        List<Integer> kept = useful(goal, columns);
        if (counting && kept.stream().noneMatch(each -> columns.get(each).counts())) {
            return Optional.empty();
        }
        kept = kept.size() <= MOST_EXACT ? kept : chosen(goal, columns, kept, counting);
        Map<String, Integer> rows = rows(goal, columns, kept);
        Tableau tableau = new Tableau(rows.size(), kept.size());
        goal.forEach((key, value) -> tableau.rows[rows.get(key)][tableau.width() - 1] = value);
        for (int j = 0; j < kept.size(); j++) {
            int position = j;
            columns.get(kept.get(j)).entries().forEach((key, value) -> tableau.rows[rows.get(key)][position] = value);
        }
        if (!tableau.isFeasible()) {
            return Optional.empty();
        }
        Fraction[] costs = new Fraction[kept.size()];
        for (int j = 0; j < costs.length; j++) {
            boolean counts = columns.get(kept.get(j)).counts();
            costs[j] = counting ? Fraction.of(counts ? -1 : 0) : Fraction.ONE;
        }
        tableau.minimize(costs, counting);
        List<Fraction> weights = new ArrayList<>(java.util.Collections.nCopies(columns.size(), Fraction.ZERO));
        Fraction counted = Fraction.ZERO;
        for (int j = 0; j < kept.size(); j++) {
            Fraction weight = tableau.value(j);
            weights.set(kept.get(j), weight);
            counted = counted.add(columns.get(kept.get(j)).counts() ? weight : Fraction.ZERO);
        }
        return counting && counted.signum() == 0 ? Optional.empty() : Optional.of(weights);
    }

    private static Map<String, Integer> rows(Map<String, Fraction> goal, List<Column> columns, List<Integer> kept) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        goal.keySet().forEach(each -> rows.putIfAbsent(each, rows.size()));
        for (int column : kept) {
            columns.get(column).entries().keySet().forEach(each -> rows.putIfAbsent(each, rows.size()));
        }
        return rows;
    }

    /** The columns that a solution in binary64 uses; none where it finds none. */
    private static List<Integer> chosen(
            Map<String, Fraction> goal, List<Column> columns, List<Integer> kept, boolean counting) {
        Map<String, Integer> rows = rows(goal, columns, kept);
        int width = kept.size() + 1;
        double[][] table = new double[rows.size()][width];
        goal.forEach((key, value) -> table[rows.get(key)][width - 1] = approximate(value));
        for (int j = 0; j < kept.size(); j++) {
            int position = j;
            columns.get(kept.get(j))
                    .entries()
                    .forEach((key, value) -> table[rows.get(key)][position] = approximate(value));
        }
        double[] costs = new double[kept.size()];
        for (int j = 0; j < costs.length; j++) {
            boolean counts = columns.get(kept.get(j)).counts();
            costs[j] = counting ? (counts ? -1 : 0) : 1 + j * SPREAD;
        }
        List<Integer> found = new ArrayList<>();
        for (int each : new Proposal(table).columns(costs)) {
            found.add(kept.get(each));
        }
        return found;
    }

    private static double approximate(Fraction value) {
        return new BigDecimal(value.numerator())
                .divide(new BigDecimal(value.denominator()), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** The simplex method in binary64. Its answer is a proposal. */
    private static final class Proposal {
        private final double[][] table;
        private final int width;
        private final int[] basis;

        Proposal(double[][] table) {
            this.table = table;
            width = table.length == 0 ? 1 : table[0].length;
            basis = new int[table.length];
            Arrays.fill(basis, -1);
            for (double[] row : table) {
                if (row[width - 1] < 0) {
                    for (int j = 0; j < width; j++) {
                        row[j] = -row[j];
                    }
                }
            }
        }

        /** Columns of a basis that reaches the goal, and of a direction that leaves every bound. */
        Set<Integer> columns(double[] costs) {
            double[] distance = new double[width];
            for (double[] row : table) {
                for (int j = 0; j < width; j++) {
                    distance[j] -= row[j];
                }
            }
            run(distance);
            if (distance[width - 1] < -TOLERANCE) {
                return Set.of();
            }
            double[] price = Arrays.copyOf(costs, width);
            for (int i = 0; i < table.length; i++) {
                if (basis[i] >= 0) {
                    double cost = price[basis[i]];
                    for (int j = 0; j < width; j++) {
                        price[j] -= cost * table[i][j];
                    }
                }
            }
            int direction = run(price);
            Set<Integer> columns = new TreeSet<>();
            for (int each : basis) {
                if (each >= 0) {
                    columns.add(each);
                }
            }
            if (direction >= 0) {
                columns.add(direction);
            }
            return columns;
        }

        /** Pivots until no cost falls; returns a column along which it falls without end, or -1. */
        private int run(double[] price) {
            for (int pivots = 0; pivots < MAX_PIVOTS; pivots++) {
                int entering = -1;
                for (int j = 0; j < width - 1; j++) {
                    boolean better = entering < 0 ? price[j] < -TOLERANCE : price[j] < price[entering];
                    entering = better ? j : entering;
                }
                if (entering < 0) {
                    return -1;
                }
                int leaving = -1;
                for (int i = 0; i < table.length; i++) {
                    boolean stops = table[i][entering] > TOLERANCE
                            || basis[i] < 0
                                    && Math.abs(table[i][width - 1]) < TOLERANCE
                                    && Math.abs(table[i][entering]) > TOLERANCE;
                    if (stops && (leaving < 0 || ratio(i, entering) < ratio(leaving, entering))) {
                        leaving = i;
                    }
                }
                if (leaving < 0) {
                    return entering;
                }
                pivot(leaving, entering, price);
            }
            return -1;
        }

        private double ratio(int row, int column) {
            return Math.abs(table[row][width - 1] / table[row][column]);
        }

        private void pivot(int row, int column, double[] price) {
            double by = table[row][column];
            for (int j = 0; j < width; j++) {
                table[row][j] /= by;
            }
            for (double[] other : table) {
                double factor = other[column];
                if (other != table[row] && factor != 0) {
                    for (int j = 0; j < width; j++) {
                        other[j] -= factor * table[row][j];
                    }
                }
            }
            double factor = price[column];
            for (int j = 0; j < width; j++) {
                price[j] -= factor * table[row][j];
            }
            basis[row] = column;
        }
    }

    /** The columns without those that no combination can use: their entry in a row has a sign that nothing balances. */
    private static List<Integer> useful(Map<String, Fraction> goal, List<Column> columns) {
        List<Integer> kept = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            kept.add(j);
        }
        boolean changed = true;
        while (changed) {
            Map<String, int[]> signs = new LinkedHashMap<>();
            goal.forEach((key, value) -> count(signs, key, -value.signum()));
            kept.forEach(
                    each -> columns.get(each).entries().forEach((key, value) -> count(signs, key, value.signum())));
            changed = kept.removeIf(each -> columns.get(each).entries().entrySet().stream()
                    .anyMatch(
                            entry -> signs.get(entry.getKey())[entry.getValue().signum() > 0 ? 0 : 1] == 0));
        }
        return kept;
    }

    /** Counts negative entries, then positive ones; the goal stands on the other side. */
    private static void count(Map<String, int[]> signs, String key, int sign) {
        int[] both = signs.computeIfAbsent(key, none -> new int[2]);
        if (sign != 0) {
            both[sign < 0 ? 0 : 1]++;
        }
    }

    /** The columns, a unit column for each row, and the right side. */
    private static final class Tableau {
        private final int count;
        private final Fraction[][] rows;
        private final int[] basis;
        private int pivots;

        Tableau(int height, int count) {
            this.count = count;
            rows = new Fraction[height][count + height + 1];
            basis = new int[height];
            for (int i = 0; i < height; i++) {
                Arrays.fill(rows[i], Fraction.ZERO);
                rows[i][count + i] = Fraction.ONE;
                basis[i] = count + i;
            }
        }

        /** Drives the unit columns out of the basis, or to zero. */
        boolean isFeasible() {
            int last = width() - 1;
            for (int i = 0; i < rows.length; i++) {
                if (rows[i][last].signum() < 0) {
                    for (int j = 0; j <= last; j++) {
                        rows[i][j] = j >= count && j < last ? rows[i][j] : rows[i][j].negate();
                    }
                }
            }
            Fraction[] costs = new Fraction[count + rows.length];
            Arrays.fill(costs, Fraction.ZERO);
            Arrays.fill(costs, count, costs.length, Fraction.ONE);
            run(costs, costs.length, false);
            for (int i = 0; i < rows.length; i++) {
                if (basis[i] >= count && rows[i][last].signum() != 0) {
                    return false;
                }
            }
            return true;
        }

        void minimize(Fraction[] costs, boolean stopWhenNegative) {
            Fraction[] all = new Fraction[count + rows.length];
            Arrays.fill(all, Fraction.ZERO);
            System.arraycopy(costs, 0, all, 0, count);
            for (int i = 0; i < rows.length; i++) {
                int entering = 0;
                while (basis[i] >= count && entering < count) {
                    if (rows[i][entering].signum() != 0) {
                        pivot(i, entering);
                    }
                    entering++;
                }
            }
            run(all, count, stopWhenNegative);
        }

        /** Bland's rule, on the first columns only. */
        private void run(Fraction[] costs, int allowed, boolean stopWhenNegative) {
            while (pivots++ < MAX_PIVOTS) {
                int entering = -1;
                for (int j = 0; j < allowed && entering < 0; j++) {
                    Fraction reduced = costs[j];
                    for (int i = 0; i < rows.length; i++) {
                        if (costs[basis[i]].signum() != 0 && rows[i][j].signum() != 0) {
                            reduced = reduced.subtract(costs[basis[i]].multiply(rows[i][j]));
                        }
                    }
                    entering = reduced.signum() < 0 ? j : -1;
                }
                int leaving = entering < 0 ? -1 : leaving(entering);
                if (leaving < 0) {
                    if (entering >= 0 && stopWhenNegative) {
                        move(entering);
                    }
                    return;
                }
                pivot(leaving, entering);
                if (rows[leaving][width() - 1].numerator().bitLength() > MAX_BITS) {
                    return;
                }
            }
        }

        private int leaving(int entering) {
            int leaving = -1;
            Fraction least = null;
            for (int i = 0; i < rows.length; i++) {
                if (rows[i][entering].signum() > 0) {
                    Fraction ratio = rows[i][width() - 1].divide(rows[i][entering]);
                    int order = least == null ? -1 : ratio.compareTo(least);
                    if (order < 0 || order == 0 && basis[i] < basis[leaving]) {
                        least = ratio;
                        leaving = i;
                    }
                }
            }
            return leaving;
        }

        private Fraction ray = Fraction.ZERO;
        private int rayColumn = -1;

        /** One step along a direction in which nothing stops. */
        private void move(int entering) {
            ray = Fraction.ONE;
            rayColumn = entering;
            for (int i = 0; i < rows.length; i++) {
                rows[i][width() - 1] = rows[i][width() - 1].subtract(rows[i][entering]);
            }
        }

        private void pivot(int row, int column) {
            Fraction by = rows[row][column];
            for (int j = 0; j < width(); j++) {
                rows[row][j] = rows[row][j].signum() == 0 ? rows[row][j] : rows[row][j].divide(by);
            }
            for (int i = 0; i < rows.length; i++) {
                Fraction factor = rows[i][column];
                if (i != row && factor.signum() != 0) {
                    for (int j = 0; j < width(); j++) {
                        if (rows[row][j].signum() != 0) {
                            rows[i][j] = rows[i][j].subtract(factor.multiply(rows[row][j]));
                        }
                    }
                }
            }
            basis[row] = column;
        }

        Fraction value(int column) {
            for (int i = 0; i < rows.length; i++) {
                if (basis[i] == column) {
                    return rows[i][width() - 1];
                }
            }
            return column == rayColumn ? ray : Fraction.ZERO;
        }

        private int width() {
            return count + rows.length + 1;
        }
    }
}
