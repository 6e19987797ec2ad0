package org.loopcert.kernel.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.loopcert.kernel.proof.ProofTable.Names.SQUARE;
import static org.loopcert.kernel.proof.ProofTable.Names.T;
import static org.loopcert.kernel.proof.ProofTable.PROVED;
import static org.loopcert.kernel.proof.ProofTable.eq;
import static org.loopcert.kernel.proof.ProofTable.num;
import static org.loopcert.kernel.proof.ProofTable.t;
import static org.loopcert.kernel.proof.ProofTable.times;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Relation;
import org.loopcert.kernel.proof.OrderRules.Product;
import org.loopcert.kernel.proof.OrderRules.Sign;
import org.loopcert.kernel.proof.Term.Kind;

/** Arguments chosen to make the rules derive what is false. */
class HostileDerivationsTest {
    private static final String NOT_EQUAL = NotProved.Reason.NOT_EQUAL.code();

    /** 2^t 2^{-t-1} 8 is 4. */
    private static Term four() throws IllTyped {
        LinearForm down = LinearForm.ZERO.subtract(T).plus(-1);
        return times(Term.power(num(2), T), Term.power(num(2), down), num(8));
    }

    @TestFactory
    Stream<DynamicTest> roots() {
        return new ProofTable()
                        .asked(
                                "sqrt(2^t 2^{-t-1} 8) = 2",
                                PROVED,
                                d -> d.integer("t", 0),
                                d -> eq(Term.function(Kind.SQRT, four()), num(2)))
                        .asked(
                                "sqrt(2^t 2^{-t-1} 8) = 2 sqrt(2)",
                                NOT_EQUAL,
                                d -> d.integer("t", 0),
                                d -> eq(
                                        Term.function(Kind.SQRT, four()),
                                        times(num(2), Term.function(Kind.SQRT, num(2)))))
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> symmetry() {
        return new ProofTable()
                        .asked(
                                "H = H' gives H' = H",
                                PROVED,
                                d -> d.dimension("n").symbols(SQUARE, "H").suppose(eq(d.of("H"), t(d.of("H")))),
                                d -> eq(t(d.of("H")), d.of("H")))
                        .asked(
                                "H = x H' gives H' = H, but not for x = -1",
                                NOT_EQUAL,
                                d -> d.dimension("n")
                                        .scalars("x")
                                        .symbols(SQUARE, "H")
                                        .suppose(eq(d.of("H"), times(d.of("x"), t(d.of("H"))))),
                                d -> eq(t(d.of("H")), d.of("H")))
                        .stream();
    }

    /** Shows its element to whoever copies it, and to nobody who looks through it. */
    private static final class Hiding extends AbstractList<Theorem> {
        private final Theorem hidden;

        private Hiding(Theorem hidden) {
            this.hidden = hidden;
        }

        @Override
        public Theorem get(int index) {
            return hidden;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public Iterator<Theorem> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public Object[] toArray() {
            return new Object[] {hidden};
        }

        @Override
        public void forEach(Consumer<? super Theorem> action) {}
    }

    @Test
    void premisesThatChangeWhileTheyAreReadKeepTheirAssumptions() throws NotProved, IllTyped {
        Context context = new Context.Builder().context();
        Formula wrong = eq(num(0), num(1));
        Theorem assumed = Theorem.assume(context, wrong);
        Theorem theorem = Theorem.derive(context, new OrderRules.Chain(), new Hiding(assumed));
        assertThat(theorem.formula()).isEqualTo(wrong);
        assertThat(theorem.assumptions()).containsExactly(wrong);
    }

    @Test
    void premisesOfAnotherContextAreFoundInAListThatHidesThem() throws IllTyped {
        Context other = new Context.Builder().hypothesis(eq(num(0), num(1))).context();
        Context context = new Context.Builder().context();
        Hiding premises = new Hiding(Theorem.hypothesis(other, 0));
        assertThatThrownBy(() -> Theorem.derive(context, new OrderRules.Chain(), premises))
                .isInstanceOf(NotProved.class);
    }

    /** Zero that says of every number that it is equal to it. */
    @SuppressWarnings("serial")
    private static final class Flatterer extends BigInteger {
        private Flatterer() {
            super("0");
        }

        @Override
        public boolean equals(Object other) {
            return true;
        }

        @Override
        public int hashCode() {
            return BigInteger.valueOf(5).hashCode();
        }
    }

    @Test
    void numbersThatLieAboutEqualityAreRefused() {
        assertThatThrownBy(() -> new Fraction(new Flatterer(), BigInteger.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinearForm.of(new Flatterer())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Formula.Variable("k", null, new Flatterer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPremiseOfNegativeNumberIsMissing() {
        Context context = new Context.Builder().context();
        Sign rule = new Sign(Relation.AT_MOST, num(0), num(1), List.of(new Product(Fraction.ONE, List.of(-1))));
        assertThatThrownBy(() -> Theorem.derive(context, rule, List.of())).isInstanceOf(NotProved.class);
    }

    /** Says that it is in order, and is not. */
    private static final class Unsorted extends AbstractMap<String, BigInteger>
            implements SortedMap<String, BigInteger> {
        private final List<Map.Entry<String, BigInteger>> entries;

        private Unsorted(String... names) {
            entries = Stream.of(names)
                    .map(each -> Map.entry(each, BigInteger.ONE))
                    .toList();
        }

        @Override
        public Set<Map.Entry<String, BigInteger>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, BigInteger>> iterator() {
                    return entries.iterator();
                }

                @Override
                public int size() {
                    return entries.size();
                }
            };
        }

        @Override
        public Comparator<? super String> comparator() {
            return null;
        }

        @Override
        public SortedMap<String, BigInteger> subMap(String from, String to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SortedMap<String, BigInteger> headMap(String to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SortedMap<String, BigInteger> tailMap(String from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String firstKey() {
            return entries.get(0).getKey();
        }

        @Override
        public String lastKey() {
            return entries.get(entries.size() - 1).getKey();
        }
    }

    @Test
    void formsWhoseVariablesComeOutOfOrderKeepEachOfThem() {
        LinearForm form = new LinearForm(new Unsorted("c", "b", "a"), BigInteger.ZERO);
        assertThat(List.of(form.coefficient("a"), form.coefficient("b"), form.coefficient("c")))
                .containsOnly(BigInteger.ONE);
    }
}
