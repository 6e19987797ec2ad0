package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.ProofTable.Names.COLUMN;
import static org.loopcert.kernel.proof.ProofTable.Names.N;
import static org.loopcert.kernel.proof.ProofTable.Names.ONE;
import static org.loopcert.kernel.proof.ProofTable.Names.SQUARE;
import static org.loopcert.kernel.proof.ProofTable.Names.T;
import static org.loopcert.kernel.proof.ProofTable.PROVED;
import static org.loopcert.kernel.proof.ProofTable.atMost;
import static org.loopcert.kernel.proof.ProofTable.below;
import static org.loopcert.kernel.proof.ProofTable.entry;
import static org.loopcert.kernel.proof.ProofTable.eq;
import static org.loopcert.kernel.proof.ProofTable.form;
import static org.loopcert.kernel.proof.ProofTable.minus;
import static org.loopcert.kernel.proof.ProofTable.num;
import static org.loopcert.kernel.proof.ProofTable.plus;
import static org.loopcert.kernel.proof.ProofTable.t;
import static org.loopcert.kernel.proof.ProofTable.times;
import static org.loopcert.kernel.proof.ProofTable.unequal;
import static org.loopcert.kernel.proof.ProofTable.var;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.proof.Term.Kind;

/** False equations and orders, each beside the true one that it could be mistaken for. */
class ProofRefusalsTest {
    private static final String NOT_EQUAL = NotProved.Reason.NOT_EQUAL.code();
    private static final String UNDEFINED = NotProved.Reason.UNDEFINED.code();
    private static final String RANGE = NotProved.Reason.RANGE.code();
    private static final String BLOCKS = NotProved.Reason.BLOCKS.code();
    private static final String LIMIT = NotProved.Reason.LIMIT.code();
    private static final String SIGN = NotProved.Reason.SIGN.code();

    @TestFactory
    Stream<DynamicTest> divisions() {
        return new ProofTable()
                        .asked(
                                "x / x = 1 with x != 0",
                                PROVED,
                                d -> d.scalars("x").suppose(unequal(d.of("x"), num(0))),
                                d -> eq(Term.quotient(d.of("x"), d.of("x")), num(1)))
                        .asked(
                                "x / x = 1 for any x",
                                UNDEFINED,
                                d -> d.scalars("x"),
                                d -> eq(Term.quotient(d.of("x"), d.of("x")), num(1)))
                        .asked(
                                "0 / x = 0 for any x",
                                UNDEFINED,
                                d -> d.scalars("x"),
                                d -> eq(Term.quotient(num(0), d.of("x")), num(0)))
                        .asked("1 / x - 1 / x = 0 for any x", UNDEFINED, d -> d.scalars("x"), d -> {
                            Term inverse = Term.quotient(num(1), d.of("x"));
                            return eq(minus(inverse, inverse), num(0));
                        })
                        .asked(
                                "0 x^-1 = 0 for any x",
                                UNDEFINED,
                                d -> d.scalars("x"),
                                d -> eq(times(num(0), Term.power(d.of("x"), form(-1))), num(0)))
                        .asked(
                                "n / n = 1 for a dimension",
                                PROVED,
                                d -> d.dimension("n"),
                                d -> eq(Term.quotient(d.of("n"), d.of("n")), num(1)))
                        .asked(
                                "t / t = 1 for t >= 0",
                                UNDEFINED,
                                d -> d.integer("t", 0),
                                d -> eq(Term.quotient(d.of("t"), d.of("t")), num(1)))
                        .asked(
                                "x y = x z gives y = z",
                                NOT_EQUAL,
                                d -> d.scalars("x", "y", "z")
                                        .suppose(eq(times(d.of("x"), d.of("y")), times(d.of("x"), d.of("z")))),
                                d -> eq(d.of("y"), d.of("z")))
                        .asked(
                                "x y / x = y for any x",
                                UNDEFINED,
                                d -> d.scalars("x", "y"),
                                d -> eq(Term.quotient(times(d.of("x"), d.of("y")), d.of("x")), d.of("y")))
                        .asked(
                                "x = 1 / y gives x y = 1",
                                UNDEFINED,
                                d -> d.scalars("x", "y").suppose(eq(d.of("x"), Term.quotient(num(1), d.of("y")))),
                                d -> eq(times(d.of("x"), d.of("y")), num(1)))
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> powers() {
        return new ProofTable()
                        .asked("x^0 = 1", PROVED, d -> d.scalars("x"), d -> eq(Term.power(d.of("x"), form(0)), num(1)))
                        .asked(
                                "0^t = 0 for t >= 0",
                                RANGE,
                                d -> d.integer("t", 0),
                                d -> eq(Term.power(num(0), T), num(0)))
                        .asked(
                                "0^t = 0 for t >= 1",
                                PROVED,
                                d -> d.integer("t", 1),
                                d -> eq(Term.power(num(0), T), num(0)))
                        .asked(
                                "x^t = x^{t-1} x for t >= 0",
                                UNDEFINED,
                                d -> d.integer("t", 0).scalars("x"),
                                d -> eq(Term.power(d.of("x"), T), times(Term.power(d.of("x"), T.plus(-1)), d.of("x"))))
                        .asked(
                                "x^t = x^{t-1} x for t >= 1",
                                PROVED,
                                d -> d.integer("t", 1).scalars("x"),
                                d -> eq(Term.power(d.of("x"), T), times(Term.power(d.of("x"), T.plus(-1)), d.of("x"))))
                        .asked(
                                "A^-1 as a power",
                                RANGE,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> eq(Term.power(d.of("A"), form(-1)), Term.power(d.of("A"), form(-1))))
                        .asked(
                                "(-1)^{2t} = 1",
                                PROVED,
                                d -> d.integer("t", 0),
                                d -> eq(Term.power(num(-1), T.add(T)), num(1)))
                        .asked(
                                "(-1)^{t} = 1",
                                NOT_EQUAL,
                                d -> d.integer("t", 0),
                                d -> eq(Term.power(num(-1), T), num(1)))
                        .asked(
                                "(-1)^{t+1} = (-1)^t",
                                NOT_EQUAL,
                                d -> d.integer("t", 0),
                                d -> eq(Term.power(num(-1), T.plus(1)), Term.power(num(-1), T)))
                        .asked(
                                "(AB)^t = A^t B^t",
                                NOT_EQUAL,
                                d -> d.dimension("n").integer("t", 0).symbols(SQUARE, "A", "B"),
                                d -> eq(
                                        Term.power(times(d.of("A"), d.of("B")), T),
                                        times(Term.power(d.of("A"), T), Term.power(d.of("B"), T))))
                        .asked(
                                "(x + y)^t = x^t + y^t",
                                NOT_EQUAL,
                                d -> d.integer("t", 0).scalars("x", "y"),
                                d -> eq(
                                        Term.power(plus(d.of("x"), d.of("y")), T),
                                        plus(Term.power(d.of("x"), T), Term.power(d.of("y"), T))))
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> matrices() {
        return new ProofTable()
                        .asked(
                                "A B = B A",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A", "B"),
                                d -> eq(times(d.of("A"), d.of("B")), times(d.of("B"), d.of("A"))))
                        .asked(
                                "tr(A B) = tr(B A)",
                                PROVED,
                                d -> d.dimension("n").symbols(SQUARE, "A", "B"),
                                d -> eq(trace(times(d.of("A"), d.of("B"))), trace(times(d.of("B"), d.of("A")))))
                        .asked(
                                "tr(A B C) = tr(A C B)",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A", "B", "C"),
                                d -> eq(
                                        trace(times(d.of("A"), d.of("B"), d.of("C"))),
                                        trace(times(d.of("A"), d.of("C"), d.of("B")))))
                        .asked("tr(I) = 1", NOT_EQUAL, d -> d.dimension("n"), d -> eq(trace(Term.identity(N)), num(1)))
                        .asked(
                                "A' = A without a hypothesis",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> eq(t(d.of("A")), d.of("A")))
                        .asked(
                                "A A' = A' A",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> eq(times(d.of("A"), t(d.of("A"))), times(t(d.of("A")), d.of("A"))))
                        .asked(
                                "Q'Q = I gives Q Q' = I (not by rewriting; true, but not for wide Q)",
                                NOT_EQUAL,
                                d -> d.dimension("n", "m")
                                        .symbols(new Shape(var("m"), N), "Q")
                                        .suppose(eq(times(t(d.of("Q")), d.of("Q")), Term.identity(N))),
                                d -> eq(times(d.of("Q"), t(d.of("Q"))), Term.identity(var("m"))))
                        .asked(
                                "A^-1 A = I without invertible(A)",
                                UNDEFINED,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> eq(times(Term.inverse(d.of("A")), d.of("A")), Term.identity(N)))
                        .asked(
                                "(A + B)^-1 = A^-1 + B^-1",
                                UNDEFINED,
                                d -> d.dimension("n")
                                        .symbols(SQUARE, "A", "B")
                                        .suppose(Formula.invertible(d.of("A")))
                                        .suppose(Formula.invertible(d.of("B"))),
                                d -> eq(
                                        Term.inverse(plus(d.of("A"), d.of("B"))),
                                        plus(Term.inverse(d.of("A")), Term.inverse(d.of("B")))))
                        .asked(
                                "(x A)^-1 = A^-1 / x for any x",
                                UNDEFINED,
                                d -> d.dimension("n")
                                        .scalars("x")
                                        .symbols(SQUARE, "A")
                                        .suppose(Formula.invertible(d.of("A"))),
                                d -> {
                                    Term inverse = Term.inverse(times(d.of("x"), d.of("A")));
                                    return eq(inverse, inverse);
                                })
                        .asked(
                                "A u = 0 gives u = 0",
                                NOT_EQUAL,
                                d -> d.dimension("n")
                                        .symbols(SQUARE, "A")
                                        .symbols(COLUMN, "u")
                                        .suppose(eq(times(d.of("A"), d.of("u")), Term.zero(COLUMN))),
                                d -> eq(d.of("u"), Term.zero(COLUMN)))
                        .asked(
                                "x A = x B gives A = B",
                                NOT_EQUAL,
                                d -> d.dimension("n")
                                        .scalars("x")
                                        .symbols(SQUARE, "A", "B")
                                        .suppose(eq(times(d.of("x"), d.of("A")), times(d.of("x"), d.of("B")))),
                                d -> eq(d.of("A"), d.of("B")))
                        .asked(
                                "u u' = I",
                                NOT_EQUAL,
                                d -> d.dimension("n")
                                        .symbols(COLUMN, "u")
                                        .suppose(eq(times(t(d.of("u")), d.of("u")), num(1))),
                                d -> eq(times(d.of("u"), t(d.of("u"))), Term.identity(N)))
                        .asked(
                                "1'1 = 1",
                                NOT_EQUAL,
                                d -> d.dimension("n"),
                                d -> eq(times(t(Term.ones(COLUMN)), Term.ones(COLUMN)), num(1)))
                        .asked(
                                "diag(u) v = u v'",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(COLUMN, "u", "v"),
                                d -> eq(
                                        times(Term.function(Kind.DIAG, d.of("u")), Term.function(Kind.DIAG, d.of("v"))),
                                        times(d.of("u"), t(d.of("v")))))
                        .asked(
                                "A o B = A B",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A", "B"),
                                d -> eq(Term.hadamard(d.of("A"), d.of("B")), times(d.of("A"), d.of("B"))))
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> indices() {
        return new ProofTable()
                        .asked(
                                "e_1'e_n = 0",
                                NOT_EQUAL,
                                d -> d.dimension("n"),
                                d -> eq(times(t(Term.unit(N, ONE)), Term.unit(N, N)), num(0)))
                        .asked(
                                "e_2 of length n >= 1",
                                RANGE,
                                d -> d.dimension("n"),
                                d -> eq(Term.unit(N, form(2)), Term.unit(N, form(2))))
                        .asked(
                                "e_0",
                                RANGE,
                                d -> d.dimension("n"),
                                d -> eq(Term.unit(N, form(0)), Term.unit(N, form(0))))
                        .asked(
                                "I_{n-1} for n >= 1",
                                RANGE,
                                d -> d.dimension("n"),
                                d -> eq(Term.identity(N.plus(-1)), Term.identity(N.plus(-1))))
                        .asked("A[1:n+1, 1:n]", RANGE, d -> d.dimension("n").symbols(SQUARE, "A"), d -> {
                            Term slice = Term.slice(d.of("A"), ONE, N.plus(1), ONE, N);
                            return eq(slice, slice);
                        })
                        .asked(
                                "A[2:n, 2:n] for n >= 1",
                                RANGE,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> {
                                    Term slice = Term.slice(d.of("A"), form(2), N, form(2), N);
                                    return eq(slice, slice);
                                })
                        .asked(
                                "A_{11} = A_{nn}",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> eq(entry(d.of("A"), ONE, ONE), entry(d.of("A"), N, N)))
                        .asked(
                                "[a; x][1:n] = [a; x][2:n+1]",
                                NOT_EQUAL,
                                d -> d.dimension("n").scalars("x").symbols(COLUMN, "a"),
                                d -> {
                                    Term whole = Term.blocks(List.of(List.of(d.of("a")), List.of(d.of("x"))));
                                    return eq(
                                            Term.slice(whole, ONE, N, ONE, ONE),
                                            Term.slice(whole, form(2), N.plus(1), ONE, ONE));
                                })
                        .asked(
                                "sum_{i=1}^{n} e_i = e_1",
                                NOT_EQUAL,
                                d -> d.dimension("n"),
                                d -> eq(Term.indexSum("i", ONE, N, Term.unit(N, var("i"))), Term.unit(N, ONE)))
                        .asked("sum_{i=0}^{n} e_i: index 0", RANGE, d -> d.dimension("n"), d -> {
                            Term sum = Term.indexSum("i", form(0), N, Term.unit(N, var("i")));
                            return eq(sum, sum);
                        })
                        .asked(
                                "sum_{i=1}^{t} 1 = t + 1",
                                NOT_EQUAL,
                                d -> d.integer("t", 0),
                                d -> eq(Term.indexSum("i", ONE, T, num(1)), plus(d.of("t"), num(1))))
                        .asked(
                                "sum_{i=3}^{t} 1 for t >= 0",
                                RANGE,
                                d -> d.integer("t", 0),
                                d -> eq(Term.indexSum("i", form(3), T, num(1)), plus(d.of("t"), num(-2))))
                        .asked(
                                "sum_i x_i y_i = (sum_i x_i)(sum_i y_i)",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(COLUMN, "u", "v"),
                                d -> {
                                    Term u = times(t(Term.unit(N, var("i"))), d.of("u"));
                                    Term v = times(t(Term.unit(N, var("i"))), d.of("v"));
                                    return eq(
                                            Term.indexSum("i", ONE, N, times(u, v)),
                                            times(Term.indexSum("i", ONE, N, u), Term.indexSum("i", ONE, N, v)));
                                })
                        .asked(
                                "sum_i (A_ii)^2 = tr(A A')",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> eq(
                                        Term.indexSum(
                                                "i", ONE, N, Term.power(entry(d.of("A"), var("i"), var("i")), form(2))),
                                        trace(times(d.of("A"), t(d.of("A"))))))
                        .asked("1 / i inside a sum from 0", UNDEFINED, d -> d.integer("t", 0), d -> {
                            Term sum = Term.indexSum("i", form(0), T, Term.quotient(num(1), Term.integer(var("i"))));
                            return eq(sum, sum);
                        })
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> functions() {
        return new ProofTable()
                        .asked(
                                "sqrt(x^2) = x",
                                NOT_EQUAL,
                                d -> d.scalars("x"),
                                d -> eq(sqrt(Term.power(d.of("x"), form(2))), d.of("x")))
                        .asked(
                                "sqrt(x^2) = |x|",
                                PROVED,
                                d -> d.scalars("x"),
                                d -> eq(sqrt(Term.power(d.of("x"), form(2))), abs(d.of("x"))))
                        .asked(
                                "sqrt(x)^2 = x for any x",
                                UNDEFINED,
                                d -> d.scalars("x"),
                                d -> eq(Term.power(sqrt(d.of("x")), form(2)), d.of("x")))
                        .asked(
                                "|x + y| = |x| + |y|",
                                NOT_EQUAL,
                                d -> d.scalars("x", "y"),
                                d -> eq(abs(plus(d.of("x"), d.of("y"))), plus(abs(d.of("x")), abs(d.of("y")))))
                        .asked(
                                "|x^t| = x^t",
                                NOT_EQUAL,
                                d -> d.integer("t", 0).scalars("x"),
                                d -> eq(abs(Term.power(d.of("x"), T)), Term.power(d.of("x"), T)))
                        .asked(
                                "||u + v|| = ||u|| + ||v||",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(COLUMN, "u", "v"),
                                d -> eq(norm(plus(d.of("u"), d.of("v"))), plus(norm(d.of("u")), norm(d.of("v")))))
                        .asked(
                                "||x u|| = x ||u||",
                                NOT_EQUAL,
                                d -> d.dimension("n").scalars("x").symbols(COLUMN, "u"),
                                d -> eq(norm(times(d.of("x"), d.of("u"))), times(d.of("x"), norm(d.of("u")))))
                        .asked(
                                "log(x y) = log x + log y for any x, y",
                                UNDEFINED,
                                d -> d.scalars("x", "y"),
                                d -> eq(log(times(d.of("x"), d.of("y"))), plus(log(d.of("x")), log(d.of("y")))))
                        .asked(
                                "log(x^2) = 2 log x for x != 0",
                                UNDEFINED,
                                d -> d.scalars("x").suppose(unequal(d.of("x"), num(0))),
                                d -> eq(log(Term.power(d.of("x"), form(2))), times(num(2), log(d.of("x")))))
                        .asked(
                                "exp(x y) = exp(x) exp(y)",
                                NOT_EQUAL,
                                d -> d.scalars("x", "y"),
                                d -> eq(exp(times(d.of("x"), d.of("y"))), times(exp(d.of("x")), exp(d.of("y")))))
                        .asked(
                                "lambda_max(A) without symmetry",
                                UNDEFINED,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> {
                                    Term largest = Term.function(Kind.LAMBDA_MAX, d.of("A"));
                                    return eq(largest, largest);
                                })
                        .asked(
                                "lambda_max(x H) = x lambda_max(H) for any x",
                                NOT_EQUAL,
                                d -> d.dimension("n")
                                        .scalars("x")
                                        .symbols(SQUARE, "H")
                                        .suppose(eq(t(d.of("H")), d.of("H"))),
                                d -> eq(
                                        Term.function(Kind.LAMBDA_MAX, times(d.of("x"), d.of("H"))),
                                        times(d.of("x"), Term.function(Kind.LAMBDA_MAX, d.of("H")))))
                        .asked(
                                "|A B|_2 = |A|_2 |B|_2",
                                NOT_EQUAL,
                                d -> d.dimension("n").symbols(SQUARE, "A", "B"),
                                d -> eq(
                                        Term.function(Kind.SPECTRAL_NORM, times(d.of("A"), d.of("B"))),
                                        times(
                                                Term.function(Kind.SPECTRAL_NORM, d.of("A")),
                                                Term.function(Kind.SPECTRAL_NORM, d.of("B")))))
                        .stream();
    }

    @TestFactory
    Stream<DynamicTest> signs() {
        return new ProofTable()
                        .asked("0 < x^2", SIGN, d -> d.scalars("x"), d -> below(num(0), Term.power(d.of("x"), form(2))))
                        .asked(
                                "0 <= x^2",
                                PROVED,
                                d -> d.scalars("x"),
                                d -> atMost(num(0), Term.power(d.of("x"), form(2))))
                        .asked(
                                "0 <= x^3",
                                SIGN,
                                d -> d.scalars("x"),
                                d -> atMost(num(0), Term.power(d.of("x"), form(3))))
                        .asked(
                                "0 <= x^t",
                                SIGN,
                                d -> d.integer("t", 0).scalars("x"),
                                d -> atMost(num(0), Term.power(d.of("x"), T)))
                        .asked(
                                "0 < x^{2t}",
                                SIGN,
                                d -> d.integer("t", 0).scalars("x"),
                                d -> below(num(0), Term.power(d.of("x"), T.add(T))))
                        .asked(
                                "0 < u'u",
                                SIGN,
                                d -> d.dimension("n").symbols(COLUMN, "u"),
                                d -> below(num(0), times(t(d.of("u")), d.of("u"))))
                        .asked(
                                "0 <= u'v",
                                SIGN,
                                d -> d.dimension("n").symbols(COLUMN, "u", "v"),
                                d -> atMost(num(0), times(t(d.of("u")), d.of("v"))))
                        .asked(
                                "0 <= tr(A A)",
                                SIGN,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> atMost(num(0), trace(times(d.of("A"), d.of("A")))))
                        .asked(
                                "0 <= tr(A'A)",
                                PROVED,
                                d -> d.dimension("n").symbols(SQUARE, "A"),
                                d -> atMost(num(0), trace(times(t(d.of("A")), d.of("A")))))
                        .asked("0 < t for t >= 0", SIGN, d -> d.integer("t", 0), d -> below(num(0), d.of("t")))
                        .asked("0 <= t - 1 for t >= 0", SIGN, d -> d.integer("t", 0), d -> atMost(num(1), d.of("t")))
                        .asked("0 < |x|", SIGN, d -> d.scalars("x"), d -> below(num(0), abs(d.of("x"))))
                        .asked(
                                "0 < y x^2 for y > 0",
                                SIGN,
                                d -> d.scalars("x", "y").suppose(below(num(0), d.of("y"))),
                                d -> below(num(0), times(d.of("y"), Term.power(d.of("x"), form(2)))))
                        .asked(
                                "0 <= x y for x, y <= 0, one of them unknown",
                                SIGN,
                                d -> d.scalars("x", "y").suppose(atMost(d.of("x"), num(0))),
                                d -> atMost(num(0), times(d.of("x"), d.of("y"))))
                        .asked(
                                "x != y from x y != 0",
                                SIGN,
                                d -> d.scalars("x", "y").suppose(unequal(times(d.of("x"), d.of("y")), num(0))),
                                d -> unequal(d.of("x"), d.of("y")))
                        .asked(
                                "x < y from x <= y",
                                SIGN,
                                d -> d.scalars("x", "y").suppose(atMost(d.of("x"), d.of("y"))),
                                d -> below(d.of("x"), d.of("y")))
                        .asked(
                                "x < z from x <= y <= z",
                                SIGN,
                                d -> d.scalars("x", "y", "z")
                                        .suppose(atMost(d.of("x"), d.of("y")))
                                        .suppose(atMost(d.of("y"), d.of("z"))),
                                d -> below(d.of("x"), d.of("z")))
                        .asked(
                                "x <= z from x <= y <= z",
                                PROVED,
                                d -> d.scalars("x", "y", "z")
                                        .suppose(atMost(d.of("x"), d.of("y")))
                                        .suppose(atMost(d.of("y"), d.of("z"))),
                                d -> atMost(d.of("x"), d.of("z")))
                        .stream();
    }

    /** Statements that fail only in a special case: an empty sum, exponent zero, the row between two blocks. */
    @TestFactory
    Stream<DynamicTest> specialCases() {
        return new ProofTable()
                        .asked(
                                "sum_{i=1}^{t} 1/t = 1, empty for t = 0",
                                UNDEFINED,
                                d -> d.integer("t", 0),
                                d -> eq(Term.indexSum("i", ONE, T, Term.quotient(num(1), d.of("t"))), num(1)))
                        .asked(
                                "sum_{i=1}^{n} 1/n = 1 for a dimension",
                                PROVED,
                                d -> d.dimension("n"),
                                d -> eq(Term.indexSum("i", ONE, N, Term.quotient(num(1), d.of("n"))), num(1)))
                        .asked(
                                "t (x / t) = x beside a sum in which t > 0",
                                UNDEFINED,
                                d -> d.integer("t", 0).scalars("x"),
                                d -> {
                                    Term share = Term.quotient(d.of("x"), d.of("t"));
                                    Term sum = Term.indexSum("i", ONE, T, times(share, Term.integer(var("i"))));
                                    return eq(plus(sum, times(d.of("t"), share)), plus(sum, d.of("x")));
                                })
                        .asked(
                                "(x + 1)^{2-t} = 0 for x = -1, t <= 2",
                                RANGE,
                                d -> d.integer("t", 0)
                                        .scalars("x")
                                        .suppose(eq(times(num(2), d.of("x")), num(-2)))
                                        .suppose(atMost(d.of("t"), num(2))),
                                d -> eq(Term.power(plus(d.of("x"), num(1)), form(2).subtract(T)), num(0)))
                        .asked(
                                "M^{2-t} = M^{1-t} for M M = M, t <= 1",
                                NOT_EQUAL,
                                d -> d.dimension("n")
                                        .integer("t", 0)
                                        .symbols(SQUARE, "M")
                                        .suppose(eq(times(d.of("M"), d.of("M")), d.of("M")))
                                        .suppose(atMost(d.of("t"), num(1))),
                                d -> eq(
                                        Term.power(d.of("M"), form(2).subtract(T)),
                                        Term.power(d.of("M"), ONE.subtract(T))))
                        .asked(
                                "M^{t+2} = M^{t+1} for M M = M",
                                PROVED,
                                d -> d.dimension("n")
                                        .integer("t", 0)
                                        .symbols(SQUARE, "M")
                                        .suppose(eq(times(d.of("M"), d.of("M")), d.of("M"))),
                                d -> eq(Term.power(d.of("M"), T.plus(2)), Term.power(d.of("M"), T.plus(1))))
                        .asked(
                                "(x I)_{12} = x",
                                NOT_EQUAL,
                                d -> d.integer("n", 2).scalars("x"),
                                d -> eq(entry(times(d.of("x"), Term.identity(N)), ONE, form(2)), d.of("x")))
                        .asked(
                                "(x I)_{12} = 0",
                                PROVED,
                                d -> d.integer("n", 2).scalars("x"),
                                d -> eq(entry(times(d.of("x"), Term.identity(N)), ONE, form(2)), num(0)))
                        .asked(
                                "tr(x I) = x",
                                NOT_EQUAL,
                                d -> d.dimension("n").scalars("x"),
                                d -> eq(trace(times(d.of("x"), Term.identity(N))), d.of("x")))
                        .asked(
                                "tr(x I) = n x",
                                PROVED,
                                d -> d.dimension("n").scalars("x"),
                                d -> eq(trace(times(d.of("x"), Term.identity(N))), times(d.of("n"), d.of("x"))))
                        .asked(
                                "[a; b]_i = [a; c]_i for m <= i <= m + 1",
                                BLOCKS,
                                ProofRefusalsTest::between,
                                d -> eq(times(stacked(d, "b"), d.of("x")), times(stacked(d, "c"), d.of("x"))))
                        .asked(
                                "0 < [a; b]_i for m <= i <= m + 1",
                                BLOCKS,
                                ProofRefusalsTest::between,
                                d -> below(num(0), stacked(d, "b")))
                        .asked(
                                "f(-(s - t)) by f(-s - t)",
                                NOT_EQUAL,
                                d -> {
                                    d.integer("s", 0)
                                            .integer("t", 0)
                                            .builder
                                            .function("f", List.of(Shape.SCALAR), Shape.SCALAR);
                                    Term sum = Term.integer(
                                            LinearForm.ZERO.subtract(var("s")).subtract(T));
                                    d.suppose(eq(d.builder.context().apply("f", List.of(sum)), num(3)));
                                },
                                d -> {
                                    Term difference = Term.negate(Term.integer(var("s").subtract(T)));
                                    return eq(d.context().apply("f", List.of(difference)), num(3));
                                })
                        .asked(
                                "0 < x by |x| <= x",
                                SIGN,
                                d -> d.scalars("x").suppose(atMost(abs(d.of("x")), d.of("x"))),
                                d -> below(num(0), d.of("x")))
                        .asked("a sum of 10^30 terms", LIMIT, d -> d.scalars("x"), d -> {
                            Term sum = Term.indexSum("i", ONE, LinearForm.of(BigInteger.TEN.pow(30)), d.of("x"));
                            return eq(sum, sum);
                        })
                        .stream();
    }

    /** Column i of [A, B], m <= i <= m + 1, under functions of a vector. */
    @TestFactory
    Stream<DynamicTest> columnsBetweenTwoBlocks() {
        ProofTable table = new ProofTable();
        for (Kind each : List.of(Kind.NORM, Kind.NORM_INF, Kind.SPECTRAL_NORM, Kind.DIAG)) {
            table.asked(
                    each + "([A, B] e_i) = " + each + "([A, C] e_i)",
                    BLOCKS,
                    ProofRefusalsTest::between,
                    d -> eq(Term.function(each, beside(d, "B")), Term.function(each, beside(d, "C"))));
        }
        return table.stream();
    }

    /** Column i of A beside another matrix. */
    private static Term beside(ProofTable.Names d, String other) throws IllTyped {
        Term whole = Term.blocks(List.of(List.of(d.of("A"), d.of(other))));
        return Term.slice(whole, ONE, N, var("i"), var("i"));
    }

    /** m <= i <= m + 1, with vectors to be stacked. */
    private static void between(ProofTable.Names d) throws IllTyped {
        Shape upper = new Shape(var("m"), ONE);
        Shape lower = new Shape(var("k"), ONE);
        d.dimension("n", "m", "k").integer("i", 1).scalars("x");
        d.symbols(upper, "a").symbols(lower, "b", "c");
        d.symbols(new Shape(N, var("m")), "A").symbols(new Shape(N, var("k")), "B", "C");
        d.suppose(atMost(d.of("m"), d.of("i"))).suppose(atMost(d.of("i"), Term.integer(var("m").plus(1))));
    }

    /** Entry i of a above another vector. */
    private static Term stacked(ProofTable.Names d, String other) throws IllTyped {
        return entry(Term.blocks(List.of(List.of(d.of("a")), List.of(d.of(other)))), var("i"), ONE);
    }

    private static Term trace(Term term) throws IllTyped {
        return Term.function(Kind.TRACE, term);
    }

    private static Term norm(Term term) throws IllTyped {
        return Term.function(Kind.NORM, term);
    }

    private static Term sqrt(Term term) throws IllTyped {
        return Term.function(Kind.SQRT, term);
    }

    private static Term abs(Term term) throws IllTyped {
        return Term.function(Kind.ABS, term);
    }

    private static Term log(Term term) throws IllTyped {
        return Term.function(Kind.LOG, term);
    }

    private static Term exp(Term term) throws IllTyped {
        return Term.function(Kind.EXP, term);
    }
}
