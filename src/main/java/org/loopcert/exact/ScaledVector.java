package org.loopcert.exact;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.loopcert.matrix.Vector;

/**
 * A rational vector as integers over one positive common denominator, canonical: the gcd of all
 * numerators and the denominator is one.
 *
 * @param numerators the integer vector
 * @param denominator the common denominator, positive
 */
public record ScaledVector(IntegerVector numerators, BigInteger denominator) {

  /**
   * Accepts canonical parts only; use {@link #of(IntegerVector, BigInteger)} to reduce.
   *
   * @throws IllegalArgumentException if the denominator is not positive or a common factor is left
   */
  public ScaledVector {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("denominator must be positive, got " + denominator);
    }
    if (!denominator.equals(BigInteger.ONE)
        && !commonFactor(numerators, denominator).equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("scaled vector is not in lowest terms");
    }
  }

  /** The canonical form of numerators / denominator, denominator positive. */
  public static ScaledVector of(IntegerVector numerators, BigInteger denominator) {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("denominator must be positive, got " + denominator);
    }
    BigInteger g = commonFactor(numerators, denominator);
    if (g.equals(BigInteger.ONE)) {
      return new ScaledVector(numerators, denominator);
    }
    BigInteger[] reduced = numerators.toArray();
    for (int i = 0; i < reduced.length; i++) {
      reduced[i] = reduced[i].divide(g);
    }
    return new ScaledVector(IntegerVector.of(reduced), denominator.divide(g));
  }

  /** The exact value of a rational vector. */
  public static ScaledVector of(Vector<BigRational> vector) {
    Fraction[] fractions = new Fraction[vector.size()];
    BigInteger common = BigInteger.ONE;
    for (int i = 0; i < vector.size(); i++) {
      fractions[i] = Fraction.of(vector.get(i));
      common = lcm(common, fractions[i].denominator());
    }
    BigInteger[] entries = new BigInteger[vector.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = scale(fractions[i], common);
    }
    return of(IntegerVector.of(entries), common);
  }

  public static ScaledVector zero(int size) {
    return new ScaledVector(IntegerVector.zero(size), BigInteger.ONE);
  }

  public int size() {
    return numerators.size();
  }

  public Fraction get(int i) {
    return Fraction.of(numerators.get(i), denominator);
  }

  /** The same vector with reduced rational entries. */
  public Vector<BigRational> toVector() {
    List<BigRational> entries = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      entries.add(get(i).toBigRational());
    }
    return Vector.of(entries);
  }

  static BigInteger lcm(BigInteger a, BigInteger b) {
    return a.equals(b) ? a : a.divide(a.gcd(b)).multiply(b);
  }

  /** The numerator of a value over a multiple of its denominator. */
  static BigInteger scale(Fraction value, BigInteger common) {
    return value.numerator().multiply(common.divide(value.denominator()));
  }

  /** Starts at the denominator: iterates are often long in it and share no factor. */
  private static BigInteger commonFactor(IntegerVector numerators, BigInteger denominator) {
    BigInteger g = denominator;
    for (int i = 0; i < numerators.size() && !g.equals(BigInteger.ONE); i++) {
      g = g.gcd(numerators.get(i));
    }
    return g;
  }
}
