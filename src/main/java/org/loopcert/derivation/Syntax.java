package org.loopcert.derivation;

import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Relation;

/** The syntax tree; every node knows where it starts. */
final class Syntax {
    private Syntax() {}

    /** A term as written. */
    sealed interface Expr {
        Place place();
    }

    record Num(Place place, Fraction value) implements Expr {}

    record Name(Place place, String name) implements Expr {}

    /** 0_{n x d}, 1_n, I_d, e_{i,n}: what is {@code 0}, {@code 1}, {@code I} or {@code e}. */
    record Sized(Place place, String what, List<Expr> sizes) implements Expr {}

    record Call(Place place, String name, List<Expr> arguments) implements Expr {}

    record Paren(Place place, Expr inner) implements Expr {}

    record Sum(Place place, List<Expr> summands) implements Expr {}

    /** The factors, after -1 if {@code minus}. */
    record Product(Place place, boolean minus, List<Expr> factors) implements Expr {}

    record Quotient(Place place, Expr dividend, Expr divisor) implements Expr {}

    record Entrywise(Place place, Expr left, Expr right) implements Expr {}

    record Transpose(Place place, Expr base) implements Expr {}

    record Power(Place place, Expr base, Expr exponent) implements Expr {}

    record Blocks(Place place, List<List<Expr>> rows) implements Expr {}

    record Slice(Place place, Expr base, List<Range> ranges) implements Expr {}

    /** Both ends null: all; both ends the same object: one. */
    record Range(Place place, Expr from, Expr to) {}

    record IndexSum(Place place, String index, Expr from, Expr to, Expr body) implements Expr {}

    /** |x| or ||x||_suffix. */
    record Bars(Place place, boolean twice, String suffix, Expr inner) implements Expr {}

    record Inner(Place place, Expr left, Expr right) implements Expr {}

    /** A sign between terms. */
    record Sign(Place place, Relation relation, boolean reversed) {}

    /** A statement about terms. */
    sealed interface Claim {
        Place place();
    }

    record Comparison(Place place, List<Expr> terms, List<Sign> signs) implements Claim {}

    record Property(Place place, Expr term, String property) implements Claim {}

    record ForAll(Place place, List<Bound> variables, List<Claim> conditions, Claim body) implements Claim {}

    /** A bound name: a matrix of a space, or an integer of at least {@code lower}. */
    record Bound(Place place, String name, Space space, long lower) {
        boolean isInteger() {
            return space == null || space.integers();
        }
    }

    /** R^{rows x columns}; null stands for 1. */
    record Space(Place place, boolean integers, Expr rows, Expr columns) {}

    /** A statement of the file. */
    sealed interface Line {
        Place place();
    }

    record Declare(Place place, String kind, String name, long lower, List<Space> parameters, Space space)
            implements Line {}

    record Define(Place place, String name, List<Bound> parameters, Expr body, Optional<Space> space) implements Line {}

    record Assume(Place place, String label, Claim claim, String text) implements Line {}

    record Assert(
            Place place, Statement.Kind kind, String label, Claim claim, String text, By by, Optional<ProofText> proof)
            implements Line {}

    /** What stands after {@code by}. */
    record By(List<NameAt> names, List<With> with) {
        static final By NOTHING = new By(List.of(), List.of());
    }

    record With(Place place, String name, Expr value) {}

    /** A proof as written. */
    sealed interface ProofText {}

    record ItemsText(List<ItemText> items) implements ProofText {}

    record InductionText(Place place, String variable, Place variablePlace, ItemsText base, ItemsText step)
            implements ProofText {}

    /** Part of a proof. */
    sealed interface ItemText {}

    record ChainText(Place place, String text, Expr first, List<StepText> steps) implements ItemText {}

    record StepText(Sign sign, Expr term, By by, String text) {}

    record HaveText(Place place, String label, Claim claim, String text, By by, Optional<ProofText> proof)
            implements ItemText {}

    /** The whole file. */
    record File(String id, String title, List<Line> lines) {}
}
