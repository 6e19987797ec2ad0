package org.loopcert.drift;

/** Where drift comes from. */
public enum Origin {
    /** Rounding the instance and the step sizes to the working format. */
    INPUT,
    /** Rounding products. */
    PRODUCT,
    /** Rounding sums, differences, finished sums on their way from the accumulator, and products fused into a sum. */
    ACCUMULATION
}
