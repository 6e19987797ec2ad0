/*
 * What this processor can do at most, for telling how far a replay is from it: cc -O3 -march=native peak.c -lgmp
 *
 *   peak
 *
 * Prints lines "NAME RATE", a rate in operations per nanosecond of processor time, the best of several rounds:
 *
 *   fma        fused multiply-adds of doubles, independent, in vectors as wide as the compiler chooses
 *   multiply   products of 64 by 64 bits to 128 bits, independent
 *   addmul_L   limbs of mpn_addmul_1 on L limbs
 */
#include "task.h"

#include <gmp.h>

enum { LANES = 128, ROUNDS = 9 };

static volatile uint64_t sink;

static double seconds_of_fma(long turns) {
    static double sums[LANES];
    double begin = processor_seconds();
    double factor = 0.999999;
    typedef double wide __attribute__((vector_size(64)));
    wide s0 = {0}, s1 = {1}, s2 = {2}, s3 = {3}, s4 = {4}, s5 = {5}, s6 = {6}, s7 = {7};
    wide s8 = {8}, s9 = {9}, sa = {10}, sb = {11}, sc = {12}, sd = {13}, se = {14}, sf = {15};
    wide f = {factor, factor, factor, factor, factor, factor, factor, factor};
    for (long turn = 0; turn < turns; turn++) {
        s0 = s0 * f + f, s1 = s1 * f + f, s2 = s2 * f + f, s3 = s3 * f + f;
        s4 = s4 * f + f, s5 = s5 * f + f, s6 = s6 * f + f, s7 = s7 * f + f;
        s8 = s8 * f + f, s9 = s9 * f + f, sa = sa * f + f, sb = sb * f + f;
        sc = sc * f + f, sd = sd * f + f, se = se * f + f, sf = sf * f + f;
    }
    s0 += s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + sa + sb + sc + sd + se + sf;
    memcpy(sums, &s0, sizeof s0);
    double spent = processor_seconds() - begin;
    sink += (uint64_t) sums[0];
    return spent;
}

static double seconds_of_multiply(long turns) {
    uint64_t seed = (uint64_t) time(NULL);
    uint64_t a = seed * 3, b = seed * 5, c = seed * 7, d = seed * 9;
    uint64_t e = 0, f = 0, g = 0, h = 0;
    double begin = processor_seconds();
#pragma GCC unroll 4
    for (long turn = 0; turn < turns; turn++) {
        uint64_t factor = (uint64_t) turn ^ seed;
        e += (uint64_t) ((u128) a * factor >> 64);
        f += (uint64_t) ((u128) b * factor >> 64);
        g += (uint64_t) ((u128) c * factor >> 64);
        h += (uint64_t) ((u128) d * factor >> 64);
    }
    double spent = processor_seconds() - begin;
    sink += e + f + g + h;
    return spent;
}

static double seconds_of_addmul(long limbs, long turns) {
    mp_limb_t *sum = allocate(limbs, sizeof *sum);
    mp_limb_t *factor = allocate(limbs, sizeof *factor);
    for (long i = 0; i < limbs; i++) {
        factor[i] = UINT64_C(0x9e3779b97f4a7c15) * (uint64_t) (2 * i + 1);
    }
    double begin = processor_seconds();
    for (long turn = 0; turn < turns; turn++) {
        sink += mpn_addmul_1(sum, factor, limbs, UINT64_C(0xbf58476d1ce4e5b9));
    }
    double spent = processor_seconds() - begin;
    free(sum);
    free(factor);
    return spent;
}

static void print_best(const char *name, double operations, double (*run)(long), long turns) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double rate = operations * (double) turns / run(turns) * 1e-9;
        best = rate > best ? rate : best;
    }
    printf("%s %.3f\n", name, best);
}

int main(void) {
    print_best("fma", 128, seconds_of_fma, 2000000);
    print_best("multiply", 4, seconds_of_multiply, 6000000);
    for (long limbs = 16; limbs <= 256; limbs *= 4) {
        double best = 0;
        long turns = 20000000 / limbs;
        for (int round = 0; round < ROUNDS; round++) {
            double rate = (double) limbs * (double) turns / seconds_of_addmul(limbs, turns) * 1e-9;
            best = rate > best ? rate : best;
        }
        printf("addmul_%ld %.3f\n", limbs, best);
    }
    return 0;
}
