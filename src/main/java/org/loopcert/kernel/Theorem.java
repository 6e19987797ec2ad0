package org.loopcert.kernel;

import java.util.List;
import org.loopcert.kernel.Verdict.Reason;

/**
 * A statement about one instance that the kernel has derived. Only {@link #derive} makes one, by running a rule; there
 * is no way to load or copy one from outside.
 */
public final class Theorem {
    private final Named<?> named;
    private final Statement statement;

    private Theorem(Named<?> named, Statement statement) {
        this.named = named;
        this.statement = statement;
    }

    static <W> Theorem derive(Named<W> named, Problem problem, Premises premises, W witness) throws Refusal {
        return new Theorem(named, named.rule().conclude(problem, premises, witness));
    }

    /** The rule that derived it. */
    public String rule() {
        return named.name();
    }

    /** The identifier in results. */
    public String id() {
        return named.id();
    }

    /** What holds. */
    public Statement statement() {
        return statement;
    }

    /**
     * One rule of inference. It first reads its witness from the certificate, then computes its conclusion from the
     * problem, the premises and the witness; it never compares two claimed ones.
     *
     * @param <W> the witness
     */
    interface Rule<W> {
        /** Reads the fields after {@code premises}, none by default; anything outside the grammar is malformed. */
        default W read(Fields fields) throws Refusal {
            return null;
        }

        /** The conclusion, or a refusal with its reason. */
        Statement conclude(Problem problem, Premises premises, W witness) throws Refusal;
    }

    /** A rule, its name in certificates and the identifier of its conclusions. */
    record Named<W>(String name, String id, Rule<W> rule) {
        Named(String name, Rule<W> rule) {
            this(name, name, rule);
        }
    }

    /** The theorems that a line uses, taken in order and by kind. */
    static final class Premises {
        private final List<Theorem> theorems;
        private int next;

        Premises(List<Theorem> theorems) {
            this.theorems = theorems;
        }

        /** The statement of the next premise, which must be of this kind. */
        <S extends Statement> S take(Class<S> kind) throws Refusal {
            if (!nextIs(kind)) {
                String found = next < theorems.size() ? theorems.get(next).id() : "no further premise";
                String expected = "premise " + (next + 1) + " of kind " + kind.getSimpleName();
                throw Refusal.rejected(Reason.PREMISE_KIND, expected, found);
            }
            return kind.cast(theorems.get(next++).statement);
        }

        boolean nextIs(Class<? extends Statement> kind) {
            return next < theorems.size() && kind.isInstance(theorems.get(next).statement);
        }

        void end() throws Refusal {
            Refusal.require(next == theorems.size(), Reason.PREMISE_KIND, next + " premises", theorems.size());
        }
    }
}
