package org.loopcert.drift;

import java.math.BigInteger;

/**
 * A true iterate theta(loop), exactly or up to a radius for each entry.
 *
 * @param loop t
 * @param numerators the numerators of the point, or of its centre
 * @param denominator their positive denominator
 * @param radius upper bounds of the distance of each entry from the centre; zeros if exact
 */
record ReferencePoint(int loop, BigInteger[] numerators, BigInteger denominator, Dyad[] radius) {}
