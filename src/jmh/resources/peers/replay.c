/*
 * Task R with GMP and FLINT: cc -O3 -march=native replay.c -lflint -lgmp
 *
 *   replay FILE METHOD REPETITIONS
 *
 * At every t the attention row update of Z = [[X, y], [q', 1]] and, apart from it, the gradient step on X'X and X'y, both
 * exact; then q(t) = -theta(t) and |theta(t) - theta*|^2 <= (1 - eta mu)^t are checked. Methods:
 *
 *   limbs     integers at a common power of two on bare limbs: the mantissas of X are one limb each, put into classes of
 *             exponents so that a dot product is mpn_addmul_1 on aligned limbs and one shift for each class
 *   fmpz      the same sums with FLINT's integers: fmpz_addmul_ui and fmpz_mul_2exp
 *   fmpz_mat  the same integers with FLINT's matrices: fmpz_mat_mul
 *   fmpq_mat  rationals as a user would write them
 *   modular   the identity alone modulo two random 61-bit primes
 *   gram      X'X alone, exact, on bare limbs
 *   gram_fmpz X'X alone with fmpz_mat_mul
 *
 * Prints a line "METHOD SECONDS CHECKSUM" for every repetition: processor time of the whole task, reading the file left
 * out, and sum_j (j+1) theta(T)_j modulo 2^61 - 1 (for the Gram matrices, sum_jk (j+1) (k+1) G_jk).
 */
#include "scaled.h"

#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpq_vec.h>
#include <flint/ulong_extras.h>
#include <gmp.h>
#include <limits.h>

/* ---- the bound, decided by numbers rounded away from it, or exactly where they cannot tell ---- */

/* mantissa * 2^exponent */
typedef struct {
    uint64_t mantissa;
    long exponent;
} rounded;

static rounded round_down(u128 value, long exponent) {
    while (value >> 63) {
        value >>= 1;
        exponent++;
    }
    rounded r = {(uint64_t) value, exponent};
    return r;
}

/* a lower bound of 1 - eta mu */
static rounded contraction(const task *t) {
    /* eta mu = product / 2^shift; kept to 62 bits behind the point and rounded up */
    u128 product = (u128) t->eta * t->mu;
    long shift = t->eta_exponent + t->mu_exponent - 62;
    /* eta mu < 1 fits where it is shifted to the left */
    if (shift <= -64) {
        die("eta mu is too short");
    }
    u128 scaled_product = shift <= 0 ? product << -shift : shift < 127 ? (product >> shift) + 1 : 1;
    if (scaled_product >> 62) {
        die("eta mu is not below one");
    }
    rounded r = {(UINT64_C(1) << 62) - (uint64_t) scaled_product, -62};
    return r;
}

static rounded times(rounded a, rounded b) {
    return round_down((u128) a.mantissa * b.mantissa, a.exponent + b.exponent);
}

/* sum of squares of values of at most 31 bits times powers of two, each an upper bound: is it at most the bound? */
static int squares_at_most(const uint64_t *value, const long *exponent, long size, rounded bound) {
    long most = LONG_MIN;
    for (long j = 0; j < size; j++) {
        if (value[j] && exponent[j] > most) {
            most = exponent[j];
        }
    }
    u128 sum = 0;
    for (long j = 0; j < size; j++) {
        if (value[j]) {
            long down = 2 * (most - exponent[j]);
            uint64_t square = value[j] * value[j];
            sum += down == 0 ? square : down < LIMB ? (square >> down) + 1 : 1;
        }
    }
    if (sum == 0) {
        return 1;
    }
    /* sum 2^(2 most) <= mantissa 2^exponent */
    long left = 2 * most - bound.exponent;
    if (left >= 0) {
        return left < LIMB && sum <= bound.mantissa >> left;
    }
    if (left <= -127) {
        return bound.mantissa > 0;
    }
    return (sum + (((u128) 1 << -left) - 1)) >> -left <= bound.mantissa;
}

/* |N - a 2^k|^2 <= (1 - eta mu)^t D^2 2^(2k), exactly */
static void require_bound_exactly(const task *t, const fmpz *numerators, long power, long step) {
    fmpz_t e, sum, factor, bound;
    fmpz_init(e);
    fmpz_init(sum);
    fmpz_init(factor);
    fmpz_init(bound);
    for (long j = 0; j < t->d; j++) {
        fmpz_set_si(e, t->theta[j]);
        fmpz_mul_2exp(e, e, power);
        fmpz_sub(e, numerators + j, e);
        fmpz_addmul(sum, e, e);
    }
    long shift = t->eta_exponent + t->mu_exponent;
    fmpz_set_ui(factor, t->eta);
    fmpz_mul_ui(factor, factor, t->mu);
    fmpz_one(bound);
    fmpz_mul_2exp(bound, bound, shift);
    fmpz_sub(factor, bound, factor);
    fmpz_pow_ui(bound, factor, step);
    fmpz_set_si(e, t->denominator);
    fmpz_mul(e, e, e);
    fmpz_mul(bound, bound, e);
    fmpz_mul_2exp(bound, bound, 2 * power);
    fmpz_mul_2exp(sum, sum, shift * step);
    if (fmpz_cmp(sum, bound) > 0) {
        die("the bound does not hold");
    }
    fmpz_clear(e);
    fmpz_clear(sum);
    fmpz_clear(factor);
    fmpz_clear(bound);
}

/* ---- limbs ---- */

/* size magnitudes of the same number of limbs, with signs */
typedef struct {
    mp_limb_t *limbs;
    int *negative;
    long size, length, stride;
} vector;

static vector make_vector(long size, long stride) {
    vector v = {allocate(size * stride, sizeof(mp_limb_t)), allocate(size, sizeof(int)), size, 1, stride};
    return v;
}

static void free_vector(vector *v) {
    free(v->limbs);
    free(v->negative);
}

static mp_limb_t *entry_of(const vector *v, long j) {
    return v->limbs + j * v->stride;
}

/* accumulator (two's complement, length limbs) += or -= a (size limbs) * multiplier */
static inline void accumulate(
        mp_limb_t *accumulator, long length, const mp_limb_t *a, long size, uint64_t multiplier, int subtract) {
    if (subtract) {
        mp_limb_t borrow = mpn_submul_1(accumulator, a, size, multiplier);
        mpn_sub_1(accumulator + size, accumulator + size, length - size, borrow);
    } else {
        mp_limb_t carry = mpn_addmul_1(accumulator, a, size, multiplier);
        mpn_add_1(accumulator + size, accumulator + size, length - size, carry);
    }
}

/* accumulator += value 2^power */
static void accumulate_shifted(mp_limb_t *accumulator, long length, const mp_limb_t *value, long size, int subtract,
                               long power, mp_limb_t *scratch) {
    long at = power / LIMB;
    long bits = power % LIMB;
    const mp_limb_t *shifted = value;
    if (bits) {
        scratch[size] = mpn_lshift(scratch, value, size, bits);
        shifted = scratch;
        size++;
    }
    while (size > 0 && shifted[size - 1] == 0) {
        size--;
    }
    if (size == 0) {
        return;
    }
    if (at + size > length) {
        die("an accumulator is too short");
    }
    if (subtract) {
        mpn_sub(accumulator + at, accumulator + at, length - at, shifted, size);
    } else {
        mpn_add(accumulator + at, accumulator + at, length - at, shifted, size);
    }
}

/* sum of the terms, by falling shifts; returns the shift that is left to be done */
static int combine(mp_limb_t *accumulator, long length, const term *terms, long many, const vector *v, int flip) {
    int shift = terms[0].shift;
    memset(accumulator, 0, length * sizeof *accumulator);
    for (long i = 0; i < many; i++) {
        const term *each = terms + i;
        if (each->shift != shift) {
            mpn_lshift(accumulator, accumulator, length, shift - each->shift);
            shift = each->shift;
        }
        accumulate(accumulator, length, entry_of(v, each->index), v->length, each->multiplier,
                   each->negative ^ v->negative[each->index] ^ flip);
    }
    return shift;
}

static void shift_left(mp_limb_t *accumulator, long length, long bits) {
    if (bits / LIMB) {
        mpn_copyd(accumulator + bits / LIMB, accumulator, length - bits / LIMB);
        memset(accumulator, 0, bits / LIMB * sizeof *accumulator);
    }
    if (bits % LIMB) {
        mpn_lshift(accumulator, accumulator, length, bits % LIMB);
    }
}

/* from two's complement to a sign and a magnitude; tells whether it is negative */
static int to_magnitude(mp_limb_t *accumulator, long length) {
    if (accumulator[length - 1] >> (LIMB - 1)) {
        mpn_neg(accumulator, accumulator, length);
        return 1;
    }
    return 0;
}

/* v at its least common number of limbs, at least one; the accumulators had `length` */
static void trim(vector *v, long length) {
    v->length = length;
    while (v->length > 1) {
        for (long j = 0; j < v->size; j++) {
            if (entry_of(v, j)[v->length - 1]) {
                return;
            }
        }
        v->length--;
    }
}

/* integers of a few limbs, each with its own length */
typedef struct {
    mp_limb_t *limbs;
    int *length;
    int *negative;
    long stride;
} constants;

static constants make_constants(const fmpz *values, long size) {
    constants c;
    c.stride = 1;
    for (long i = 0; i < size; i++) {
        long needed = limbs_for(fmpz_bits(values + i)) + 1;
        c.stride = needed > c.stride ? needed : c.stride;
    }
    c.limbs = allocate(size * c.stride, sizeof(mp_limb_t));
    c.length = allocate(size, sizeof(int));
    c.negative = allocate(size, sizeof(int));
    fmpz_t magnitude;
    fmpz_init(magnitude);
    for (long i = 0; i < size; i++) {
        c.negative[i] = fmpz_sgn(values + i) < 0;
        c.length[i] = (int) limbs_for(fmpz_bits(values + i));
        fmpz_abs(magnitude, values + i);
        if (!fmpz_is_zero(magnitude)) {
            fmpz_get_ui_array(c.limbs + i * c.stride, c.length[i], magnitude);
        }
    }
    fmpz_clear(magnitude);
    return c;
}

static void free_constants(constants *c) {
    free(c->limbs);
    free(c->length);
    free(c->negative);
}

static void require_bound(const task *t, const vector *theta, long power, long step, rounded bound) {
    enum { WINDOW = 8, AROUND = 4 };
    /* theta* 2^power ends at this limb; a few limbs below it show the error unless it is tiny */
    long low = power / LIMB - WINDOW;
    low = low > 0 ? low : 0;
    uint64_t *value = allocate(t->d, sizeof *value);
    long *exponent = allocate(t->d, sizeof *exponent);
    int shown = theta->length - low + 1 <= WINDOW + AROUND;
    for (long j = 0; shown && j < t->d; j++) {
        mp_limb_t window[WINDOW + AROUND] = {0};
        mp_limb_t scratch[2];
        long length = WINDOW + AROUND;
        memcpy(window, entry_of(theta, j) + low, (theta->length - low) * sizeof *window);
        mp_limb_t star = (mp_limb_t) llabs(t->theta[j]);
        accumulate_shifted(
                window, length, &star, 1, theta->negative[j] == (t->theta[j] < 0), power - low * LIMB, scratch);
        to_magnitude(window, length);
        long top = length;
        while (top > 0 && window[top - 1] == 0) {
            top--;
        }
        /* what lies below the window is less than one unit of it */
        if (low > 0 && top < 2) {
            shown = 0;
            break;
        }
        if (top == 0) {
            continue;
        }
        int zeros = __builtin_clzll(window[top - 1]);
        uint64_t leading = window[top - 1] << zeros;
        if (zeros && top > 1) {
            leading |= window[top - 2] >> (LIMB - zeros);
        }
        int exact = top == 1 && low == 0 && (leading & ((UINT64_C(1) << 33) - 1)) == 0;
        value[j] = (leading >> 33) + !exact;
        exponent[j] = (low + top - 1) * LIMB - zeros + 33 - power;
    }
    if (!shown || !squares_at_most(value, exponent, t->d, bound)) {
        fmpz *numerators = _fmpz_vec_init(t->d);
        for (long j = 0; j < t->d; j++) {
            fmpz_set_ui_array(numerators + j, entry_of(theta, j), theta->length);
            if (theta->negative[j]) {
                fmpz_neg(numerators + j, numerators + j);
            }
        }
        require_bound_exactly(t, numerators, power, step);
        _fmpz_vec_clear(numerators, t->d);
    }
    free(value);
    free(exponent);
}

static uint64_t checksum_of_limbs(const task *t, const vector *theta, long power) {
    uint64_t sum = 0;
    for (long j = 0; j < t->d; j++) {
        uint64_t r = mpn_mod_1(entry_of(theta, j), theta->length, CHECKSUM_PRIME);
        r = multiply_modulo(r, (uint64_t) j + 1, CHECKSUM_PRIME);
        sum = (sum + (theta->negative[j] && r ? CHECKSUM_PRIME - r : r)) % CHECKSUM_PRIME;
    }
    sum = multiply_modulo(sum, inverse_modulo((uint64_t) t->denominator, CHECKSUM_PRIME), CHECKSUM_PRIME);
    return multiply_modulo(sum, two_to_the(-power, CHECKSUM_PRIME), CHECKSUM_PRIME);
}

static rounded start_of_bound(const task *t) {
    return round_down((u128) t->denominator * (u128) t->denominator, 0);
}

static void replay_on_limbs(const task *t, int repetitions) {
    for (int r = 0; r < repetitions; r++) {
        double begin = processor_seconds();
        long n = t->n;
        long d = t->d;
        scaled s = scale(t);
        mp_limb_t *labels = allocate(2 * n, sizeof *labels);
        int *label_negative = allocate(n, sizeof *label_negative);
        for (long i = 0; i < n; i++) {
            i128 y = label(t, &s, i);
            u128 magnitude = y < 0 ? -(u128) y : (u128) y;
            label_negative[i] = y < 0;
            labels[2 * i] = (mp_limb_t) magnitude;
            labels[2 * i + 1] = (mp_limb_t) (magnitude >> 64);
        }
        /* a step takes theta over D 2^k to theta over D 2^(k + growth) */
        long growth = 2 * s.scale + t->eta_exponent;
        fmpz_mat_t gram;
        fmpz_mat_init(gram, d, d);
        gram_by_limbs(t, &s, gram);
        fmpz *y = labels_of(t, &s);
        fmpz *b = moment(t, &s, y);
        _fmpz_vec_clear(y, n);
        /* either theta - (p / 2^e)(G theta - b), or 2^growth I - p G once and for all where that is no longer than G */
        long gram_bits = labs(fmpz_mat_max_bits(gram));
        int folded = limbs_for(gram_bits) >= limbs_for(growth + 1);
        if (folded) {
            fmpz_mat_scalar_mul_ui(gram, gram, t->eta);
            fmpz_mat_neg(gram, gram);
            fmpz_t unit;
            fmpz_init(unit);
            fmpz_one(unit);
            fmpz_mul_2exp(unit, unit, growth);
            for (long j = 0; j < d; j++) {
                fmpz_add(fmpz_mat_entry(gram, j, j), fmpz_mat_entry(gram, j, j), unit);
            }
            fmpz_clear(unit);
            _fmpz_vec_scalar_mul_ui(b, b, d, t->eta);
        } else {
            _fmpz_vec_neg(b, b, d);
        }
        constants matrix = make_constants(gram->entries, d * d);
        constants shift = make_constants(b, d);
        fmpz_mat_clear(gram);
        _fmpz_vec_clear(b, d);

        long stride = limbs_for(growth * (t->loops + 1) + 256 + s.bits) + 4;
        vector q = make_vector(d, stride);
        vector next_q = make_vector(d, stride);
        vector theta = make_vector(d, stride);
        vector next_theta = make_vector(d, stride);
        vector scores = make_vector(n, stride);
        mp_limb_t *accumulator = allocate(stride, sizeof *accumulator);
        mp_limb_t *scratch = allocate(stride + matrix.stride + 8, sizeof *scratch);
        long wider = limbs_for(s.bits + bit_length((uint64_t) (n > d ? n : d)) + 2);
        rounded factor = contraction(t);
        rounded bound = start_of_bound(t);
        long power = 0;
        for (long step = 0;; step++) {
            if (q.length != theta.length) {
                die("attention is not gradient descent");
            }
            for (long j = 0; j < d; j++) {
                if (mpn_cmp(entry_of(&q, j), entry_of(&theta, j), q.length) != 0
                    || (q.negative[j] == theta.negative[j] && !mpn_zero_p(entry_of(&q, j), q.length))) {
                    die("attention is not gradient descent");
                }
            }
            require_bound(t, &theta, power, step, bound);
            if (step == t->loops) {
                break;
            }
            bound = times(bound, factor);

            /* scores x_i'q + y_i over D 2^(power + scale) */
            long length = q.length + wider;
            long needed = limbs_for(power + 128 + 1);
            length = length > needed ? length : needed;
            for (long i = 0; i < n; i++) {
                mp_limb_t *score = entry_of(&scores, i);
                int left = combine(score, length, s.rows + i * d, d, &q, 0);
                if (left) {
                    mpn_lshift(score, score, length, left);
                }
                accumulate_shifted(score, length, labels + 2 * i, 2, label_negative[i], power, scratch);
                scores.negative[i] = to_magnitude(score, length);
            }
            trim(&scores, length);
            /* q <- q 2^growth - p sum of s_i x_i */
            long summed = scores.length + wider;
            long whole = (summed > q.length + limbs_for(growth) ? summed : q.length + limbs_for(growth)) + 2;
            for (long j = 0; j < d; j++) {
                int left = combine(accumulator, summed, s.columns + j * n, n, &scores, 0);
                int negative = to_magnitude(accumulator, summed);
                mp_limb_t *next = entry_of(&next_q, j);
                memset(next, 0, whole * sizeof *next);
                mpn_copyi(next, entry_of(&q, j), q.length);
                shift_left(next, whole, growth);
                if (q.negative[j]) {
                    mpn_neg(next, next, whole);
                }
                if (bit_length(t->eta) + left > LIMB) {
                    die("the step size is too long");
                }
                accumulate(next, whole, accumulator, summed, t->eta << left, !negative);
                next_q.negative[j] = to_magnitude(next, whole);
            }
            trim(&next_q, whole);

            /* theta <- theta 2^growth - p (G theta - b 2^power) */
            whole = theta.length + matrix.stride + limbs_for(growth) + 2;
            for (long j = 0; j < d; j++) {
                mp_limb_t *next = entry_of(&next_theta, j);
                mp_limb_t *sum = folded ? next : accumulator;
                memset(sum, 0, whole * sizeof *sum);
                for (long k = 0; k < d; k++) {
                    const mp_limb_t *g = matrix.limbs + (j * d + k) * matrix.stride;
                    int subtract = matrix.negative[j * d + k] ^ theta.negative[k];
                    for (int l = 0; l < matrix.length[j * d + k]; l++) {
                        accumulate(sum + l, whole - l, entry_of(&theta, k), theta.length, g[l], subtract);
                    }
                }
                accumulate_shifted(sum, whole, shift.limbs + j * shift.stride, shift.length[j], shift.negative[j],
                                   power, scratch);
                if (!folded) {
                    int negative = to_magnitude(accumulator, whole);
                    memset(next, 0, whole * sizeof *next);
                    mpn_copyi(next, entry_of(&theta, j), theta.length);
                    shift_left(next, whole, growth);
                    if (theta.negative[j]) {
                        mpn_neg(next, next, whole);
                    }
                    long used = whole - 1;
                    while (used > 1 && accumulator[used - 1] == 0) {
                        used--;
                    }
                    accumulate(next, whole, accumulator, used, t->eta, !negative);
                }
                next_theta.negative[j] = to_magnitude(next, whole);
            }
            trim(&next_theta, whole);
            vector old = q;
            q = next_q;
            next_q = old;
            old = theta;
            theta = next_theta;
            next_theta = old;
            power += growth;
        }
        double seconds = processor_seconds() - begin;
        report("limbs", seconds, checksum_of_limbs(t, &theta, power));
        free_vector(&q);
        free_vector(&next_q);
        free_vector(&theta);
        free_vector(&next_theta);
        free_vector(&scores);
        free_constants(&matrix);
        free_constants(&shift);
        free(accumulator);
        free(scratch);
        free(labels);
        free(label_negative);
        free_scaled(&s);
    }
}

/* ---- FLINT's integers and matrices of integers ---- */

/* the error of each entry, rounded up to 31 bits */
static void require_bound_of_integers(const task *t, const fmpz *theta, long power, long step, rounded bound) {
    uint64_t *value = allocate(t->d, sizeof *value);
    long *exponent = allocate(t->d, sizeof *exponent);
    fmpz_t e;
    fmpz_init(e);
    for (long j = 0; j < t->d; j++) {
        fmpz_set_si(e, t->theta[j]);
        fmpz_mul_2exp(e, e, power);
        fmpz_sub(e, theta + j, e);
        fmpz_abs(e, e);
        long down = (long) fmpz_bits(e) - 31;
        down = down > 0 ? down : 0;
        fmpz_cdiv_q_2exp(e, e, down);
        value[j] = fmpz_get_ui(e);
        exponent[j] = down - power;
    }
    fmpz_clear(e);
    if (!squares_at_most(value, exponent, t->d, bound)) {
        require_bound_exactly(t, theta, power, step);
    }
    free(value);
    free(exponent);
}

static void require_opposite(const fmpz *q, const fmpz *theta, long d) {
    fmpz_t sum;
    fmpz_init(sum);
    for (long j = 0; j < d; j++) {
        fmpz_add(sum, q + j, theta + j);
        if (!fmpz_is_zero(sum)) {
            die("attention is not gradient descent");
        }
    }
    fmpz_clear(sum);
}

static uint64_t checksum_of_integers(const task *t, const fmpz *theta, long power) {
    uint64_t sum = 0;
    for (long j = 0; j < t->d; j++) {
        uint64_t r = fmpz_fdiv_ui(theta + j, CHECKSUM_PRIME);
        sum = (sum + multiply_modulo(r, (uint64_t) j + 1, CHECKSUM_PRIME)) % CHECKSUM_PRIME;
    }
    sum = multiply_modulo(sum, inverse_modulo((uint64_t) t->denominator, CHECKSUM_PRIME), CHECKSUM_PRIME);
    return multiply_modulo(sum, two_to_the(-power, CHECKSUM_PRIME), CHECKSUM_PRIME);
}

static void replay_on_integers(const task *t, int matrices, int repetitions) {
    for (int r = 0; r < repetitions; r++) {
        double begin = processor_seconds();
        long n = t->n;
        long d = t->d;
        scaled s = scale(t);
        long growth = 2 * s.scale + t->eta_exponent;
        fmpz_mat_t gram, x, transposed, q, theta, scores, sums, gradient;
        fmpz_mat_init(gram, d, d);
        fmpz_mat_init(x, n, d);
        fmpz_mat_init(transposed, d, n);
        fmpz_mat_init(q, d, 1);
        fmpz_mat_init(theta, d, 1);
        fmpz_mat_init(scores, n, 1);
        fmpz_mat_init(sums, d, 1);
        fmpz_mat_init(gradient, d, 1);
        if (matrices) {
            integers(t, &s, x);
            fmpz_mat_transpose(transposed, x);
        }
        gram_by_limbs(t, &s, gram);
        fmpz *labels = labels_of(t, &s);
        fmpz *b = moment(t, &s, labels);
        fmpz_t part;
        fmpz_init(part);
        rounded factor = contraction(t);
        rounded bound = start_of_bound(t);
        long power = 0;
        for (long step = 0;; step++) {
            require_opposite(q->entries, theta->entries, d);
            require_bound_of_integers(t, theta->entries, power, step, bound);
            if (step == t->loops) {
                break;
            }
            bound = times(bound, factor);
            if (matrices) {
                fmpz_mat_mul(scores, x, q);
            }
            for (long i = 0; i < n; i++) {
                if (!matrices) {
                    combine_integers(scores->entries + i, s.rows + i * d, d, q->entries);
                }
                fmpz_mul_2exp(part, labels + i, power);
                fmpz_add(scores->entries + i, scores->entries + i, part);
            }
            if (matrices) {
                fmpz_mat_mul(sums, transposed, scores);
                fmpz_mat_mul(gradient, gram, theta);
            }
            for (long j = 0; j < d; j++) {
                if (!matrices) {
                    combine_integers(sums->entries + j, s.columns + j * n, n, scores->entries);
                    _fmpz_vec_dot(gradient->entries + j, gram->rows[j], theta->entries, d);
                }
                fmpz_mul_2exp(part, b + j, power);
                fmpz_sub(gradient->entries + j, gradient->entries + j, part);
            }
            fmpz_mat_scalar_mul_2exp(q, q, growth);
            fmpz_mat_scalar_mul_2exp(theta, theta, growth);
            for (long j = 0; j < d; j++) {
                fmpz_submul_ui(q->entries + j, sums->entries + j, t->eta);
                fmpz_submul_ui(theta->entries + j, gradient->entries + j, t->eta);
            }
            power += growth;
        }
        double seconds = processor_seconds() - begin;
        report(matrices ? "fmpz_mat" : "fmpz", seconds, checksum_of_integers(t, theta->entries, power));
        fmpz_clear(part);
        _fmpz_vec_clear(b, d);
        _fmpz_vec_clear(labels, n);
        fmpz_mat_clear(gram);
        fmpz_mat_clear(x);
        fmpz_mat_clear(transposed);
        fmpz_mat_clear(q);
        fmpz_mat_clear(theta);
        fmpz_mat_clear(scores);
        fmpz_mat_clear(sums);
        fmpz_mat_clear(gradient);
        free_scaled(&s);
    }
}

/* ---- FLINT's rationals, as a user would write them ---- */

static void replay_on_rationals(const task *t, int repetitions) {
    for (int r = 0; r < repetitions; r++) {
        double begin = processor_seconds();
        long n = t->n;
        long d = t->d;
        fmpq_mat_t x, transposed, star, y, gram, moment, q, theta, scores, step_q, step_theta, difference, square;
        fmpq_t eta, factor, bound;
        fmpq_mat_init(x, n, d);
        fmpq_mat_init(transposed, d, n);
        fmpq_mat_init(star, d, 1);
        fmpq_mat_init(y, n, 1);
        fmpq_mat_init(gram, d, d);
        fmpq_mat_init(moment, d, 1);
        fmpq_mat_init(q, d, 1);
        fmpq_mat_init(theta, d, 1);
        fmpq_mat_init(scores, n, 1);
        fmpq_mat_init(step_q, d, 1);
        fmpq_mat_init(step_theta, d, 1);
        fmpq_mat_init(difference, d, 1);
        fmpq_mat_init(square, 1, 1);
        fmpq_init(eta);
        fmpq_init(factor);
        fmpq_init(bound);
        for (long i = 0; i < n; i++) {
            for (long j = 0; j < d; j++) {
                fmpq *entry = fmpq_mat_entry(x, i, j);
                fmpq_set_si(entry, t->mantissa[i * d + j], 1);
                long exponent = t->exponent[i * d + j];
                if (exponent < 0) {
                    fmpq_div_2exp(entry, entry, -exponent);
                } else {
                    fmpq_mul_2exp(entry, entry, exponent);
                }
            }
        }
        for (long j = 0; j < d; j++) {
            fmpq_set_si(fmpq_mat_entry(star, j, 0), t->theta[j], t->denominator);
        }
        fmpq_set_ui(eta, t->eta, 1);
        fmpq_div_2exp(eta, eta, t->eta_exponent);
        fmpq_set_ui(factor, t->mu, 1);
        fmpq_div_2exp(factor, factor, t->mu_exponent);
        fmpq_mul(factor, factor, eta);
        fmpq_one(bound);
        fmpq_sub(factor, bound, factor);
        fmpq_mat_transpose(transposed, x);
        fmpq_mat_mul(y, x, star);
        fmpq_mat_mul(gram, transposed, x);
        fmpq_mat_mul(moment, transposed, y);
        fmpq_mat_t row;
        fmpq_mat_init(row, 1, d);
        for (long step = 0;; step++) {
            fmpq_mat_neg(step_q, q);
            if (!fmpq_mat_equal(step_q, theta)) {
                die("attention is not gradient descent");
            }
            fmpq_mat_sub(difference, theta, star);
            fmpq_mat_transpose(row, difference);
            fmpq_mat_mul(square, row, difference);
            if (fmpq_cmp(fmpq_mat_entry(square, 0, 0), bound) > 0) {
                die("the bound does not hold");
            }
            if (step == t->loops) {
                break;
            }
            fmpq_mul(bound, bound, factor);
            fmpq_mat_mul(scores, x, q);
            fmpq_mat_add(scores, scores, y);
            fmpq_mat_mul(step_q, transposed, scores);
            fmpq_mat_scalar_mul_fmpq(step_q, step_q, eta);
            fmpq_mat_sub(q, q, step_q);
            fmpq_mat_mul(step_theta, gram, theta);
            fmpq_mat_sub(step_theta, step_theta, moment);
            fmpq_mat_scalar_mul_fmpq(step_theta, step_theta, eta);
            fmpq_mat_sub(theta, theta, step_theta);
        }
        double seconds = processor_seconds() - begin;
        uint64_t sum = 0;
        for (long j = 0; j < d; j++) {
            uint64_t top = fmpz_fdiv_ui(fmpq_mat_entry_num(theta, j, 0), CHECKSUM_PRIME);
            uint64_t below = fmpz_fdiv_ui(fmpq_mat_entry_den(theta, j, 0), CHECKSUM_PRIME);
            uint64_t value = multiply_modulo(top, inverse_modulo(below, CHECKSUM_PRIME), CHECKSUM_PRIME);
            sum = (sum + multiply_modulo(value, (uint64_t) j + 1, CHECKSUM_PRIME)) % CHECKSUM_PRIME;
        }
        report("fmpq_mat", seconds, sum);
        fmpq_mat_clear(row);
        fmpq_mat_clear(x);
        fmpq_mat_clear(transposed);
        fmpq_mat_clear(star);
        fmpq_mat_clear(y);
        fmpq_mat_clear(gram);
        fmpq_mat_clear(moment);
        fmpq_mat_clear(q);
        fmpq_mat_clear(theta);
        fmpq_mat_clear(scores);
        fmpq_mat_clear(step_q);
        fmpq_mat_clear(step_theta);
        fmpq_mat_clear(difference);
        fmpq_mat_clear(square);
        fmpq_clear(eta);
        fmpq_clear(factor);
        fmpq_clear(bound);
    }
}

/* ---- modulo a prime below 2^61: products below 2^122, of which 63 fit a sum of 128 bits ---- */

static uint64_t dot_modulo(const uint64_t *a, const uint64_t *b, long size, nmod_t mod) {
    uint64_t result = 0;
    for (long from = 0; from < size; from += 32) {
        long to = from + 32 < size ? from + 32 : size;
        u128 even = result;
        u128 odd = 0;
        long i = from;
        for (; i + 1 < to; i += 2) {
            even += (u128) a[i] * b[i];
            odd += (u128) a[i + 1] * b[i + 1];
        }
        if (i < to) {
            even += (u128) a[i] * b[i];
        }
        even += odd;
        uint64_t high = (uint64_t) (even >> 64);
        NMOD_RED(high, high, mod);
        NMOD2_RED2(result, high, (uint64_t) even, mod);
    }
    return result;
}

static uint64_t replay_modulo(const task *t, uint64_t prime) {
    long n = t->n;
    long d = t->d;
    nmod_t mod;
    nmod_init(&mod, prime);
    uint64_t *x = allocate(n * d, sizeof *x);
    uint64_t *transposed = allocate(n * d, sizeof *x);
    uint64_t *gram = allocate(d * d, sizeof *x);
    uint64_t *y = allocate(n, sizeof *x);
    uint64_t *star = allocate(d, sizeof *x);
    uint64_t *b = allocate(d, sizeof *x);
    uint64_t *q = allocate(d, sizeof *x);
    uint64_t *theta = allocate(d, sizeof *x);
    uint64_t *scores = allocate(n, sizeof *x);
    uint64_t *next = allocate(d, sizeof *x);
    /* the powers of two that occur, found once each */
    enum { LEAST = -1200, MOST = 1100 };
    static uint64_t powers[MOST - LEAST];
    memset(powers, 0, sizeof powers);
    for (long i = 0; i < n * d; i++) {
        uint64_t *power = &powers[t->exponent[i] - LEAST];
        if (*power == 0) {
            *power = two_to_the(t->exponent[i], prime);
        }
        x[i] = n_mulmod2_preinv(residue(t->mantissa[i], prime), *power, mod.n, mod.ninv);
        transposed[i % d * n + i / d] = x[i];
    }
    uint64_t inverse = inverse_modulo((uint64_t) t->denominator, prime);
    for (long j = 0; j < d; j++) {
        star[j] = multiply_modulo(residue(t->theta[j], prime), inverse, prime);
    }
    uint64_t eta = multiply_modulo(t->eta % prime, two_to_the(-t->eta_exponent, prime), prime);
    for (long i = 0; i < n; i++) {
        y[i] = dot_modulo(x + i * d, star, d, mod);
    }
    for (long j = 0; j < d; j++) {
        for (long k = 0; k <= j; k++) {
            gram[j * d + k] = gram[k * d + j] = dot_modulo(transposed + j * n, transposed + k * n, n, mod);
        }
        b[j] = dot_modulo(transposed + j * n, y, n, mod);
    }
    for (long step = 0;; step++) {
        for (long j = 0; j < d; j++) {
            if (nmod_add(q[j], theta[j], mod) != 0) {
                die("attention is not gradient descent");
            }
        }
        if (step == t->loops) {
            break;
        }
        for (long i = 0; i < n; i++) {
            scores[i] = nmod_add(dot_modulo(x + i * d, q, d, mod), y[i], mod);
        }
        for (long j = 0; j < d; j++) {
            next[j] = nmod_sub(theta[j], nmod_mul(eta, nmod_sub(dot_modulo(gram + j * d, theta, d, mod), b[j], mod), mod),
                               mod);
            q[j] = nmod_sub(q[j], nmod_mul(eta, dot_modulo(transposed + j * n, scores, n, mod), mod), mod);
        }
        memcpy(theta, next, d * sizeof *theta);
    }
    uint64_t sum = 0;
    for (long j = 0; j < d; j++) {
        sum = nmod_add(sum, nmod_mul(theta[j], (uint64_t) j + 1, mod), mod);
    }
    free(x);
    free(transposed);
    free(gram);
    free(y);
    free(star);
    free(b);
    free(q);
    free(theta);
    free(scores);
    free(next);
    return sum;
}

static void replay_modulo_primes(const task *t, int repetitions) {
    flint_rand_t state;
    flint_randinit(state);
    state->__randval ^= (ulong) time(NULL);
    uint64_t checksum = replay_modulo(t, CHECKSUM_PRIME);
    for (int r = 0; r < repetitions; r++) {
        double begin = processor_seconds();
        for (int i = 0; i < 2; i++) {
            replay_modulo(t, n_randprime(state, 61, 0));
        }
        report("modular", processor_seconds() - begin, checksum);
    }
    flint_randclear(state);
}

static void grams(const task *t, int by_limbs, int repetitions) {
    for (int r = 0; r < repetitions; r++) {
        double begin = processor_seconds();
        scaled s = scale(t);
        fmpz_mat_t gram;
        fmpz_mat_init(gram, t->d, t->d);
        if (by_limbs) {
            gram_by_limbs(t, &s, gram);
        } else {
            gram_by_matrices(t, &s, gram);
        }
        double seconds = processor_seconds() - begin;
        report(by_limbs ? "gram" : "gram_fmpz", seconds, checksum_of_gram(&s, gram));
        fmpz_mat_clear(gram);
        free_scaled(&s);
    }
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        printf("FLINT %s, GMP %s\n", FLINT_VERSION, gmp_version);
        return 0;
    }
    if (argc != 4) {
        die("usage: replay FILE METHOD REPETITIONS | replay version");
    }
    task t = read_task(argv[1]);
    const char *method = argv[2];
    int repetitions = atoi(argv[3]);
    if (strcmp(method, "limbs") == 0) {
        replay_on_limbs(&t, repetitions);
    } else if (strcmp(method, "fmpz") == 0) {
        replay_on_integers(&t, 0, repetitions);
    } else if (strcmp(method, "fmpz_mat") == 0) {
        replay_on_integers(&t, 1, repetitions);
    } else if (strcmp(method, "fmpq_mat") == 0) {
        replay_on_rationals(&t, repetitions);
    } else if (strcmp(method, "modular") == 0) {
        replay_modulo_primes(&t, repetitions);
    } else if (strcmp(method, "gram") == 0) {
        grams(&t, 1, repetitions);
    } else if (strcmp(method, "gram_fmpz") == 0) {
        grams(&t, 0, repetitions);
    } else {
        die("unknown method");
    }
    return 0;
}
