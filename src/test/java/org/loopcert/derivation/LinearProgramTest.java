package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.loopcert.derivation.LinearProgram.Column;
import org.loopcert.kernel.Fraction;

/** Weights that are found reproduce the goal; where none are found there are none. */
class LinearProgramTest {
    private static Map<String, Fraction> entries(Fraction[] values) {
        Map<String, Fraction> entries = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i].signum() != 0) {
                entries.put("row " + i, values[i]);
            }
        }
        return entries;
    }

    private static Fraction[] random(Random random, int height, int size) {
        Fraction[] values = new Fraction[height];
        for (int i = 0; i < height; i++) {
            values[i] = Fraction.of(random.nextInt(2 * size + 1) - size).divide(Fraction.of(1L + random.nextInt(2)));
        }
        return values;
    }

    private static Fraction product(Fraction[] left, Fraction[] right) {
        Fraction sum = Fraction.ZERO;
        for (int i = 0; i < left.length; i++) {
            sum = sum.add(left[i].multiply(right[i]));
        }
        return sum;
    }

    /** Whether weights are at least zero, sum to the goal, and count where they are to. */
    private static void verify(
            Fraction[] goal, List<Fraction[]> columns, boolean[] counts, boolean counting, List<Fraction> weights) {
        assertThat(weights).hasSameSizeAs(columns).allSatisfy(each -> assertThat(each.signum())
                .isNotNegative());
        for (int i = 0; i < goal.length; i++) {
            Fraction sum = Fraction.ZERO;
            for (int j = 0; j < columns.size(); j++) {
                sum = sum.add(weights.get(j).multiply(columns.get(j)[i]));
            }
            assertThat(sum).isEqualTo(goal[i]);
        }
        boolean counted = false;
        for (int j = 0; j < columns.size(); j++) {
            counted |= counts[j] && weights.get(j).signum() > 0;
        }
        assertThat(counted || !counting).isTrue();
    }

    private static Optional<List<Fraction>> solve(
            Fraction[] goal, List<Fraction[]> columns, boolean[] counts, boolean counting) {
        List<Column> all = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            all.add(new Column(entries(columns.get(j)), counts[j]));
        }
        return LinearProgram.solve(entries(goal), all, counting);
    }

    private static boolean[] flags(Random random, int count) {
        boolean[] flags = new boolean[count];
        for (int j = 0; j < count; j++) {
            flags[j] = random.nextInt(3) == 0;
        }
        return flags;
    }

    @Property(tries = 300)
    void weightsOfACombinationAreFound(@ForAll long seed) {
        Random random = new Random(seed);
        int height = 1 + random.nextInt(6);
        int count = 1 + random.nextInt(9);
        boolean[] counts = flags(random, count);
        List<Fraction[]> columns = new ArrayList<>();
        Fraction[] goal = new Fraction[height];
        Arrays.fill(goal, Fraction.ZERO);
        boolean counted = false;
        for (int j = 0; j < count; j++) {
            Fraction[] column = random(random, height, 3);
            Fraction weight = Fraction.of(Math.max(0, random.nextInt(5) - 2));
            counted |= counts[j] && weight.signum() > 0;
            columns.add(column);
            for (int i = 0; i < height; i++) {
                goal[i] = goal[i].add(weight.multiply(column[i]));
            }
        }
        Optional<List<Fraction>> found = solve(goal, columns, counts, false);
        assertThat(found).isPresent();
        verify(goal, columns, counts, false, found.get());
        Optional<List<Fraction>> counting = solve(goal, columns, counts, true);
        assertThat(counting.isPresent() || !counted).isTrue();
        counting.ifPresent(each -> verify(goal, columns, counts, true, each));
    }

    /** Farkas: a form that is at least zero on the columns and below zero on the goal. */
    @Property(tries = 300)
    void nothingIsFoundOnTheOtherSideOfAHyperplane(@ForAll long seed) {
        Random random = new Random(seed);
        int height = 1 + random.nextInt(5);
        int count = 1 + random.nextInt(8);
        Fraction[] normal = random(random, height, 3);
        normal[0] = Fraction.ONE;
        List<Fraction[]> columns = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            Fraction[] column = random(random, height, 3);
            Fraction side = product(normal, column);
            if (side.signum() < 0) {
                column[0] = column[0].subtract(side);
            }
            columns.add(column);
        }
        Fraction[] goal = random(random, height, 3);
        goal[0] = goal[0].subtract(product(normal, goal)).subtract(Fraction.ONE);
        assertThat(product(normal, goal).signum()).isNegative();
        boolean[] counts = flags(random, count);
        assertThat(solve(goal, columns, counts, false)).isEmpty();
        assertThat(solve(goal, columns, counts, true)).isEmpty();
    }

    /** Small systems: found exactly where some columns that are linearly independent do it (Caratheodory). */
    @Property(tries = 600)
    void foundExactlyWhereABasicSolutionIs(@ForAll long seed) {
        Random random = new Random(seed);
        int height = 1 + random.nextInt(3);
        int count = 1 + random.nextInt(4);
        List<Fraction[]> columns = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            columns.add(integers(random, height));
        }
        Fraction[] goal = integers(random, height);
        boolean[] counts = flags(random, count);
        boolean feasible = isFeasible(goal, columns);
        Optional<List<Fraction>> found = solve(goal, columns, counts, false);
        assertThat(found.isPresent()).isEqualTo(feasible);
        found.ifPresent(each -> verify(goal, columns, counts, false, each));
        boolean strictly = feasible && canCount(goal, columns, counts);
        Optional<List<Fraction>> counting = solve(goal, columns, counts, true);
        assertThat(counting.isPresent()).isEqualTo(strictly);
        counting.ifPresent(each -> verify(goal, columns, counts, true, each));
    }

    private static Fraction[] integers(Random random, int height) {
        Fraction[] values = new Fraction[height];
        for (int i = 0; i < height; i++) {
            values[i] = Fraction.of(random.nextInt(5) - 2);
        }
        return values;
    }

    private static boolean isFeasible(Fraction[] goal, List<Fraction[]> columns) {
        for (int subset = 0; subset < 1 << columns.size(); subset++) {
            List<Fraction[]> chosen = new ArrayList<>();
            for (int j = 0; j < columns.size(); j++) {
                if ((subset >> j & 1) == 1) {
                    chosen.add(columns.get(j));
                }
            }
            Optional<Fraction[]> only = only(goal, chosen);
            if (only.isPresent() && Arrays.stream(only.get()).allMatch(each -> each.signum() >= 0)) {
                return true;
            }
        }
        return false;
    }

    /** A counting column with a positive weight: some t goal, t at least zero, less the column is a combination. */
    private static boolean canCount(Fraction[] goal, List<Fraction[]> columns, boolean[] counts) {
        for (int j = 0; j < columns.size(); j++) {
            if (counts[j]) {
                // weights w + column j = t goal; with a solution for the goal itself the mean of both has weight on j
                List<Fraction[]> more = new ArrayList<>(columns);
                more.add(negated(goal));
                if (isFeasible(negated(columns.get(j)), more)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Fraction[] negated(Fraction[] values) {
        return Arrays.stream(values).map(Fraction::negate).toArray(Fraction[]::new);
    }

    /** The only solution of columns that are linearly independent; empty where they are not, or there is none. */
    private static Optional<Fraction[]> only(Fraction[] goal, List<Fraction[]> columns) {
        int height = goal.length;
        int width = columns.size();
        Fraction[][] rows = new Fraction[height][width + 1];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                rows[i][j] = columns.get(j)[i];
            }
            rows[i][width] = goal[i];
        }
        for (int j = 0; j < width; j++) {
            int pivot = j;
            while (pivot < height && rows[pivot][j].signum() == 0) {
                pivot++;
            }
            if (pivot >= height) {
                return Optional.empty();
            }
            Fraction[] row = rows[pivot];
            rows[pivot] = rows[j];
            rows[j] = row;
            Fraction lead = row[j];
            for (int k = 0; k <= width; k++) {
                row[k] = row[k].divide(lead);
            }
            for (int i = 0; i < height; i++) {
                Fraction factor = rows[i][j];
                for (int k = 0; i != j && k <= width; k++) {
                    rows[i][k] = rows[i][k].subtract(factor.multiply(row[k]));
                }
            }
        }
        for (int i = width; i < height; i++) {
            if (rows[i][width].signum() != 0) {
                return Optional.empty();
            }
        }
        Fraction[] solution = new Fraction[width];
        for (int j = 0; j < width; j++) {
            solution[j] = rows[j][width];
        }
        return Optional.of(solution);
    }

    /** The example on which the simplex method without a rule for ties runs in a circle (Beale 1955). */
    @Test
    void degenerateProgramsEnd() {
        Fraction quarter = Fraction.ONE.divide(Fraction.of(4));
        Fraction half = Fraction.ONE.divide(Fraction.TWO);
        List<Fraction[]> columns = List.of(
                new Fraction[] {quarter, half, Fraction.ZERO},
                new Fraction[] {Fraction.of(-8), Fraction.of(-12), Fraction.ZERO},
                new Fraction[] {Fraction.of(-1), half.negate(), Fraction.ONE},
                new Fraction[] {Fraction.of(9), Fraction.of(3), Fraction.ZERO},
                new Fraction[] {Fraction.ONE, Fraction.ZERO, Fraction.ZERO},
                new Fraction[] {Fraction.ZERO, Fraction.ONE, Fraction.ZERO},
                new Fraction[] {Fraction.ZERO, Fraction.ZERO, Fraction.ONE});
        Fraction[] goal = {Fraction.ZERO, Fraction.ZERO, Fraction.ONE};
        boolean[] counts = {true, false, true, false, false, false, false};
        Optional<List<Fraction>> found = solve(goal, columns, counts, true);
        assertThat(found).isPresent();
        verify(goal, columns, counts, true, found.get());
    }

    @Test
    void nothingSumsToZeroButDoesNotCount() {
        assertThat(LinearProgram.solve(Map.of(), List.of(), false)).contains(List.of());
        assertThat(LinearProgram.solve(Map.of(), List.of(), true)).isEmpty();
    }
}
