/*
 * X as integers for GMP and FLINT, and its Gram matrix, shared by replay.c and proof.c.
 */
#ifndef SCALED_H
#define SCALED_H

#include "task.h"

#include <flint/flint.h>
#include <flint/fmpz.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_vec.h>

#define LIMB 64

static inline long limbs_for(long bits) {
    return (bits + LIMB - 1) / LIMB;
}

static inline long bit_length(uint64_t a) {
    return a ? LIMB - __builtin_clzll(a) : 0;
}

/* ---- X as integers over 2^scale, each a multiplier of at most 63 bits times a power of two of few classes ---- */

typedef struct {
    uint64_t multiplier;
    int negative;
    int index;
    int shift;
} term;

typedef struct {
    long scale;         /* X = integers / 2^scale */
    long bits;          /* of the longest integer */
    int top;            /* the largest shift */
    term *rows;         /* row i at i d, by falling shift; a zero multiplier ends it early */
    term *columns;      /* column j at j n, by falling shift */
    int64_t *multiplier; /* dense, row by row */
    int *shift;
} scaled;

/* classes are eleven powers of two wide: 53 bits and ten more fit a limb with its sign */
static inline int next_shift(int shift) {
    return shift > 11 ? shift - 11 : 0;
}

/* the terms by falling shift */
static inline void sort_terms(term *terms, long many, int top, term *scratch) {
    long sorted = 0;
    for (int shift = top; sorted < many; shift = next_shift(shift)) {
        for (long i = 0; i < many; i++) {
            if (terms[i].shift == shift) {
                scratch[sorted++] = terms[i];
            }
        }
    }
    memcpy(terms, scratch, many * sizeof *terms);
}

static inline scaled scale(const task *t) {
    scaled s = {0};
    long size = t->n * t->d;
    int least = 0;
    for (long i = 0; i < size; i++) {
        if (t->mantissa[i] && t->exponent[i] < least) {
            least = t->exponent[i];
        }
    }
    s.scale = -least;
    for (long i = 0; i < size; i++) {
        if (t->mantissa[i]) {
            long bits = bit_length((uint64_t) llabs(t->mantissa[i])) + t->exponent[i] - least;
            s.bits = bits > s.bits ? bits : s.bits;
        }
    }
    if (s.bits > 120) {
        die("the exponents of X are too far apart");
    }
    s.top = s.bits > 63 ? (int) s.bits - 63 : 0;
    s.rows = allocate(size, sizeof *s.rows);
    s.columns = allocate(size, sizeof *s.columns);
    s.multiplier = allocate(size, sizeof *s.multiplier);
    s.shift = allocate(size, sizeof *s.shift);
    for (long i = 0; i < t->n; i++) {
        for (long j = 0; j < t->d; j++) {
            long at = i * t->d + j;
            int zeros = t->exponent[at] - least;
            int shift = s.top;
            while (t->mantissa[at] && shift > zeros) {
                shift = next_shift(shift);
            }
            int64_t multiplier = t->mantissa[at] ? t->mantissa[at] * (INT64_C(1) << (zeros - shift)) : 0;
            s.multiplier[at] = multiplier;
            s.shift[at] = shift;
            term entry = {(uint64_t) llabs(multiplier), multiplier < 0, (int) j, shift};
            s.rows[at] = entry;
            entry.index = (int) i;
            s.columns[j * t->n + i] = entry;
        }
    }
    term *scratch = allocate(t->n > t->d ? t->n : t->d, sizeof *scratch);
    for (long i = 0; i < t->n; i++) {
        sort_terms(s.rows + i * t->d, t->d, s.top, scratch);
    }
    for (long j = 0; j < t->d; j++) {
        sort_terms(s.columns + j * t->n, t->n, s.top, scratch);
    }
    free(scratch);
    return s;
}

static inline void free_scaled(scaled *s) {
    free(s->rows);
    free(s->columns);
    free(s->multiplier);
    free(s->shift);
}

/* D y = X (D theta*), over 2^scale */
static inline i128 label(const task *t, const scaled *s, long i) {
    i128 sum = 0;
    for (long j = 0; j < t->d; j++) {
        long at = i * t->d + j;
        i128 entry = (i128) s->multiplier[at] * ((i128) 1 << s->shift[at]);
        i128 product;
        if (__builtin_mul_overflow(entry, (i128) t->theta[j], &product) || __builtin_add_overflow(sum, product, &sum)) {
            die("labels are longer than 127 bits");
        }
    }
    return sum;
}

/* ---- the Gram matrix over 2^(2 scale) ---- */

/* The entries of one column that have a smaller shift than most. */
typedef struct {
    int64_t *top;
    term *rest;
    long *first;
} sorted_columns;

static inline sorted_columns sort_columns(const task *t, const scaled *s) {
    sorted_columns c;
    c.top = allocate(t->n * t->d, sizeof *c.top);
    c.rest = allocate(t->n * t->d, sizeof *c.rest);
    c.first = allocate(t->d + 1, sizeof *c.first);
    long many = 0;
    for (long j = 0; j < t->d; j++) {
        c.first[j] = many;
        for (long i = 0; i < t->n; i++) {
            long at = i * t->d + j;
            if (s->shift[at] == s->top) {
                c.top[j * t->n + i] = s->multiplier[at];
            } else {
                term entry = {(uint64_t) llabs(s->multiplier[at]), s->multiplier[at] < 0, (int) i, s->shift[at]};
                c.rest[many++] = entry;
            }
        }
    }
    c.first[t->d] = many;
    return c;
}

static inline void free_columns(sorted_columns *c) {
    free(c->top);
    free(c->rest);
    free(c->first);
}

/* columns j and k: the products of multipliers with the largest shift in 192 bits, the few others one by one */
static inline void column_product(const task *t, const scaled *s, const sorted_columns *c, long j, long k, fmpz_t entry) {
    long d = t->d;
    const int64_t *a = c->top + j * t->n;
    const int64_t *b = c->top + k * t->n;
    u128 low = 0;
    int64_t high = 0;
    for (long i = 0; i < t->n; i++) {
        i128 product = (i128) a[i] * b[i];
        u128 sum = low + (u128) product;
        high += (int64_t) (sum < low) + (int64_t) (product >> 127);
        low = sum;
    }
    fmpz_set_signed_uiuiui(entry, (ulong) high, (ulong) (low >> 64), (ulong) low);
    fmpz_mul_2exp(entry, entry, 2 * s->top);
    fmpz_t part;
    fmpz_init(part);
    for (int side = 0; side < 2; side++) {
        long mine = side ? k : j;
        long other = side ? j : k;
        for (long r = c->first[mine]; r < c->first[mine + 1]; r++) {
            long at = c->rest[r].index * d + other;
            /* a pair with two small shifts was met from the first side */
            if (side && s->shift[at] != s->top) {
                continue;
            }
            fmpz_set_si(part, s->multiplier[at]);
            fmpz_mul_ui(part, part, c->rest[r].multiplier);
            if (c->rest[r].negative) {
                fmpz_neg(part, part);
            }
            fmpz_mul_2exp(part, part, c->rest[r].shift + s->shift[at]);
            fmpz_add(entry, entry, part);
        }
    }
    fmpz_clear(part);
}

static inline void gram_by_limbs(const task *t, const scaled *s, fmpz_mat_t gram) {
    sorted_columns c = sort_columns(t, s);
    for (long j = 0; j < t->d; j++) {
        for (long k = 0; k <= j; k++) {
            column_product(t, s, &c, j, k, fmpz_mat_entry(gram, j, k));
            fmpz_set(fmpz_mat_entry(gram, k, j), fmpz_mat_entry(gram, j, k));
        }
    }
    free_columns(&c);
}

static inline void integers(const task *t, const scaled *s, fmpz_mat_t x) {
    for (long i = 0; i < t->n; i++) {
        for (long j = 0; j < t->d; j++) {
            fmpz_set_si(fmpz_mat_entry(x, i, j), s->multiplier[i * t->d + j]);
            fmpz_mul_2exp(fmpz_mat_entry(x, i, j), fmpz_mat_entry(x, i, j), s->shift[i * t->d + j]);
        }
    }
}

static inline void gram_by_matrices(const task *t, const scaled *s, fmpz_mat_t gram) {
    fmpz_mat_t x, transposed;
    fmpz_mat_init(x, t->n, t->d);
    fmpz_mat_init(transposed, t->d, t->n);
    integers(t, s, x);
    fmpz_mat_transpose(transposed, x);
    fmpz_mat_mul(gram, transposed, x);
    fmpz_mat_clear(x);
    fmpz_mat_clear(transposed);
}

static inline void set_i128(fmpz_t f, i128 value) {
    u128 magnitude = value < 0 ? -(u128) value : (u128) value;
    fmpz_set_uiui(f, (ulong) (magnitude >> 64), (ulong) magnitude);
    if (value < 0) {
        fmpz_neg(f, f);
    }
}

/* D y over 2^scale */
static inline fmpz *labels_of(const task *t, const scaled *s) {
    fmpz *labels = _fmpz_vec_init(t->n);
    for (long i = 0; i < t->n; i++) {
        set_i128(labels + i, label(t, s, i));
    }
    return labels;
}

/* the sum of the terms, shifts done */
static inline void combine_integers(fmpz_t sum, const term *terms, long many, const fmpz *v) {
    int shift = terms[0].shift;
    fmpz_zero(sum);
    for (long i = 0; i < many; i++) {
        if (terms[i].shift != shift) {
            fmpz_mul_2exp(sum, sum, shift - terms[i].shift);
            shift = terms[i].shift;
        }
        if (terms[i].negative) {
            fmpz_submul_ui(sum, v + terms[i].index, terms[i].multiplier);
        } else {
            fmpz_addmul_ui(sum, v + terms[i].index, terms[i].multiplier);
        }
    }
    fmpz_mul_2exp(sum, sum, shift);
}

/* D X'y over 2^(2 scale) */
static inline fmpz *moment(const task *t, const scaled *s, const fmpz *labels) {
    fmpz *b = _fmpz_vec_init(t->d);
    for (long j = 0; j < t->d; j++) {
        combine_integers(b + j, s->columns + j * t->n, t->n, labels);
    }
    return b;
}

static inline uint64_t checksum_of_gram(const scaled *s, const fmpz_mat_t gram) {
    uint64_t sum = 0;
    for (long j = 0; j < gram->r; j++) {
        for (long k = 0; k < gram->c; k++) {
            uint64_t value = fmpz_fdiv_ui(fmpz_mat_entry(gram, j, k), CHECKSUM_PRIME);
            sum = (sum + multiply_modulo(value, (uint64_t) ((j + 1) * (k + 1)), CHECKSUM_PRIME)) % CHECKSUM_PRIME;
        }
    }
    return multiply_modulo(sum, two_to_the(-2 * s->scale, CHECKSUM_PRIME), CHECKSUM_PRIME);
}

#endif
