package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import org.loopcert.kernel.Limits;

/** The least common denominator of entries, which the kernel lets reach a sixteenth of its longest integer. */
final class Denominator {
    private final long most;
    private BigInteger odd = BigInteger.ONE;
    private int twos;

    Denominator(Limits limits) {
        this.most = limits.bits();
    }

    /** Takes in the positive denominator of one more entry; false if that is too much. */
    boolean takes(BigInteger denominator) {
        int shift = denominator.getLowestSetBit();
        twos = Math.max(twos, shift);
        BigInteger rest = denominator.shiftRight(shift);
        if (odd.mod(rest).signum() != 0) {
            odd = odd.divide(odd.gcd(rest)).multiply(rest);
        }
        return bits() <= most;
    }

    private long bits() {
        return 16L * (odd.bitLength() + (long) twos);
    }

    /**
     * As {@link #takes}.
     *
     * @throws UndecidedException if it is too much
     */
    void require(BigRational entry) throws UndecidedException {
        if (!takes(entry.getDenominatorBigInteger())) {
            throw new UndecidedException("limit max-bits " + most + ", needed " + bits()
                    + " bits, sixteen times the common denominator of X and y");
        }
    }
}
