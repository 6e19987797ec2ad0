package org.loopcert.corpus.canary;

import java.util.Map;

/**
 * The canaries that no file can tell from the sound kernel, each with the proof. {@link CanaryTest} fails when one of
 * them is caught, or no longer exists.
 */
final class Reviewed {
    private static final String TWO_COMPUTATIONS =
            "Compares attention and gradient descent, both computed by the kernel from the same instance, so that it"
                    + " fails only where that code is wrong; wrong attention programs show that it then does.";
    private static final String BYTES_COMPARED =
            "The reader takes this byte for the one that belongs there. Json.print writes the right one in its place,"
                    + " and Json.read, which compares the two byte for byte, finds the file malformed.";
    private static final String NEGATIVE_DIAGONAL =
            "Only positive entries become pivots. Elimination by a pivot p takes a negative diagonal entry c to"
                    + " (c p - x^2) / previous < 0, so that its row is never done. Some round then finds no pivot, and"
                    + " requireZero meets that entry and refuses for the same reason.";

    /**
     * Why no file can tell.
     *
     * @param code what the line of the source must hold, so that a proof never covers other code of the same number
     */
    record Proof(String code, String reason) {}

    /** Proofs by key. */
    static final Map<String, Proof> UNREACHABLE = Map.ofEntries(
            Map.entry(
                    "EquivalenceRules$SymbolicAttention.conclude not-gradient 1",
                    new Proof("require(equal, Reason.NOT_GRADIENT, \"the gradient step in column", TWO_COMPUTATIONS)),
            Map.entry(
                    "EquivalenceRules$ReplaySteps.conclude requireEqual() 1",
                    new Proof("requireEqual(q, descent, left, right);", TWO_COMPUTATIONS)),
            Map.entry(
                    "EquivalenceRules$ReplaySteps.conclude requireEqual() 2",
                    new Proof("requireEqual(q, descent, left, right);", TWO_COMPUTATIONS)),
            Map.entry(
                    "EquivalenceRules$ReplaySteps.requireEqual not-gradient 1",
                    new Proof("require(equal, Reason.NOT_GRADIENT, \"q(t) = -alpha theta(t)", TWO_COMPUTATIONS)),
            Map.entry(
                    "Json$Reader.read throw malformed 1",
                    new Proof(
                            "throw Refusal.malformed(at, \"end of file\", found());",
                            "What follows the root is not printed, so that the file is longer than the text it is compared"
                                    + " with, and Json.read refuses it.")),
            Map.entry(
                    "Json$Reader.finish throw malformed 1",
                    new Proof("throw Refusal.malformed(at, \"',' or '\" + close", BYTES_COMPARED)),
            Map.entry(
                    "Json$Reader.name throw malformed 1",
                    new Proof("throw Refusal.malformed(at, \"a field name\", found());", BYTES_COMPARED)),
            Map.entry(
                    "Json$Reader.name throw malformed 4",
                    new Proof("throw Refusal.malformed(at, \"':'\", found());", BYTES_COMPARED)),
            Map.entry(
                    "SpectrumRules$Semidefinite.eliminate not-semidefinite 1",
                    new Proof("require(a[i][i].signum() >= 0,", NEGATIVE_DIAGONAL)),
            Map.entry(
                    "SpectrumRules$Semidefinite.eliminate decision never 1",
                    new Proof("require(a[i][i].signum() >= 0,", NEGATIVE_DIAGONAL)),
            Map.entry(
                    "Json$Open.<init> decision always 2",
                    new Proof(
                            "boolean plain = names == null || children.isEmpty();",
                            "An empty array satisfies the other disjunct as well, and an empty object is never read.")),
            Map.entry(
                    "Fraction.equals decision never 1",
                    new Proof(
                            "return other instanceof Fraction that && compareTo(that) == 0;",
                            "The kernel compares fractions with nothing but fractions.")));

    private Reviewed() {}
}
