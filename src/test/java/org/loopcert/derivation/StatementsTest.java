package org.loopcert.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.Formula;
import org.loopcert.kernel.proof.IllTyped;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.kernel.proof.Term;

/** Declarations, hypotheses, statements and proofs as they come out. */
class StatementsTest {
    private static Derivation read(String text) throws DerivationSyntaxException {
        return DerivationReader.read("name", text);
    }

    private static String formula(Statement statement) {
        return Notation.of(statement.formula().value().orElseThrow());
    }

    @Test
    void headersAreOptional() throws DerivationSyntaxException {
        Derivation with = read("derivation a/b-4.1 \"A title\" # and a comment");
        assertThat(with.id()).isEqualTo("a/b-4.1");
        assertThat(with.title()).isEqualTo("A title");
        assertThat(read("").id()).isEqualTo("name");
    }

    @Test
    void declarations() throws DerivationSyntaxException {
        Derivation read = read("""
                dimensions n, d
                integer T >= 2, k, j > -3
                matrices X in R^{n x d}, A, B in R^{2d × (d+1)}
                vector y in R^n, θ* in ℝ^{d}
                scalar α
                scalar β in R
                sequence Z in R^{n x d}, η
                function f : R^d -> R, g : R^d x N, R -> R^n
                define F(t >= 0, u, v in R^d) := f(u + v) + t
                """);
        LinearForm n = LinearForm.variable("n");
        LinearForm d = LinearForm.variable("d");
        Map<String, Declaration> declarations = read.context().declarations();
        assertThat(declarations.keySet())
                .containsExactly("n", "d", "T", "k", "j", "X", "A", "B", "y", "θ*", "α", "β", "Z", "η", "f", "g", "F");
        assertThat(declarations.get("n").toString()).isEqualTo("IntegerVariable[lower=1, dimension=true]");
        assertThat(declarations.get("T").toString()).isEqualTo("IntegerVariable[lower=2, dimension=false]");
        assertThat(declarations.get("k").toString()).isEqualTo("IntegerVariable[lower=0, dimension=false]");
        assertThat(declarations.get("j").toString()).isEqualTo("IntegerVariable[lower=-2, dimension=false]");
        assertThat(declarations.get("B")).isEqualTo(new Declaration.Symbol(new Shape(d.add(d), d.plus(1))));
        assertThat(declarations.get("θ*")).isEqualTo(new Declaration.Symbol(new Shape(d, LinearForm.ONE)));
        assertThat(declarations.get("Z").toString()).isEqualTo("Function[parameters=[null], result=n x d]");
        assertThat(declarations.get("g").toString())
                .isEqualTo("Function[parameters=[d x 1, null, scalar], result=n x 1]");
        assertThat(((Declaration.Definition) declarations.get("F")).body())
                .extracting(Notation::of)
                .isEqualTo("f(u + v) + t");
        assertThat(read.diagnostics()).isEmpty();
        assertThat(n).isNotEqualTo(d);
    }

    @Test
    void hypothesesHaveNames() throws DerivationSyntaxException {
        Derivation read = read("""
                scalar a, b, c
                assume a != 0
                assume bounds: 0 < a <= b < c   # three of them
                assume c
                  = 2 a
                """);
        assertThat(read.hypotheses())
                .extracting(each ->
                        each.name() + " " + each.place() + " " + Notation.of(each.formula()) + " | " + each.text())
                .containsExactly(
                        "H1 2:8 a != 0 | a != 0",
                        "bounds 3:16 0 < a | 0 < a <= b < c",
                        "bounds 3:16 a <= b | 0 < a <= b < c",
                        "bounds 3:16 b < c | 0 < a <= b < c",
                        "H5 4:8 c = 2 a | c = 2 a");
        assertThat(read.context().hypotheses())
                .isEqualTo(read.hypotheses().stream().map(Hypothesis::formula).toList());
    }

    @Test
    void anInductionHasAFreeVariable() throws DerivationSyntaxException {
        Derivation read = read("""
                sequence x, y
                assume step: for all t >= 0: x(t+1) = 2 x(t)
                assume same: for all t >= 0: y(t) = x(t)
                claim result: for all t >= 0: x(t) = 2^t x(0) by algebra
                proof by induction on t
                  base
                    x(0) = 2^0 x(0)
                  step
                    x(t+1)
                  = 2 x(t)      by step with t := t
                  = 2 2^t x(0)
                    by IH, algebra
                  = 2^{t+1} x(0)
                qed
                """);
        Statement claim = read.statements().get(0);
        assertThat(claim.kind()).isEqualTo(Statement.Kind.CLAIM);
        assertThat(claim.name()).isEqualTo("result");
        assertThat(claim.place()).isEqualTo(new Place(4, 1));
        assertThat(claim.text()).isEqualTo("for all t >= 0: x(t) = 2^t x(0)");
        assertThat(claim.by().names()).containsExactly(new NameAt("algebra", new Place(4, 50)));
        Formula.ForAll all = (Formula.ForAll) claim.formula().value().orElseThrow();
        String bound = all.variables().get(0).name();
        assertThat(claim.fixed()).isEqualTo(Map.of(bound, "t"));
        assertThat(bound).isNotEqualTo("t");
        assertThat(read.context().declaration("t")).hasValueSatisfying(each -> assertThat(each.toString())
                .isEqualTo("IntegerVariable[lower=0, dimension=false]"));
        Proof.Induction proof = (Proof.Induction) claim.proof().orElseThrow();
        assertThat(proof.variable()).isEqualTo("t");
        assertThat(proof.place()).isEqualTo(new Place(5, 1));
        Item.Chain step = (Item.Chain) proof.step().items().get(0);
        assertThat(step.first().value().map(Notation::of)).hasValue("x(t+1)");
        assertThat(step.place()).isEqualTo(new Place(9, 5));
        assertThat(step.steps())
                .extracting(each -> each.place() + " " + each.text())
                .containsExactly("10:3 = 2 x(t)", "11:3 = 2 2^t x(0)", "13:3 = 2^{t+1} x(0)");
        assertThat(step.steps().get(0).by().with())
                .containsExactly(Map.entry(
                        ((Formula.ForAll) read.hypotheses().get(0).formula())
                                .variables()
                                .get(0)
                                .name(),
                        Term.integer(LinearForm.variable("t"))));
        assertThat(step.steps().get(1).by().names()).extracting(NameAt::name).containsExactly("IH", "algebra");
    }

    @Test
    void variablesOfOneNameAndTypeShareTheirFreeName() throws DerivationSyntaxException {
        Derivation read = read("""
                dimension d
                scalar a
                vector w in R^d
                lemma one: for all u in R^d, t >= 0: t u = t u
                lemma two: for all u in R^d, t >= 1: t u = t u
                lemma three: for all w in R^{d+1}, a in R: a w = a w
                proof
                  a w = a w
                qed
                """);
        assertThat(read.statements()).extracting(StatementsTest::formula).allMatch(each -> each.startsWith("for all"));
        List<Map<String, String>> fixed =
                read.statements().stream().map(Statement::fixed).toList();
        assertThat(fixed.get(0).values()).containsExactly("u", "t");
        assertThat(fixed.get(1).values()).startsWith("u").doesNotContain("t");
        assertThat(fixed.get(2).values()).doesNotContain("w", "a");
        Item.Chain chain =
                (Item.Chain) ((Proof.Items) read.statements().get(2).proof().orElseThrow())
                        .items()
                        .get(0);
        assertThat(chain.first().value().orElseThrow().freeNames())
                .containsAll(fixed.get(2).values())
                .doesNotContain("w", "a");
        read.statements().forEach(each -> assertThat(checks(read, each)).isTrue());
    }

    private static boolean checks(Derivation read, Statement statement) {
        try {
            read.context().check(statement.formula().value().orElseThrow());
            return true;
        } catch (IllTyped wrong) {
            return false;
        }
    }

    @Test
    void proofsHaveItems() throws DerivationSyntaxException {
        Derivation read = read("""
                dimension d
                vector u, v in R^d
                scalar a
                claim u'v <= |u| |v|
                proof
                  have symmetric_product: u'v = v'u by algebra
                  have for all s in R^d: s's >= 0
                  proof
                    0
                    <= s's   by square
                  qed
                  u'v
                  >= 0       by Cauchy-Schwarz, definition with a := 2,
                                b := u + v
                  > -1
                  a
                  != 1
                qed
                claim a = a by algebra
                """);
        Statement claim = read.statements().get(0);
        assertThat(claim.name()).isEqualTo("claim1");
        assertThat(read.statements().get(1).name()).isEqualTo("claim2");
        assertThat(read.statements().get(1).proof()).isEmpty();
        List<Item> items = ((Proof.Items) claim.proof().orElseThrow()).items();
        assertThat(items).hasSize(4);
        Item.Have named = (Item.Have) items.get(0);
        assertThat(named.name()).isEqualTo("symmetric_product");
        assertThat(named.formula().value().map(Notation::of)).hasValue("u' v = v' u");
        assertThat(named.place()).isEqualTo(new Place(6, 3));
        assertThat(named.by().names()).extracting(NameAt::name).containsExactly("algebra");
        assertThat(named.proof()).isEqualTo(Optional.empty());
        Item.Have general = (Item.Have) items.get(1);
        assertThat(general.name()).isEmpty();
        assertThat(general.fixed().values()).containsExactly("s");
        assertThat(general.proof()).isPresent();
        Item.Chain chain = (Item.Chain) items.get(2);
        assertThat(chain.steps())
                .extracting(each -> each.relation() + " " + each.reversed())
                .containsExactly("AT_MOST true", "BELOW true");
        assertThat(chain.steps().get(0).by().names())
                .extracting(NameAt::name)
                .containsExactly("Cauchy-Schwarz", "definition");
        assertThat(shown(chain.steps().get(0).by().with())).hasToString("{a=2, b=u + v}");
        assertThat(((Item.Chain) items.get(3)).steps().get(0).relation()).isEqualTo(Formula.Relation.DIFFERENT);
    }

    @Test
    void namesMayEndInAStarWhereDeclared() throws DerivationSyntaxException {
        Derivation read = read("""
                scalar theta, theta*, a~
                claim theta*theta* = theta* theta*
                claim theta * theta = theta*a~
                claim theta^* = a~
                """);
        assertThat(read.statements())
                .extracting(StatementsTest::formula)
                .containsExactly("theta* theta* = theta* theta*", "theta theta = theta* a~", "theta* = a~");
    }

    @Test
    void aLineInTheFirstColumnBeginsAStatement() throws DerivationSyntaxException {
        Derivation read = read("""
                scalar a, b
                claim a
                  b
                  = b a
                claim a = b
                """);
        assertThat(read.statements()).hasSize(2);
        assertThat(read.statements().get(0).text()).isEqualTo("a b = b a");
    }

    private static Map<String, String> shown(Map<String, Term> values) {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name, Notation.of(value)));
        return shown;
    }
}
