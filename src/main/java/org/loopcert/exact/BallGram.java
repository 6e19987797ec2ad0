package org.loopcert.exact;

import java.util.Optional;
import java.util.function.Function;

/** Enclosures of G and b, and what steps are made of them. */
final class BallGram {
    private final DigitFormat format;
    private final BallMatrix gram;
    private final Optional<BallVector> moment;
    private final Function<Fraction, Optional<Fraction>> contraction;
    private final Fraction largest;

    private BallGram(DigitFormat format, Gram gram, Function<Fraction, Optional<Fraction>> contraction) {
        this.format = format;
        this.gram = BallMatrix.of(format, gram.matrix(), Double.POSITIVE_INFINITY);
        this.moment = gram.bi().isZero() ? Optional.empty() : Optional.of(BallVector.of(format, gram.moment()));
        this.contraction = contraction;
        this.largest = this.gram.normBound();
    }

    static BallGram of(Gram gram, Function<Fraction, Optional<Fraction>> contraction, int bits) {
        return new BallGram(DigitFormat.of(gram.features(), bits), gram, contraction);
    }

    DigitFormat format() {
        return format;
    }

    /** The enclosure of I - eta G. */
    BallMatrix step(Fraction eta) {
        // the eigenvalues of G are between 0 and the bound of its norm
        Fraction end = Fraction.ONE.subtract(eta.multiply(largest));
        double known = Math.max(1, Upward.of(end.signum() < 0 ? end.negate() : end));
        Optional<Fraction> certified = contraction.apply(eta);
        return gram.identityMinus(
                scalar(eta), certified.isEmpty() ? known : Math.min(known, Upward.of(certified.get())));
    }

    /** The enclosure of eta b, if b is not 0: so that nothing keeps iterates from becoming as small as they do. */
    Optional<BallVector> offset(Fraction eta) {
        return moment.map(b -> b.scale(scalar(eta)));
    }

    private BallVector scalar(Fraction value) {
        return BallVector.of(format, ScaledVector.of(IntegerVector.of(value.numerator()), value.denominator()));
    }
}
