package org.loopcert.drift;

import java.math.BigInteger;
import org.loopcert.exact.ConstantProduct;
import org.loopcert.exact.IntegerMatrix;
import org.loopcert.exact.IntegerVector;

/** Exact steps of long integers: as {@link AffineStep#apply}, but with a product in digits where that is faster. */
final class ExactSteps {
    /** Vectors of fewer bits in all are multiplied as BigIntegers. */
    private static final long SHORT = 1 << 15;

    private AffineStep last;
    private ConstantProduct product;

    /** The numerators over (denominator * step.denominator()) of the exact step. */
    BigInteger[] apply(AffineStep step, BigInteger[] numerators, BigInteger denominator) {
        IntegerVector point = IntegerVector.of(numerators);
        if ((long) numerators.length * point.bitLength() < SHORT) {
            return step.apply(numerators, denominator);
        }
        if (step != last) {
            last = step;
            product = ConstantProduct.of(IntegerMatrix.of(step.matrix()));
        }
        BigInteger[] image = product.multiply(point).toArray();
        for (int i = 0; i < image.length; i++) {
            image[i] = image[i].add(step.offset()[i].multiply(denominator));
        }
        return image;
    }
}
