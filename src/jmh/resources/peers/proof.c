/*
 * Task C with FLINT and Arb: cc -O3 -march=native proof.c -lflint-arb -lflint -lgmp
 *
 *   proof FILE METHOD REPETITIONS
 *
 * What a certificate by theorem proves, proved with FLINT and Arb: labels realizable by a unit vector; attention with a
 * symbolic query equal to the gradient step, coefficient by coefficient; lambda_min and lambda_max enclosed from both
 * sides to about 2^-32; eta <= 1/lambda_max; (1 - eta mu)^T <= exp(-T / (2 kappa)). Doubles only propose; X'X and its
 * Rayleigh quotients are exact, definiteness is Cholesky's factorization in Arb's balls, the powers are balls too.
 *
 * METHOD says what multiplies and factorizes:
 *   arb       bare limbs and Arb's dot product
 *   arb_mat   the libraries' matrices: fmpz_mat_mul, arb_mat_cho
 *
 * Prints a line "METHOD SECONDS CHECKSUM" for every repetition, with the checksum of the Gram matrix (see replay.c).
 */
#include "scaled.h"

#include <arb.h>
#include <arb_mat.h>
#include <math.h>

/* margins of proposals, relative */
static const double MARGIN = 0x1p-33;

static const long MOST_BITS = 4096;

/* ---- proposals: extreme eigenvalues and their vectors of a symmetric matrix of doubles ---- */

/* Householder's reduction of a (destroyed) to diagonal and off-diagonal, d^3 2/3 multiplications */
static void tridiagonalize(double *a, long d, double *diagonal, double *beside) {
    double *v = allocate(d, sizeof *v);
    double *p = allocate(d, sizeof *p);
    for (long k = 0; k + 2 < d; k++) {
        double norm = 0;
        for (long i = k + 1; i < d; i++) {
            norm += a[i * d + k] * a[i * d + k];
        }
        norm = sqrt(norm);
        double head = a[(k + 1) * d + k];
        double alpha = head > 0 ? -norm : norm;
        beside[k] = alpha;
        if (norm == 0) {
            continue;
        }
        double square = 2 * (norm * norm - head * alpha);
        for (long i = k + 1; i < d; i++) {
            v[i] = a[i * d + k];
        }
        v[k + 1] -= alpha;
        double projection = 0;
        for (long i = k + 1; i < d; i++) {
            double sum = 0;
            for (long j = k + 1; j < d; j++) {
                sum += a[i * d + j] * v[j];
            }
            p[i] = 2 * sum / square;
            projection += p[i] * v[i];
        }
        for (long i = k + 1; i < d; i++) {
            p[i] -= projection / square * v[i];
        }
        for (long i = k + 1; i < d; i++) {
            for (long j = k + 1; j < d; j++) {
                a[i * d + j] -= v[i] * p[j] + p[i] * v[j];
            }
        }
    }
    if (d > 1) {
        beside[d - 2] = a[(d - 1) * d + d - 2];
    }
    for (long i = 0; i < d; i++) {
        diagonal[i] = a[i * d + i];
    }
    free(v);
    free(p);
}

/* how many eigenvalues of the tridiagonal matrix are below x */
static long below(const double *diagonal, const double *beside, long d, double x) {
    long count = 0;
    double pivot = 1;
    for (long i = 0; i < d; i++) {
        double square = i > 0 ? beside[i - 1] * beside[i - 1] : 0;
        pivot = diagonal[i] - x - (i > 0 ? square / pivot : 0);
        if (pivot == 0) {
            pivot = 1e-300;
        }
        count += pivot < 0;
    }
    return count;
}

static double eigenvalue(const double *diagonal, const double *beside, long d, long index) {
    double low = INFINITY;
    double high = -INFINITY;
    for (long i = 0; i < d; i++) {
        double radius = (i > 0 ? fabs(beside[i - 1]) : 0) + (i + 1 < d ? fabs(beside[i]) : 0);
        low = fmin(low, diagonal[i] - radius);
        high = fmax(high, diagonal[i] + radius);
    }
    for (int round = 0; round < 80 && low < high; round++) {
        double middle = low + (high - low) / 2;
        if (below(diagonal, beside, d, middle) > index) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return low + (high - low) / 2;
}

/* three steps of inverse iteration with the triangular factors of g - value I */
static void eigenvector(const double *g, long d, double value, double *v) {
    double *a = allocate(d * d, sizeof *a);
    memcpy(a, g, d * d * sizeof *a);
    for (long i = 0; i < d; i++) {
        a[i * d + i] -= value;
        v[i] = 1 + 1e-3 * (double) (i * 7919 % 101);
    }
    for (long k = 0; k < d; k++) {
        if (fabs(a[k * d + k]) < 1e-300) {
            a[k * d + k] = 1e-300;
        }
        for (long i = k + 1; i < d; i++) {
            double factor = a[i * d + k] / a[k * d + k];
            for (long j = k + 1; j < d; j++) {
                a[i * d + j] -= factor * a[k * d + j];
            }
            a[i * d + k] = factor;
        }
    }
    for (int round = 0; round < 3; round++) {
        for (long i = 0; i < d; i++) {
            for (long j = 0; j < i; j++) {
                v[i] -= a[i * d + j] * v[j];
            }
        }
        double most = 0;
        for (long i = d - 1; i >= 0; i--) {
            for (long j = i + 1; j < d; j++) {
                v[i] -= a[i * d + j] * v[j];
            }
            v[i] /= a[i * d + i];
            most = fmax(most, fabs(v[i]));
        }
        for (long i = 0; i < d; i++) {
            v[i] /= most;
        }
    }
    free(a);
}

/* ---- exact and enclosing checks ---- */

static void require(int holds, const char *message) {
    if (!holds) {
        die(message);
    }
}

/* |sign| = 1: is sign (v'Gv - value v'v) >= 0, G = gram / 2^(2 scale)? */
static int rayleigh(const fmpz_mat_t gram, long scale, const double *v, double value, int sign) {
    long d = gram->r;
    fmpz *rounded = _fmpz_vec_init(d);
    fmpz_t form, part, square, bound;
    fmpz_init(form);
    fmpz_init(part);
    fmpz_init(square);
    fmpz_init(bound);
    for (long i = 0; i < d; i++) {
        fmpz_set_si(rounded + i, llround(v[i] * 0x1p40));
    }
    for (long i = 0; i < d; i++) {
        fmpz_zero(part);
        for (long j = 0; j < d; j++) {
            fmpz_addmul(part, fmpz_mat_entry(gram, i, j), rounded + j);
        }
        fmpz_addmul(form, part, rounded + i);
        fmpz_addmul(square, rounded + i, rounded + i);
    }
    /* value = mantissa 2^exponent; 2^(2 scale) is on the other side */
    int exponent;
    double mantissa = frexp(value, &exponent);
    fmpz_set_si(bound, (slong) ldexp(mantissa, 53));
    fmpz_mul(bound, bound, square);
    long shift = 2 * scale + exponent - 53;
    if (shift >= 0) {
        fmpz_mul_2exp(bound, bound, shift);
    } else {
        fmpz_mul_2exp(form, form, -shift);
    }
    int holds = sign * fmpz_cmp(form, bound) >= 0;
    _fmpz_vec_clear(rounded, d);
    fmpz_clear(form);
    fmpz_clear(part);
    fmpz_clear(square);
    fmpz_clear(bound);
    return holds;
}

/*
 * Cholesky's factorization a = l l' in balls, row by row with Arb's dot product, which is several times faster than
 * arb_mat_cho; a matrix of balls with a factorization is positive definite.
 */
static int factorize(arb_mat_t l, const arb_mat_t a, slong bits) {
    for (long i = 0; i < arb_mat_nrows(a); i++) {
        for (long j = 0; j <= i; j++) {
            arb_ptr entry = arb_mat_entry(l, i, j);
            arb_dot(entry, arb_mat_entry(a, i, j), 1, l->rows[i], 1, l->rows[j], 1, j, bits);
            if (j < i) {
                arb_div(entry, entry, arb_mat_entry(l, j, j), bits);
            } else if (arb_is_positive(entry)) {
                arb_sqrt(entry, entry, bits);
            } else {
                return 0;
            }
        }
    }
    return 1;
}

/* sign (value I - G) positive definite, at rising precision */
static int definite(const fmpz_mat_t gram, long scale, double value, int sign, int by_matrices) {
    long d = gram->r;
    arb_mat_t a, factor;
    arb_t bound;
    arb_mat_init(a, d, d);
    arb_mat_init(factor, d, d);
    arb_init(bound);
    arb_set_d(bound, value);
    for (long i = 0; i < d; i++) {
        for (long j = 0; j < d; j++) {
            if (j > i && !by_matrices) {
                break;
            }
            arb_ptr entry = arb_mat_entry(a, i, j);
            arb_set_fmpz(entry, fmpz_mat_entry(gram, i, j));
            arb_mul_2exp_si(entry, entry, -2 * scale);
            if (i == j) {
                arb_sub(entry, entry, bound, ARF_PREC_EXACT);
            }
            if (sign > 0) {
                arb_neg(entry, entry);
            }
        }
    }
    int shown = 0;
    for (slong bits = 64; !shown && bits <= MOST_BITS; bits *= 2) {
        shown = by_matrices ? arb_mat_cho(factor, a, bits) : factorize(factor, a, bits);
    }
    arb_mat_clear(a);
    arb_mat_clear(factor);
    arb_clear(bound);
    return shown;
}

/* X' [X | y], the coefficients of attention's last row in q and alpha, against G and X'y */
static int symbolic_step(const task *t, const scaled *s, const fmpz *labels, const fmpz_mat_t gram, const fmpz *b) {
    sorted_columns c = sort_columns(t, s);
    fmpz_t coefficient;
    fmpz_init(coefficient);
    int equal = 1;
    for (long j = 0; j < t->d; j++) {
        for (long k = 0; k < t->d; k++) {
            column_product(t, s, &c, k, j, coefficient);
            equal &= fmpz_equal(coefficient, fmpz_mat_entry(gram, j, k));
        }
        combine_integers(coefficient, s->columns + j * t->n, t->n, labels);
        equal &= fmpz_equal(coefficient, b + j);
    }
    fmpz_clear(coefficient);
    free_columns(&c);
    return equal;
}

/* the same by FLINT's matrices */
static int symbolic_step_by_matrices(
        const task *t, const scaled *s, const fmpz *labels, const fmpz_mat_t gram, const fmpz *b) {
    fmpz_mat_t transposed, prompt, coefficients;
    fmpz_mat_init(transposed, t->d, t->n);
    fmpz_mat_init(prompt, t->n, t->d + 1);
    fmpz_mat_init(coefficients, t->d, t->d + 1);
    fmpz_mat_t x;
    fmpz_mat_init(x, t->n, t->d);
    integers(t, s, x);
    fmpz_mat_transpose(transposed, x);
    for (long i = 0; i < t->n; i++) {
        for (long j = 0; j < t->d; j++) {
            fmpz_set(fmpz_mat_entry(prompt, i, j), fmpz_mat_entry(x, i, j));
        }
        fmpz_set(fmpz_mat_entry(prompt, i, t->d), labels + i);
    }
    fmpz_mat_mul(coefficients, transposed, prompt);
    int equal = 1;
    for (long j = 0; j < t->d; j++) {
        equal &= _fmpz_vec_equal(coefficients->rows[j], gram->rows[j], t->d);
        equal &= fmpz_equal(fmpz_mat_entry(coefficients, j, t->d), b + j);
    }
    fmpz_mat_clear(x);
    fmpz_mat_clear(transposed);
    fmpz_mat_clear(prompt);
    fmpz_mat_clear(coefficients);
    return equal;
}

static int realizable(const task *t, const scaled *s, const fmpz *labels) {
    fmpz *again = labels_of(t, s);
    int equal = _fmpz_vec_equal(again, labels, t->n);
    _fmpz_vec_clear(again, t->n);
    i128 square = 0;
    for (long j = 0; j < t->d; j++) {
        square += (i128) t->theta[j] * t->theta[j];
    }
    return equal && square == (i128) t->denominator * t->denominator;
}

/* (1 - eta mu)^T <= exp(-T / (2 kappa)) at the least kappa, largest / smallest from inside */
static int bounded(const task *t, double mu, double largest_lower, double smallest_upper) {
    arb_t rate, power, exponent, part;
    arb_init(rate);
    arb_init(power);
    arb_init(exponent);
    arb_init(part);
    int shown = 0;
    for (slong bits = 64; !shown && bits <= MOST_BITS; bits *= 2) {
        arb_set_d(rate, mu);
        arb_mul_ui(rate, rate, t->eta, bits);
        arb_mul_2exp_si(rate, rate, -t->eta_exponent);
        arb_sub_ui(rate, rate, 1, bits);
        arb_neg(rate, rate);
        arb_pow_ui(power, rate, (ulong) t->loops, bits);
        arb_set_d(exponent, smallest_upper);
        arb_set_d(part, largest_lower);
        arb_div(exponent, exponent, part, bits);
        arb_mul_si(exponent, exponent, -t->loops, bits);
        arb_mul_2exp_si(exponent, exponent, -1);
        arb_exp(exponent, exponent, bits);
        shown = arb_le(power, exponent);
    }
    arb_clear(rate);
    arb_clear(power);
    arb_clear(exponent);
    arb_clear(part);
    return shown;
}

static void prove(const task *t, int by_matrices) {
    double begin = processor_seconds();
    long d = t->d;
    scaled s = scale(t);
    fmpz_mat_t gram;
    fmpz_mat_init(gram, d, d);
    if (by_matrices) {
        gram_by_matrices(t, &s, gram);
    } else {
        gram_by_limbs(t, &s, gram);
    }
    fmpz *labels = labels_of(t, &s);
    fmpz *b = moment(t, &s, labels);
    require(realizable(t, &s, labels), "the labels are not realizable by a unit vector");
    int equal = by_matrices ? symbolic_step_by_matrices(t, &s, labels, gram, b) : symbolic_step(t, &s, labels, gram, b);
    require(equal, "attention is not the gradient step");

    double *g = allocate(d * d, sizeof *g);
    double *reduced = allocate(d * d, sizeof *reduced);
    double *diagonal = allocate(d, sizeof *diagonal);
    double *beside = allocate(d, sizeof *beside);
    double *v = allocate(d, sizeof *v);
    for (long i = 0; i < d * d; i++) {
        slong exponent;
        double mantissa = fmpz_get_d_2exp(&exponent, gram->entries + i);
        g[i] = ldexp(mantissa, (int) (exponent - 2 * s.scale));
    }
    memcpy(reduced, g, d * d * sizeof *g);
    tridiagonalize(reduced, d, diagonal, beside);
    double most = eigenvalue(diagonal, beside, d, d - 1);
    double least = eigenvalue(diagonal, beside, d, 0);
    double upper = most * (1 + MARGIN);
    double largest_lower = most * (1 - MARGIN);
    double mu = least * (1 - MARGIN);
    double smallest_upper = least * (1 + MARGIN);
    require(mu > 0, "X has not full rank");
    require(definite(gram, s.scale, upper, 1, by_matrices), "lambda_max is not bounded from above");
    require(definite(gram, s.scale, mu, -1, by_matrices), "lambda_min is not bounded from below");
    eigenvector(g, d, most, v);
    require(rayleigh(gram, s.scale, v, largest_lower, 1), "lambda_max is not bounded from below");
    eigenvector(g, d, least, v);
    require(rayleigh(gram, s.scale, v, smallest_upper, -1), "lambda_min is not bounded from above");

    arb_t step;
    arb_init(step);
    arb_set_d(step, upper);
    arb_mul_ui(step, step, t->eta, ARF_PREC_EXACT);
    arb_mul_2exp_si(step, step, -t->eta_exponent);
    arb_sub_ui(step, step, 1, ARF_PREC_EXACT);
    require(arb_is_nonpositive(step), "the step exceeds 1/lambda_max");
    arb_clear(step);
    require(bounded(t, mu, largest_lower, smallest_upper), "the bound does not hold");
    double seconds = processor_seconds() - begin;
    report(by_matrices ? "arb_mat" : "arb", seconds, checksum_of_gram(&s, gram));
    free(g);
    free(reduced);
    free(diagonal);
    free(beside);
    free(v);
    _fmpz_vec_clear(labels, t->n);
    _fmpz_vec_clear(b, d);
    fmpz_mat_clear(gram);
    free_scaled(&s);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        die("usage: proof FILE METHOD REPETITIONS");
    }
    int by_matrices = strcmp(argv[2], "arb_mat") == 0;
    if (!by_matrices && strcmp(argv[2], "arb") != 0) {
        die("unknown method");
    }
    task t = read_task(argv[1]);
    for (int r = atoi(argv[3]); r > 0; r--) {
        prove(&t, by_matrices);
    }
    return 0;
}
