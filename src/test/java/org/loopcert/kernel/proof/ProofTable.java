package org.loopcert.kernel.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.loopcert.kernel.proof.Formula.Relation;

/** Rows of what is asked of the kernel and what it must answer. */
final class ProofTable {
    static final String PROVED = "proved";
    static final String ILL_TYPED = "ill-typed";

    /** Asks for a theorem. */
    interface Question {
        Object ask() throws NotProved, IllTyped;
    }

    /** Declares what a question is about. */
    interface Declarations {
        void in(Names names) throws IllTyped;
    }

    /** Builds a formula in declared names. */
    interface Statement {
        Formula in(Names names) throws IllTyped;
    }

    private final List<DynamicTest> rows = new ArrayList<>();

    /** A question with the reason code of its refusal, or {@link #PROVED}, or {@link #ILL_TYPED}. */
    ProofTable row(String name, String answer, Question question) {
        rows.add(DynamicTest.dynamicTest(
                name, () -> assertThat(answer(question)).as(name).isEqualTo(answer)));
        return this;
    }

    /** An equation or an order asked under all hypotheses. */
    ProofTable asked(String name, String answer, Declarations declarations, Statement statement) {
        return row(name, answer, () -> {
            Names names = new Names();
            declarations.in(names);
            return names.prove((Formula.Comparison) statement.in(names));
        });
    }

    Stream<DynamicTest> stream() {
        return rows.stream();
    }

    private static String answer(Question question) {
        try {
            question.ask();
            return PROVED;
        } catch (NotProved refused) {
            return refused.reason().code();
        } catch (IllTyped illTyped) {
            return ILL_TYPED;
        }
    }

    /** A context that grows, with short names for what is made in it. */
    static final class Names {
        static final LinearForm N = LinearForm.variable("n");
        static final LinearForm T = LinearForm.variable("t");
        static final LinearForm ONE = LinearForm.ONE;
        static final Shape COLUMN = new Shape(N, ONE);
        static final Shape SQUARE = new Shape(N, N);

        final Context.Builder builder = new Context.Builder();
        private Context built;

        Context context() {
            if (built == null) {
                built = builder.context();
            }
            return built;
        }

        Names dimension(String... names) throws IllTyped {
            for (String each : names) {
                builder.dimension(each);
            }
            return this;
        }

        Names integer(String name, long lower) throws IllTyped {
            builder.integer(name, lower);
            return this;
        }

        Names scalars(String... names) throws IllTyped {
            return symbols(Shape.SCALAR, names);
        }

        Names symbols(Shape shape, String... names) throws IllTyped {
            for (String each : names) {
                builder.symbol(each, shape);
            }
            return this;
        }

        Names suppose(Formula formula) throws IllTyped {
            builder.hypothesis(formula);
            return this;
        }

        /** A symbol or integer declared so far. */
        Term of(String name) throws IllTyped {
            return builder.context().symbol(name);
        }

        Theorem hypothesis(int number) {
            return Theorem.hypothesis(context(), number);
        }

        Theorem assume(Formula formula) throws IllTyped {
            return Theorem.assume(context(), formula);
        }

        Theorem derive(Theorem.Rule rule, Theorem... premises) throws NotProved, IllTyped {
            return Theorem.derive(context(), rule, List.of(premises));
        }

        /** By algebra or sign, under all hypotheses. */
        Theorem prove(Formula.Comparison asked) throws NotProved, IllTyped {
            List<Theorem> facts = new ArrayList<>();
            for (int i = 0; i < context().hypotheses().size(); i++) {
                facts.add(hypothesis(i));
            }
            Theorem.Rule rule = asked.relation() == Relation.EQUAL
                    ? new EqualityRules.Algebra(asked.left(), asked.right())
                    : new OrderRules.Sign(asked.relation(), asked.left(), asked.right());
            return Theorem.derive(context(), rule, facts);
        }
    }

    static LinearForm var(String name) {
        return LinearForm.variable(name);
    }

    static LinearForm form(long value) {
        return LinearForm.of(value);
    }

    static Term num(long value) {
        return Term.number(value);
    }

    static Term times(Term... factors) throws IllTyped {
        return Term.product(List.of(factors));
    }

    static Term plus(Term... summands) throws IllTyped {
        return Term.sum(List.of(summands));
    }

    static Term minus(Term left, Term right) throws IllTyped {
        return Term.subtract(left, right);
    }

    static Term t(Term term) throws IllTyped {
        return Term.transpose(term);
    }

    static Formula.Comparison eq(Term left, Term right) throws IllTyped {
        return Formula.equal(left, right);
    }

    static Formula.Comparison atMost(Term left, Term right) throws IllTyped {
        return Formula.compare(Relation.AT_MOST, left, right);
    }

    static Formula.Comparison below(Term left, Term right) throws IllTyped {
        return Formula.compare(Relation.BELOW, left, right);
    }

    static Formula.Comparison unequal(Term left, Term right) throws IllTyped {
        return Formula.compare(Relation.DIFFERENT, left, right);
    }

    static Term entry(Term term, LinearForm row, LinearForm column) throws IllTyped {
        return Term.slice(term, row, row, column, column);
    }
}
