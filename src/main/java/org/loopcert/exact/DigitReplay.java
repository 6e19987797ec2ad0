package org.loopcert.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * Looped attention and gradient descent replayed side by side, exactly, in digits of base 2^23, without a division, a gcd
 * or an object per entry (CHEN2024, Definitions 3.1-3.8, Lemma 4.1 and Theorem 4.2).
 *
 * <p>With X = XI / D, y = YI / (D m), q(0) = Q_0 / (c m), alpha = A / c and eta_t = p_t / r_t the last row of the prompt is
 * q(t) = Q_t / (c m W_0 ... W_{t-1}), W_t = D^2 r_t, with the integers
 *
 * <pre>
 *   U_0 = A,  U_{t+1} = W_t U_t
 *   Q_{t+1} = W_t Q_t - XI' (XI p_t Q_t + YI p_t U_t)
 * </pre>
 *
 * <p>and gradient descent, with G = GI / D^2 and b = bI / (D^2 m), is at theta(t) = -F_t / (A m W_0 ... W_{t-1}) with
 *
 * <pre>
 *   F_{t+1} = W_t F_t - (GI p_t F_t + bI p_t U_t)
 * </pre>
 *
 * <p>so that q(t) = -alpha theta(t) means Q_t = F_t. The two have nothing in common but U_t and W_t. A replay is a cursor:
 * mutable, for one caller at a time.
 */
public final class DigitReplay {
    /** Less work of one loop than so many products of digits is not worth a second thread. */
    private static final long WORTH_A_THREAD = 2_000_000;

    /** How often residues are compared on the way. */
    private static final int CHECKS = 8;

    /** A p_t U_t of so many places is multiplied place by place. */
    private static final int SHORT = 8;

    private static final double[][] NONE = {};

    /** Places beside the bounded length of a sum, for carries. */
    private static final int SPARE = 6;

    /** Arrays for an entry of a vector that is not multiplied by a matrix. */
    private static final int PLANES = 2;

    /** For one that is, at most. */
    private static final int POINTS = 4;

    private final Schedule schedule;
    private final int most;
    private final BigInteger square;
    private final BigInteger labelScale;
    private final ConstantMatrix scores;
    private final ConstantMatrix attention;
    private final ConstantMatrix gradient;

    /** The digits of YI and of -bI, a row each. */
    private final double[][] labels;

    private final double[][] moment;
    private final Room[] rooms;

    private DigitVector query;
    private DigitVector nextQuery;
    private DigitVector descent;
    private DigitVector nextDescent;
    private final DigitVector scaledQuery;
    private final DigitVector scaledDescent;
    private final DigitVector score;

    /** p_t U_t: low and high digits. */
    private final double[][] unit;

    private int unitFrom;
    private int unitTo;

    /** U_t = unitOdd 2^unitExponent: where all W are powers of two, unitOdd stays short. */
    private BigInteger unitOdd;

    private int unitExponent;

    private int loops;
    private Fraction step = Fraction.ZERO;
    private DigitFactor numerator;
    private DigitFactor scale;
    private BigInteger scaleValue = BigInteger.ONE;
    private BigInteger support;

    private final Optional<DistanceBound> distance;
    private final ModularCheck check;
    private final List<ResidueReplay> residues;

    /**
     * A bound to be checked along the way: |theta(t) - point|^2 &lt;= ratio^t |theta(0) - point|^2.
     *
     * @param point theta*, of size d; its denominator lengthens every integer of the replay
     * @param ratio not negative
     */
    public record Target(ScaledVector point, Fraction ratio) {
        public Target {
            if (ratio.signum() < 0) {
                throw new IllegalArgumentException("expected a ratio of at least zero, got " + ratio);
            }
        }
    }

    private DigitReplay(
            ScaledMatrix x,
            ScaledVector y,
            Gram gram,
            ScaledVector start,
            Fraction alpha,
            Scales scales,
            Schedule schedule,
            int most,
            Optional<Target> target,
            ModularCheck check,
            int threads) {
        this.schedule = schedule;
        this.most = most;
        int d = x.columns();
        square = scales.square();
        labelScale = scales.labels();
        BigInteger a = scales.alpha();
        BigInteger first = a.multiply(labelScale);
        unitExponent = a.getLowestSetBit();
        unitOdd = a.shiftRight(unitExponent);
        support = Support.of(first);

        BigInteger[] firstDescent = new BigInteger[d];
        for (int j = 0; j < d; j++) {
            Fraction theta = start.get(j).divide(alpha).negate();
            firstDescent[j] = ScaledVector.scale(theta, first).negate();
        }
        IntegerVector labelNumerators = labels(x, y, scales);
        BigInteger[] momentNumerators = new BigInteger[d];
        Arrays.setAll(momentNumerators, j -> ScaledVector.scale(gram.moment().get(j), square.multiply(labelScale))
                .negate());
        labels = digits(labelNumerators.toArray());
        moment = digits(momentNumerators);
        scores = ConstantMatrix.of(x.numerators());
        attention = scores.negativeTransposed();
        gradient =
                ConstantMatrix.of(gram.gi().multiply(square.divide(gram.gDen()).negate()));

        long longest = longest(x, labelNumerators, gram, scales, schedule, most);
        int n = x.rows();
        int capacity = Digits.capacity(Digits.places(longest) + gradient.places() + attention.places() + SPARE);
        long work = capacity * (scores.products() + attention.products() + gradient.products());
        rooms = new Room[work < WORTH_A_THREAD ? 1 : threads];
        // all in one go, so that they lie one after the other
        int queryArrays = scores.arrays();
        int descentArrays = gradient.arrays();
        int scoreArrays = attention.arrays();
        int arrays =
                PLANES * (4 * d + 1) + (queryArrays + descentArrays) * d + scoreArrays * n + rooms.length * Room.ARRAYS;
        Iterator<double[]> pool = Arrays.asList(new double[arrays][capacity]).iterator();
        query = new DigitVector(d, take(pool, PLANES * d));
        nextQuery = new DigitVector(d, take(pool, PLANES * d));
        descent = new DigitVector(d, take(pool, PLANES * d));
        nextDescent = new DigitVector(d, take(pool, PLANES * d));
        scaledQuery = new DigitVector(d, joined(scores, d, capacity), take(pool, queryArrays * d));
        scaledDescent = new DigitVector(d, take(pool, descentArrays * d));
        score = new DigitVector(n, joined(scores, n, capacity), take(pool, scoreArrays * n));
        unit = take(pool, PLANES);
        for (int k = 0; k < rooms.length; k++) {
            rooms[k] = new Room(joined(scores, Room.JOINED, capacity), take(pool, Room.ARRAYS));
        }
        distance = target.map(
                each -> new DistanceBound(each.point(), each.ratio(), start.divide(alpha.negate()), labelScale, first));
        this.check = check;
        residues = check.moduli().stream()
                .map(p -> new ResidueReplay(p, x.numerators(), labelNumerators, scales.query(), a, most))
                .toList();
        query.set(scales.query());
        descent.set(IntegerVector.of(firstDescent));
    }

    private static double[][] joined(ConstantMatrix matrix, int rows, int capacity) {
        return new double[matrix.joins() ? rows : 0][Digits.capacity(2 * capacity)];
    }

    private static double[][] take(Iterator<double[]> pool, int count) {
        double[][] arrays = new double[count][];
        Arrays.setAll(arrays, k -> pool.next());
        return arrays;
    }

    /**
     * A replay standing at the prompt Z(0) = [[X, y], [q', alpha]], with room for so many loops.
     *
     * @param gram the Gram data of X and y, which gradient descent runs on
     * @param target what {@link #withinBound} decides
     * @param check the primes of the modular cross-check
     * @param threads how many threads may work at once, at least 1
     * @throws IllegalArgumentException if the shapes do not fit, alpha is zero, the schedule is shorter than the loops, or
     *     an integer would have more digits than an array can hold
     */
    public static DigitReplay start(
            ScaledMatrix x,
            ScaledVector y,
            Gram gram,
            ScaledVector q,
            Fraction alpha,
            Schedule schedule,
            int loops,
            Optional<Target> target,
            ModularCheck check,
            int threads) {
        requireShapes(x, y, gram, q, alpha, schedule, loops);
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least one thread, got " + threads);
        }
        for (Target each : target.stream().toList()) {
            if (each.point().size() != x.columns()) {
                throw new IllegalArgumentException("expected theta* of size " + x.columns() + ", got "
                        + each.point().size());
            }
        }
        Scales scales = Scales.of(x, y, q, alpha, target);
        return new DigitReplay(x, y, gram, q, alpha, scales, schedule, loops, target, check, threads);
    }

    private static void requireShapes(
            ScaledMatrix x, ScaledVector y, Gram gram, ScaledVector q, Fraction alpha, Schedule schedule, int loops) {
        schedule.requireLoops(loops);
        if (x.rows() != y.size() || q.size() != x.columns() || gram.features() != x.columns()) {
            throw new IllegalArgumentException("X is " + x.rows() + " x " + x.columns() + ", but y has " + y.size()
                    + " entries, q " + q.size() + ", and G is of order " + gram.features());
        }
        if (alpha.signum() == 0) {
            throw new IllegalArgumentException("the query alpha must not be zero");
        }
    }

    /**
     * The size of a replay, known before it runs.
     *
     * @param bits no integer has more
     * @param bytes of the arrays, about
     * @param products of digits, about
     */
    public record Size(long bits, long bytes, long products) {}

    /**
     * Predicts the size of {@link #start} and of all its loops.
     *
     * @throws IllegalArgumentException as start does
     * @throws ArithmeticException if the bits are beyond 2^63
     */
    public static Size predict(
            ScaledMatrix x,
            ScaledVector y,
            Gram gram,
            ScaledVector q,
            Fraction alpha,
            Schedule schedule,
            int loops,
            Optional<Target> target) {
        requireShapes(x, y, gram, q, alpha, schedule, loops);
        Scales scales = Scales.of(x, y, q, alpha, target);
        IntegerVector labels = labels(x, y, scales);
        long bits = longest(x, labels, gram, scales, schedule, loops);
        double digits = (double) bits / Digits.BITS;
        double n = x.rows();
        double d = x.columns();
        double examples = Digits.count(x.numerators().bitLength());
        double gramDigits = Digits.count(gram.gi().bitLength());
        // of three products of digits two remain, and the integers grow from nothing
        double products = loops * digits / 2 * (2 * n * d * examples + d * d * gramDigits) * 2 / 3;
        double bytes = Double.BYTES
                * (digits / 2 * (PLANES * (4 * d + 1) + POINTS * (n + 2 * d) + Room.ARRAYS)
                        + (2 * n * d * examples + d * d * gramDigits) * (POINTS / 3.0));
        return new Size(bits, (long) bytes, (long) products);
    }

    /**
     * What makes everything an integer: D^2, A and m, and with them Q_0.
     *
     * @param square D^2
     * @param alpha A
     * @param labels m
     * @param query Q_0
     */
    private record Scales(BigInteger square, BigInteger alpha, BigInteger labels, IntegerVector query) {
        static Scales of(ScaledMatrix x, ScaledVector y, ScaledVector q, Fraction alpha, Optional<Target> target) {
            BigInteger labels = y.denominator().divide(y.denominator().gcd(x.denominator()));
            if (target.isPresent()) {
                labels = ScaledVector.lcm(labels, target.get().point().denominator());
            }
            BigInteger common = ScaledVector.lcm(q.denominator(), alpha.denominator());
            BigInteger factor = common.divide(q.denominator()).multiply(labels);
            return new Scales(
                    x.denominator().pow(2),
                    ScaledVector.scale(alpha, common),
                    labels,
                    q.numerators().multiply(factor));
        }
    }

    /** YI. */
    private static IntegerVector labels(ScaledMatrix x, ScaledVector y, Scales scales) {
        BigInteger over = x.denominator().multiply(scales.labels());
        return y.numerators().multiply(over.divide(y.denominator()));
    }

    /** Bits that no integer of the replay exceeds. */
    private static long longest(
            ScaledMatrix x, IntegerVector labels, Gram gram, Scales scales, Schedule schedule, int loops) {
        BigInteger first = scales.alpha().multiply(scales.labels());
        return bits(gram, schedule, scales.square(), first, scales.query(), loops)
                + longestStep(schedule, loops)
                + Math.max(x.numerators().bitLength(), labels.bitLength())
                + Integer.SIZE;
    }

    /**
     * Bits that |Q_t| and |F_t| do not exceed: |theta(t+1)| <= (1 + eta |G|) |theta(t)| + eta |b| in the maximum norm, hence
     * |theta(T)| <= (1 + eta |G|)^T (|theta(0)| + T eta |b|) for the largest eta.
     */
    private static long bits(
            Gram gram, Schedule schedule, BigInteger square, BigInteger first, IntegerVector start, int loops) {
        Fraction eta = Fraction.ZERO;
        long scales = first.bitLength();
        for (int t = 0; t < (schedule.isConstant() ? Math.min(1, loops) : loops); t++) {
            Fraction next = schedule.step(t);
            Fraction size = next.signum() < 0 ? next.negate() : next;
            eta = size.compareTo(eta) > 0 ? size : eta;
            long bits = square.multiply(next.denominator()).bitLength();
            scales = Math.addExact(scales, schedule.isConstant() ? Math.multiplyExact(bits, (long) loops) : bits);
        }
        BigInteger norm = BigInteger.ZERO;
        BigInteger moment = BigInteger.ZERO;
        for (int i = 0; i < gram.features(); i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int j = 0; j < gram.features(); j++) {
                sum = sum.add(gram.gi().get(i, j).abs());
            }
            norm = norm.max(sum);
            moment = moment.max(gram.bi().get(i).abs());
        }
        Fraction growth = Fraction.ONE.add(eta.multiply(Fraction.of(norm, gram.gDen())));
        Fraction added = eta.multiply(Fraction.of(moment, gram.bDen())).multiply(Fraction.of(loops, 1));
        Fraction from = Fraction.of(BigInteger.ONE.shiftLeft(start.bitLength()), first.abs());
        // growth^T <= 2^(T e / 2^10) for the least e with growth^(2^10) <= 2^e, or simply by its length where that is
        // long
        BigInteger scaled = growth.multiply(Fraction.of(1 << 10, 1)).ceiling();
        long power = scaled.bitLength() > Long.SIZE
                ? (long) scaled.bitLength() << 10
                : scaled.pow(1 << 10).bitLength();
        long exponent = power - 10 * (1 << 10);
        long grown = Math.addExact(Math.multiplyExact(exponent, (long) loops) >> 10, 1L);
        return scales + grown + from.add(added).ceiling().bitLength() + 1;
    }

    private static double[][] digits(BigInteger[] values) {
        return Arrays.stream(values).map(Digits::of).toArray(double[][]::new);
    }

    /** How many places longer than U_t the products with these digits are, at most. */
    private static int places(double[][] digits) {
        return Arrays.stream(digits).mapToInt(row -> row.length).max().orElse(0) / 2 + 1;
    }

    private static long longestStep(Schedule schedule, int loops) {
        int distinct = schedule.isConstant() ? Math.min(1, loops) : loops;
        return IntStream.range(0, distinct)
                .mapToLong(t -> schedule.step(t).numerator().bitLength())
                .max()
                .orElse(0);
    }

    /** t, the number of loops done. */
    public int loops() {
        return loops;
    }

    /** Bits of the longest integer in Q_t, the sign not counted. */
    public long bits() {
        return query.toVector().bitLength();
    }

    /** Whether q(t) = -alpha theta(t), exactly. */
    public boolean agrees() {
        return query.equal(descent);
    }

    /**
     * Whether the bound of the target holds at t, exactly.
     *
     * @throws IllegalStateException if there is no target
     */
    public boolean withinBound() {
        return distance.orElseThrow(() -> new IllegalStateException("there is no target"))
                .holds(descent, unitOdd, unitExponent);
    }

    /**
     * theta(t) = -q(t)/alpha of the attention, reduced.
     *
     * @throws IllegalStateException if the modular cross-check fails
     */
    public ScaledVector theta() {
        crossCheck();
        // A m W_0 ... W_{t-1}
        BigInteger denominator = unitOdd.shiftLeft(unitExponent).multiply(labelScale);
        IntegerVector numerators = query.toVector().multiply(BigInteger.valueOf(-denominator.signum()));
        return Support.isUseful(support)
                ? ScaledVector.of(numerators, denominator.abs(), support)
                : ScaledVector.of(numerators, denominator.abs());
    }

    /**
     * Does one loop of both. After the last loop, and {@value #CHECKS} times on the way to it, the integers are compared
     * with their residues.
     *
     * @throws IllegalStateException if the loops that there is room for are done, or the modular cross-check fails
     */
    public void advance() {
        if (loops == most) {
            throw new IllegalStateException("there is room for " + most + " loops only");
        }
        prepare(schedule.step(loops));
        int scaledQueryLength = query.length() + numerator.places();
        int scaledDescentLength = descent.length() + numerator.places();
        onAllThreads((room, k) -> {
            room.align();
            scale(query, scaledQuery, scaledQueryLength, room, k);
            scale(descent, scaledDescent, scaledDescentLength, room, k);
        });
        scaledQuery.trim(scaledQueryLength + 2);
        scaledDescent.trim(scaledDescentLength + 2);

        int scoreLength = Math.max(scaledQuery.length() + scores.places(), unitTo + places(labels));
        int gradientLength = Math.max(
                Math.max(descent.length() + scale.places(), unitTo + places(moment)),
                scaledDescent.length() + gradient.places());
        onAllThreads((room, k) -> {
            int to = share(score.rows(), k + 1);
            int step = scores.rowsAtOnce();
            for (int from = share(score.rows(), k); from < to; from += step) {
                scoreRows(from, Math.min(to, from + step), scoreLength, room);
            }
            product(gradient, moment, descent, nextDescent, scaledDescent, gradientLength, room, k);
        });
        score.trim(scoreLength + 2);

        int attentionLength = Math.max(query.length() + scale.places(), score.length() + attention.places());
        onAllThreads((room, k) -> product(attention, NONE, query, nextQuery, score, attentionLength, room, k));

        nextQuery.trim(attentionLength + 2);
        nextDescent.trim(gradientLength + 2);
        DigitVector done = query;
        query = nextQuery;
        nextQuery = done;
        done = descent;
        descent = nextDescent;
        nextDescent = done;
        unitOdd = unitOdd.multiply(scaleValue.shiftRight(scaleValue.getLowestSetBit()));
        unitExponent = Math.addExact(unitExponent, scaleValue.getLowestSetBit());
        support = Support.join(support, scaleValue);
        loops++;
        residues.forEach(each -> each.advance(step.numerator(), scaleValue));
        distance.ifPresent(each -> each.advance(scaleValue));
        if (loops == most || loops % Math.max(1, most / CHECKS) == 0) {
            crossCheck();
        }
    }

    /** The primes, and the seed that they were drawn from. */
    public ModularCheck modularCheck() {
        return check;
    }

    private void crossCheck() {
        residues.forEach(each -> each.check(check, query, loops));
    }

    /** p_t, W_t and the digits of p_t U_t. */
    private void prepare(Fraction eta) {
        if (!eta.equals(step) || scale == null) {
            step = eta;
            numerator = new DigitFactor(eta.numerator());
            scaleValue = square.multiply(eta.denominator());
            scale = new DigitFactor(scaleValue);
        }
        for (double[] plane : unit) {
            Arrays.fill(plane, Digits.FRONT + unitFrom, Digits.FRONT + unitTo, 0);
        }
        unitFrom = unitExponent / Digits.PLACE_BITS;
        BigInteger value = unitOdd.multiply(eta.numerator()).shiftLeft(unitExponent % Digits.PLACE_BITS);
        unitTo = unitFrom + Digits.write(value, unit[0], unit[1], unitFrom);
    }

    /**
     * Adds p_t U_t times the integer with these digits to row i.
     *
     * @param before what no digit of the row exceeds, at most half of {@link Digits#LARGEST}
     * @param total places of the result, at most
     * @return what no digit of the row exceeds now, at most half of {@link Digits#LARGEST}
     */
    private long addUnit(DigitVector to, int i, double[] factor, long before, int total, Room room) {
        double[][] sums = {to.low[i], to.high[i]};
        long largest = before;
        for (int k = 0; k < factor.length; k++) {
            long added = (long) Math.abs(factor[k]) * Digits.REDUCED;
            if (largest + added > Digits.LARGEST / 2) {
                room.carry(sums[0], sums[1], total);
                largest = Digits.CARRIED;
            }
            largest += added;
            if (unitTo - unitFrom > SHORT) {
                room.multiplyAdd(sums, unit, factor[k], k, Digits.FRONT + unitFrom, Digits.FRONT + unitTo);
                continue;
            }
            for (int plane = 0; plane < PLANES; plane++) {
                double[] sum = sums[(k + plane) & 1];
                int places = (k + plane) / 2;
                for (int l = Digits.FRONT + unitFrom; l < Digits.FRONT + unitTo; l++) {
                    sum[l + places] = Math.fma(factor[k], unit[plane][l], sum[l + places]);
                }
            }
        }
        return largest;
    }

    /** XI p_t Q_t + YI p_t U_t for rows first, ..., last - 1. */
    private void scoreRows(int first, int last, int total, Room room) {
        long largest = 0;
        for (int i = first; i < last; i++) {
            score.clear(i, total);
            largest = Math.max(largest, addUnit(score, i, labels[i], 0, total, room));
        }
        scores.addTo(score, largest, total, scaledQuery, room, first, last);
    }

    /** This thread's share of p_t times a vector. */
    private void scale(DigitVector from, DigitVector to, int total, Room room, int thread) {
        for (int j = share(from.rows(), thread); j < share(from.rows(), thread + 1); j++) {
            numerator.multiply(from, to, j, Math.max(to.written(), total), room);
            room.reduce(to, j, total);
        }
    }

    /** This thread's share of next = W_t now + constants p_t U_t + factor * vector. */
    private void product(
            ConstantMatrix factor,
            double[][] constants,
            DigitVector now,
            DigitVector next,
            DigitVector vector,
            int total,
            Room room,
            int thread) {
        int from = share(now.rows(), thread);
        int to = share(now.rows(), thread + 1);
        long largest = scale.largest();
        for (int j = from; j < to; j++) {
            scale.multiply(now, next, j, Math.max(next.written(), total), room);
            if (constants.length > 0) {
                largest = Math.max(largest, addUnit(next, j, constants[j], scale.largest(), total, room));
            }
        }
        factor.addTo(next, largest, total, vector, room, from, to);
    }

    private int share(int rows, int thread) {
        return (int) ((long) rows * thread / rooms.length);
    }

    @FunctionalInterface
    private interface Part {
        void run(Room room, int thread);
    }

    private void onAllThreads(Part part) {
        if (rooms.length == 1) {
            part.run(rooms[0], 0);
            return;
        }
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int k = 0; k < rooms.length; k++) {
            int thread = k;
            tasks.add(ForkJoinTask.adapt(() -> part.run(rooms[thread], thread)));
        }
        ForkJoinTask.invokeAll(tasks);
    }
}
