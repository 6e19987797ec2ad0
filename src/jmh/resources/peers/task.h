/*
 * What the C peers share: the file of a task, processor time, arithmetic modulo 61-bit primes, and the checksum by which
 * all contenders must agree.
 *
 * The file holds, separated by white space: n d T; p e (the step size eta = p / 2^e); m f (mu = m / 2^f, a proven lower
 * bound of lambda_min); D a_1 .. a_d (theta* = a / D, with |a| = D); and the n d entries of X, row by row, as the
 * hexadecimal bits of doubles.
 */
#ifndef TASK_H
#define TASK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned __int128 u128;
typedef __int128 i128;

/* 2^61 - 1: theta(T) has only 2 and the primes of D in its denominators, so that its residue exists. */
#define CHECKSUM_PRIME UINT64_C(2305843009213693951)

typedef struct {
    long n, d, loops;
    uint64_t eta;
    long eta_exponent;
    uint64_t mu;
    long mu_exponent;
    int64_t denominator;
    int64_t *theta;
    /* entry = mantissa * 2^exponent, mantissa odd or zero */
    int64_t *mantissa;
    int *exponent;
} task;

static inline void die(const char *message) {
    fprintf(stderr, "%s\n", message);
    exit(1);
}

static inline void *allocate(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        die("out of memory");
    }
    return memory;
}

static inline double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + 1e-9 * now.tv_nsec;
}

static inline task read_task(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) {
        die("cannot open the file of the task");
    }
    task t;
    if (fscanf(file, "%ld %ld %ld %" SCNu64 " %ld %" SCNu64 " %ld %" SCNd64, &t.n, &t.d, &t.loops, &t.eta,
               &t.eta_exponent, &t.mu, &t.mu_exponent, &t.denominator) != 8) {
        die("not the file of a task");
    }
    t.theta = allocate(t.d, sizeof *t.theta);
    for (long j = 0; j < t.d; j++) {
        if (fscanf(file, "%" SCNd64, &t.theta[j]) != 1) {
            die("theta* is too short");
        }
    }
    t.mantissa = allocate(t.n * t.d, sizeof *t.mantissa);
    t.exponent = allocate(t.n * t.d, sizeof *t.exponent);
    for (long i = 0; i < t.n * t.d; i++) {
        uint64_t bits;
        if (fscanf(file, "%" SCNx64, &bits) != 1) {
            die("X is too short");
        }
        int biased = (int) (bits >> 52 & 0x7ff);
        uint64_t magnitude = bits & ((UINT64_C(1) << 52) - 1);
        if (biased == 0x7ff) {
            die("X is not finite");
        }
        if (biased > 0) {
            magnitude |= UINT64_C(1) << 52;
        }
        if (magnitude == 0) {
            continue;
        }
        int zeros = __builtin_ctzll(magnitude);
        magnitude >>= zeros;
        t.mantissa[i] = bits >> 63 ? -(int64_t) magnitude : (int64_t) magnitude;
        t.exponent[i] = (biased > 0 ? biased : 1) - 1075 + zeros;
    }
    fclose(file);
    return t;
}

static inline uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t prime) {
    return (uint64_t) ((u128) a * b % prime);
}

static inline uint64_t power_modulo(uint64_t base, uint64_t exponent, uint64_t prime) {
    uint64_t result = 1;
    for (; exponent; exponent >>= 1, base = multiply_modulo(base, base, prime)) {
        if (exponent & 1) {
            result = multiply_modulo(result, base, prime);
        }
    }
    return result;
}

static inline uint64_t inverse_modulo(uint64_t a, uint64_t prime) {
    return power_modulo(a % prime, prime - 2, prime);
}

static inline uint64_t residue(int64_t a, uint64_t prime) {
    return a >= 0 ? (uint64_t) a % prime : prime - 1 - (uint64_t) (-(a + 1)) % prime;
}

/* 2^exponent, of either sign */
static inline uint64_t two_to_the(long exponent, uint64_t prime) {
    uint64_t power = power_modulo(2, (uint64_t) labs(exponent), prime);
    return exponent < 0 ? inverse_modulo(power, prime) : power;
}

/* One line for the driver. */
static inline void report(const char *method, double seconds, uint64_t checksum) {
    printf("%s %.9f %" PRIu64 "\n", method, seconds, checksum);
    fflush(stdout);
}

#endif
