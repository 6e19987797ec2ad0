package org.loopcert.kernel;

import java.util.List;

/**
 * What a theorem says about its instance. Notation: G = X'X, b = X'y, theta(t) the iterates of gradient descent, tt the
 * least-squares solution (of least norm where it is not unique), e(t) the distance of theta(t) from the least-squares
 * solution nearest to theta(0). Lists are as they were read, and cannot be changed.
 */
public sealed interface Statement {
    /** A number in [0, 1] by which distances shrink over all loops, kept as a formula. */
    sealed interface Factor {}

    /** base^loops with 0 <= base < 1; also base^t for every t up to loops. */
    record Power(Fraction base, long loops) implements Factor {}

    /** The product of 1 - eta_t mu over the schedule of the instance; also over its first t steps. */
    record Product(Fraction mu) implements Factor {}

    /** An upper bound of the whole product, not of its parts. */
    record Value(Fraction bound) implements Factor {}

    /** Either way of showing step equivalence. */
    sealed interface Equivalence extends Statement {}

    /** From {@code symbolic-attention}: Lemma 4.1 and Theorem 4.2 for this X and y. */
    record StepEquivalence(int coefficients) implements Equivalence {}

    /** From {@code replay}: the same, for the steps of the instance only. */
    record Replayed(long loops) implements Equivalence {}

    /** lambda_max(G) <= bound. */
    record LambdaMaxAtMost(Fraction bound) implements Statement {}

    /** Every eigenvalue of G on the row space is at least bound > 0, and rank X = rank. */
    record SmallestAtLeast(Fraction bound, int rank) implements Statement {}

    /** bound <= lambda_max(G), bound > 0. */
    record LambdaMaxAtLeast(Fraction bound) implements Statement {}

    /** The smallest positive eigenvalue of G is at most bound. */
    record SmallestAtMost(Fraction bound) implements Statement {}

    /** Both ends of the spectrum on the row space enclosed, and with them the condition number. */
    record Spectrum(
            int rank,
            int d,
            Fraction muLower,
            Fraction muUpper,
            Fraction smoothnessLower,
            Fraction smoothnessUpper,
            Fraction kappaLower,
            Fraction kappaUpper)
            implements Statement {}

    /**
     * 0 < eta_t <= 1/lambda_max for every t.
     *
     * @param sumLower a lower bound of the sum of all steps, exact unless the step is the literal one
     * @param sumUpper an upper bound of that sum
     * @param constant the one step, or for the literal step a lower bound of it; null for schedules
     */
    record SmallSteps(Fraction sumLower, Fraction sumUpper, Fraction constant) implements Statement {}

    /** |e(T)| <= factor |e(0)|; smallSteps says that every factor comes from a step of at most 1/lambda_max. */
    record Contraction(Factor factor, boolean smallSteps) implements Statement {}

    /** (1 - 1/k)^T <= exp(-T/k) for every real k in the enclosure of kappa. */
    record Exponential(Fraction kappaLower, Fraction kappaUpper, long loops) implements Statement {}

    /** y = X theta exactly. */
    record Realizable(List<Fraction> theta, Fraction normSquare) implements Statement {}

    /** tt solves G tt = b; the solution of least norm, and the only one when rank X = d. */
    record LeastSquares(List<Fraction> theta, Fraction normSquare, Fraction residual, int rank) implements Statement {}

    /** Theorem 4.4 as printed, against the true kappa. */
    record PaperBound(Fraction alpha, long loops, Fraction kappaLower, Fraction kappaUpper) implements Statement {}

    /** A numeric enclosure of the bound of Theorem 4.4. */
    record PaperBoundValue(Fraction lower, Fraction upper) implements Statement {}

    /** |<TF, theta*> - alpha| <= |alpha| factor. */
    record TightBound(Fraction alpha, Factor factor) implements Statement {}

    /** |<TF, theta*> - alpha| <= |alpha| exp(-T/kappa). */
    record DoubledExponent(Fraction alpha, long loops) implements Statement {}

    /** The final bound for any labels, any start and any norm, squared so that no root is needed. */
    record GeneralLabels(Fraction squaredScale, Factor factor) implements Statement {}

    /** Rank-deficient and realizable: where the error goes instead of zero. */
    record LimitError(List<Fraction> theta, Fraction limit, Fraction squaredScale, Factor factor)
            implements Statement {}

    /** Label noise y = X theta* + eps: the bound with its noise floor. */
    record Noise(Fraction scale, Fraction normSquare, Factor factor, Fraction floorSquare) implements Statement {}

    /** The error as an identity, for any schedule. */
    record ErrorIdentity(List<Fraction> theta) implements Statement {}

    /** lower^T <= error/|alpha| <= upper^T. */
    record TwoSided(Fraction lower, Fraction upper, long loops) implements Statement {}

    /** The step or schedule does not contract: some direction is not shrunk. */
    record NonContraction(Fraction gain, boolean everyLoop) implements Statement {}

    /** The size of <TF, tt> - alpha |tt|^2 after t loops. */
    record ErrorValue(long t, Fraction lower, Fraction upper, boolean replayed) implements Statement {}

    /** Given rounded iterates lie within these distances (largest entry) of the exact ones. */
    record RoundedIterates(List<Long> at, List<Fraction> distances) implements Statement {}

    /**
     * |r(k) - tt| <= factor |r(0) - tt| + accumulated for given iterates r(0), .., r(k) that follow the steps up to a
     * residual each.
     *
     * @param startSquare |r(0) - tt|^2
     */
    record RoundedTrajectory(long k, Factor factor, Fraction accumulated, Fraction startSquare) implements Statement {}

    /** A hypothesis of a theorem that this instance does not meet. */
    record Unmet(String theorem, String hypothesis, String because) implements Statement {}
}
