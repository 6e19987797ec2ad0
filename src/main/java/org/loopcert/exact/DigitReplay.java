package org.loopcert.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * Looped attention and gradient descent replayed side by side, exactly, in digits of base 2^24, without a division, a gcd
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

    /** A p_t U_t of so many digits is multiplied digit by digit. */
    private static final int SHORT = 16;

    private static final double[][] NONE = {};

    /** Places beside the bounded length of a sum: carries, and what the longest coefficient adds. */
    private static final int SPARE = 6;

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
    private final ConstantMatrix.Room[] rooms;

    private DigitVector query;
    private DigitVector nextQuery;
    private DigitVector descent;
    private DigitVector nextDescent;
    private final DigitVector scaledQuery;
    private final DigitVector scaledDescent;
    private final DigitVector score;

    /** p_t U_t. */
    private final double[] unit;

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
        attention = ConstantMatrix.of(x.numerators().transpose().multiply(BigInteger.ONE.negate()));
        gradient =
                ConstantMatrix.of(gram.gi().multiply(square.divide(gram.gDen()).negate()));

        long longest = longest(x, labelNumerators, gram, scales, schedule, most);
        int capacity = Digits.padded(Digits.count(longest) + gradient.places() + SPARE);
        long work = (long) capacity * (2L * x.rows() * d * attention.places() + (long) d * d * gradient.places());
        rooms = new ConstantMatrix.Room[work < WORTH_A_THREAD ? 1 : threads];
        // all in one go, so that they lie one after the other
        double[][] arrays = new double[6 * d + x.rows() + 1 + rooms.length * ConstantMatrix.Room.ARRAYS][capacity];
        query = new DigitVector(Arrays.copyOfRange(arrays, 0, d));
        nextQuery = new DigitVector(Arrays.copyOfRange(arrays, d, 2 * d));
        descent = new DigitVector(Arrays.copyOfRange(arrays, 2 * d, 3 * d));
        nextDescent = new DigitVector(Arrays.copyOfRange(arrays, 3 * d, 4 * d));
        scaledQuery = new DigitVector(Arrays.copyOfRange(arrays, 4 * d, 5 * d));
        scaledDescent = new DigitVector(Arrays.copyOfRange(arrays, 5 * d, 6 * d));
        score = new DigitVector(Arrays.copyOfRange(arrays, 6 * d, 6 * d + x.rows()));
        int next = 6 * d + x.rows();
        unit = arrays[next++];
        for (int k = 0; k < rooms.length; k++) {
            rooms[k] = new ConstantMatrix.Room(Arrays.copyOfRange(arrays, next, next + ConstantMatrix.Room.ARRAYS));
            next += ConstantMatrix.Room.ARRAYS;
        }
        distance = target.map(
                each -> new DistanceBound(each.point(), each.ratio(), start.divide(alpha.negate()), labelScale, first));
        this.check = check;
        residues = check.moduli().stream()
                .map(p -> new ResidueReplay(p, x.numerators(), labelNumerators, scales.query(), a))
                .toList();
        query.set(scales.query());
        descent.set(IntegerVector.of(firstDescent));
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
        double examplesPlaces = Digits.count(x.numerators().bitLength());
        double gramPlaces = Digits.count(gram.gi().bitLength());
        double products = loops * digits / 2 * (2 * n * d * examplesPlaces + d * d * gramPlaces);
        double bytes = Double.BYTES * (digits * (n + 6 * d + 8) + n * d * 2 * examplesPlaces + d * d * gramPlaces);
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

    /** The digits of integers, each row as long as the longest. */
    private static double[][] digits(BigInteger[] values) {
        int most = Digits.count(IntegerVector.of(values).bitLength());
        double[][] digits = new double[values.length][most];
        int longest = 1;
        for (int i = 0; i < values.length; i++) {
            longest = Math.max(longest, Digits.trimmed(digits[i], Digits.write(values[i], digits[i], 0)));
        }
        for (int i = 0; i < values.length; i++) {
            digits[i] = Arrays.copyOf(digits[i], longest);
        }
        return digits;
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

    /** Bits of the longest integer in Q_t, up to a digit. */
    public long bits() {
        return (long) query.length() * Digits.BITS;
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
        int queryLength = query.length();
        int descentLength = descent.length();
        int scaledQueryLength = queryLength + numerator.length();
        int scaledDescentLength = descentLength + numerator.length();
        onAllThreads((room, k) -> {
            scale(query, queryLength, scaledQuery, scaledQueryLength, room, k);
            scale(descent, descentLength, scaledDescent, scaledDescentLength, room, k);
        });
        scaledQuery.trim(scaledQueryLength + 2);
        scaledDescent.trim(scaledDescentLength + 2);

        int scoreLength = Math.max(scaledQuery.length() + scores.places(), unitTo + labels[0].length) + 1;
        int gradientLength = Math.max(
                        Math.max(descentLength + scale.length(), unitTo + moment[0].length),
                        scaledDescent.length() + gradient.places())
                + 1;
        onAllThreads((room, k) -> {
            int from = share(score.rows.length, k);
            int to = share(score.rows.length, k + 1);
            int terms = 0;
            for (int i = from; i < to; i++) {
                Arrays.fill(score.rows[i], 0, Math.max(score.written(), scoreLength + 2), 0);
                terms = addUnit(score.rows[i], labels[i], 0, scoreLength, room);
            }
            scores.addTo(score.rows, terms, scoreLength, scaledQuery.rows, scaledQuery.length(), room, from, to);
            product(gradient, moment, descent, nextDescent, scaledDescent, gradientLength, room, k);
        });
        score.trim(scoreLength + 2);

        int attentionLength = Math.max(queryLength + scale.length(), score.length() + attention.places() + 1);
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
        Arrays.fill(unit, unitFrom, unitTo, 0);
        unitFrom = unitExponent / Digits.BITS;
        BigInteger value = unitOdd.multiply(eta.numerator()).shiftLeft(unitExponent % Digits.BITS);
        unitTo = unitFrom + Digits.write(value, unit, unitFrom);
    }

    /**
     * Adds p_t U_t times the integer with these digits.
     *
     * @param terms how many products the sums already have
     * @param total digits of the result, at most
     * @return how many products the sums have now
     */
    private int addUnit(double[] to, double[] factor, int terms, int total, ConstantMatrix.Room room) {
        int added = terms;
        for (int k = 0; k < factor.length; k++) {
            if (added == DigitFactor.TERMS) {
                room.reduce(to, total);
                added = 1;
            }
            if (unitTo - unitFrom <= SHORT) {
                for (int l = unitFrom; l < unitTo; l++) {
                    to[l + k] = Math.fma(factor[k], unit[l], to[l + k]);
                }
            } else {
                room.multiplyAdd(to, unit, factor[k], k, unitFrom, unitTo);
            }
            added++;
        }
        return added;
    }

    /** This thread's share of p_t times a vector. */
    private void scale(DigitVector from, int length, DigitVector to, int total, ConstantMatrix.Room room, int thread) {
        for (int j = share(from.rows.length, thread); j < share(from.rows.length, thread + 1); j++) {
            numerator.multiply(from.rows[j], length, to.rows[j], Math.max(to.written(), total), room);
            room.reduce(to.rows[j], total);
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
            ConstantMatrix.Room room,
            int thread) {
        int from = share(now.rows.length, thread);
        int to = share(now.rows.length, thread + 1);
        int terms = scale.terms();
        for (int j = from; j < to; j++) {
            scale.multiply(now.rows[j], now.length(), next.rows[j], Math.max(next.written(), total + 2), room);
            if (constants.length > 0) {
                terms = addUnit(next.rows[j], constants[j], scale.terms(), total, room);
            }
        }
        factor.addTo(next.rows, terms, total, vector.rows, vector.length(), room, from, to);
    }

    private int share(int rows, int thread) {
        return (int) ((long) rows * thread / rooms.length);
    }

    @FunctionalInterface
    private interface Part {
        void run(ConstantMatrix.Room room, int thread);
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
