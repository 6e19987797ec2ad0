package org.loopcert.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;

/**
 * Verdicts and statements in words, with their quantifiers and ranges. Notation of the statements: G = X'X, b = X'y,
 * theta(t) the iterates of gradient descent, tt the least-squares solution (of least norm where it is not unique),
 * e(t) the distance of theta(t) from the least-squares solution nearest to theta(0).
 *
 * <p>{@link #EXACT} writes every fraction out. {@link #BRIEF} replaces long ones by decimals, rounded so that the
 * sentence stays true: upper ends up, lower ends down, and "about" where the number is neither.
 */
public final class Words {
    /** Every number exactly. */
    public static final Words EXACT = new Words(true);

    /** Long numbers as decimals, for a summary that a person reads. */
    public static final Words BRIEF = new Words(false);

    /** What a line that rests on a theorem is called: every rule is proved sound in {@code src/main/coq}. */
    public static final String THEOREM = "theorem, machine-checked";

    /** What a line that rests on recomputed steps is called. */
    public static final String REPLAY = "replay";

    private static final int SHORT = 12;
    private static final int LONG = 60;
    private static final int DIGITS = 10;
    private static final int ENTRIES = 8;

    private final boolean exact;

    private Words(boolean exact) {
        this.exact = exact;
    }

    /** The kind of evidence for a statement. */
    public static String evidence(Statement statement) {
        boolean replayed = statement instanceof Statement.Replayed
                || statement instanceof Statement.RoundedIterates
                || statement instanceof Statement.ErrorValue value && value.replayed();
        return replayed ? REPLAY : THEOREM;
    }

    /** What the verdict means, and what is trusted, in one or two sentences. */
    public static String meaning(Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return (accepted.refutation()
                            ? "accepted: refutes convergence; the kernel derived every line in exact arithmetic, among"
                                    + " them that these steps do not contract"
                            : "accepted: convergence is certified; the kernel derived every line in exact arithmetic,"
                                    + " among them step equivalence, spectrum and contraction")
                    + (accepted.bound()
                            ? ". The instance was rebuilt from your own file, so the reader of that file joins the"
                                    + " trusted base."
                            : ". This speaks about the instance written in the certificate; only the kernel is"
                                    + " trusted, and --input FILE compares the instance with your own file.");
        }
        if (verdict instanceof Verdict.Rejected) {
            return "rejected: the file is well-formed and a line does not follow from the instance, its premises and"
                    + " its witness; nothing is established.";
        }
        if (verdict instanceof Verdict.Undecided) {
            return "undecided: the file is within the grammar, but something was not given or a limit was reached;"
                    + " nothing is established and nothing refuted.";
        }
        return "malformed: the file is not a certificate in the one spelling that the format allows; nothing in it was"
                + " checked.";
    }

    /** Why a verdict is not accepted, in one line with its place; empty for an accepted one. */
    public static String because(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected rejected) {
            return rejected.reason().code() + " at " + place(rejected.line(), rejected.rule()) + ": expected "
                    + rejected.expected() + ", found " + rejected.found();
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            String missing = undecided.reason() == Verdict.Reason.NEEDS_INPUT
                    ? "missing " + undecided.missing() + " (--input FILE gives it)"
                    : undecided.missing();
            return undecided.reason().code() + " at " + place(undecided.line(), undecided.rule()) + ": " + missing;
        }
        if (verdict instanceof Verdict.Malformed malformed) {
            return "line " + malformed.row() + ", column " + malformed.column() + " (byte " + malformed.offset()
                    + "): expected " + malformed.expected() + ", found " + malformed.found();
        }
        return "";
    }

    private static String place(int line, String rule) {
        return line == 0 ? "the " + rule + " of the certificate" : "line " + line + " (" + rule + ")";
    }

    /** The statement with its quantifiers and ranges. */
    public String statement(Statement statement) {
        if (statement instanceof Statement.StepEquivalence s) {
            return stepEquivalence(s);
        } else if (statement instanceof Statement.Replayed s) {
            return "q(t) = -alpha theta(t) for t = 0.." + s.loops() + ", and TF = alpha theta(" + s.loops()
                    + "), recomputed exactly";
        } else if (statement instanceof Statement.LambdaMaxAtMost s) {
            return "G <= L I with L = " + up(s.bound());
        } else if (statement instanceof Statement.SmallestAtLeast s) {
            return "rank X = " + s.rank() + ", and G >= mu I on the row space of X with mu = " + down(s.bound());
        } else if (statement instanceof Statement.LambdaMaxAtLeast s) {
            return "lambda_max(G) >= " + down(s.bound());
        } else if (statement instanceof Statement.SmallestAtMost s) {
            return "the smallest positive eigenvalue of G is at most " + up(s.bound());
        } else if (statement instanceof Statement.Spectrum s) {
            return spectrum(s);
        } else if (statement instanceof Statement.SmallSteps s) {
            return smallSteps(s);
        } else if (statement instanceof Statement.Contraction s) {
            return contraction(s);
        } else if (statement instanceof Statement.Exponential s) {
            return "(1 - 1/k)^" + s.loops() + " <= exp(-" + s.loops() + "/k) for every real k in "
                    + range(s.kappaLower(), s.kappaUpper()) + ", kappa among them";
        } else if (statement instanceof Statement.Realizable s) {
            return "y = X theta* exactly, with theta* = " + vector(s.theta()) + " and |theta*|^2 = "
                    + about(s.normSquare());
        } else if (statement instanceof Statement.LeastSquares s) {
            return "the least-squares solution" + (s.rank() == s.theta().size() ? "" : " of least norm") + " is tt = "
                    + vector(s.theta()) + ", with |tt|^2 = " + about(s.normSquare()) + " and |y - X tt|^2 = "
                    + about(s.residual());
        } else if (statement instanceof Statement.PaperBound s) {
            return "|<TF, theta*> - alpha| <= |alpha| exp(-T/(2 kappa)) for |alpha| = "
                    + about(s.alpha().abs()) + ", T = " + s.loops() + " and the true kappa, which lies in "
                    + range(s.kappaLower(), s.kappaUpper());
        } else if (statement instanceof Statement.PaperBoundValue s) {
            return "|alpha| exp(-T/(2 kappa)) lies in " + range(s.lower(), s.upper());
        } else if (statement instanceof Statement.TightBound s) {
            return "|<TF, theta*> - alpha| <= " + up(s.alpha().abs()) + " * " + factor(s.factor());
        } else if (statement instanceof Statement.DoubledExponent s) {
            return "|<TF, theta*> - alpha| <= |alpha| exp(-T/kappa) for |alpha| = "
                    + about(s.alpha().abs()) + ", T = " + s.loops() + " and the true kappa";
        } else if (statement instanceof Statement.GeneralLabels s) {
            return "|<TF, tt> - alpha |tt|^2| <= |alpha| |tt| |theta(0) - tt| f <= sqrt(" + up(s.squaredScale())
                    + ") f, with f = " + factor(s.factor());
        } else if (statement instanceof Statement.LimitError s) {
            return "rank X < d, Pi the projector on the row space, theta* = " + vector(s.theta())
                    + ": as T grows, <TF, theta*> - alpha |theta*|^2 tends to -alpha (|theta*|^2 - |Pi"
                    + " theta*|^2), of size " + about(s.limit()) + "; for this T it is off that limit by at most sqrt("
                    + up(s.squaredScale()) + ") f, with f = " + factor(s.factor());
        } else if (statement instanceof Statement.Noise s) {
            return "y = X theta* + eps: |<TF, theta*> - alpha |theta*|^2| <= " + up(s.scale()) + " * ("
                    + up(s.normSquare()) + " f + sqrt(" + up(s.floorSquare()) + ")), with f = " + factor(s.factor())
                    + "; the root bounds |theta*| |eps| min(1/sqrt(mu), sqrt(sum of the steps))";
        } else if (statement instanceof Statement.ErrorIdentity s) {
            return "<TF, theta*> - alpha |theta*|^2 = -alpha theta*' p_T(G) theta* with p_T(G) = (I -"
                    + " eta_{T-1} G)...(I - eta_0 G), for theta* = " + vector(s.theta());
        } else if (statement instanceof Statement.TwoSided s) {
            return "(" + down(s.lower()) + ")^" + s.loops() + " <= |<TF, theta*> - alpha| / |alpha| <= ("
                    + up(s.upper()) + ")^" + s.loops()
                    + "; the sign of the error never changes and its size never grows";
        } else if (statement instanceof Statement.NonContraction s) {
            return nonContraction(s);
        } else if (statement instanceof Statement.ErrorValue s) {
            return "after t = " + s.t() + " loops |<-q(t), tt> - alpha |tt|^2| "
                    + (s.lower().equals(s.upper())
                            ? "= " + about(s.lower())
                            : "lies in " + range(s.lower(), s.upper()));
        } else if (statement instanceof Statement.RoundedIterates s) {
            List<String> at = new ArrayList<>(); // by loops: streams are linked at run time, and check is to start fast
            for (long t : s.at()) {
                at.add(Long.toString(t));
            }
            return "the given rounded iterates at t = " + list(at) + " differ from the exact theta(t) by at most "
                    + distances(s) + " in the largest entry; that a processor produced them is measured, not proved";
        } else if (statement instanceof Statement.RoundedTrajectory s) {
            return "the given rounded iterates r(0), .., r(k), k = " + s.k() + ", end within f |r(0) - tt| + "
                    + up(s.accumulated()) + " of tt, with |r(0) - tt|^2 = " + about(s.startSquare()) + " and f = "
                    + factor(s.factor(), "k") + "; that a processor produced them is measured, not proved";
        } else if (statement instanceof Statement.Unmet s) {
            return s.theorem() + " does not apply: " + unmet(s);
        }
        throw new IllegalArgumentException(
                "no words for " + statement.getClass().getSimpleName());
    }

    /** The hypothesis of an unmet theorem, and the fact that contradicts it. */
    public static String unmet(Statement.Unmet statement) {
        String hypothesis =
                switch (statement.hypothesis()) {
                    case "label-noise" -> "it needs y = X theta* exactly";
                    case "rank-deficient" -> "it needs rank X = d";
                    case "start" -> "it needs q(0) = 0";
                    case "norm" -> "it needs |theta*| = 1";
                    case "step" -> "it needs 0 < eta_t <= 1/lambda_max for every t";
                    default -> "it needs the hypothesis " + statement.hypothesis();
                };
        return hypothesis + ", but " + statement.because();
    }

    /** The steps of an instance. */
    public String step(Instance.Step step) {
        if (step instanceof Instance.Step.Constant constant) {
            return about(constant.eta()) + " in every loop";
        }
        return step instanceof Instance.Step.Schedule schedule
                ? "a schedule of " + schedule.given().size() + " steps " + vector(schedule.given())
                : "1/lambda_max(G) in every loop, taken literally";
    }

    private static String stepEquivalence(Statement.StepEquivalence s) {
        return "for every q in R^d and every alpha: Attn(Z) = [[0, 0], [q'G + alpha b', 0]] (" + s.coefficients()
                + " coefficients compared, degree at most 1); hence q(t) = -alpha theta(t) and TF = alpha"
                + " theta(T) for every q(0), every alpha other than 0, every schedule and every T";
    }

    private String spectrum(Statement.Spectrum s) {
        return "rank X = " + s.rank() + ", d = " + s.d() + "; lambda_max(G) in "
                + range(s.smoothnessLower(), s.smoothnessUpper()) + "; smallest positive eigenvalue in "
                + range(s.muLower(), s.muUpper()) + "; kappa, their quotient, in "
                + range(s.kappaLower(), s.kappaUpper());
    }

    private String smallSteps(Statement.SmallSteps s) {
        return "0 < eta_t <= 1/lambda_max for every t < T; the sum of the steps "
                + (s.sumLower().equals(s.sumUpper())
                        ? "is " + about(s.sumLower())
                        : "lies in " + range(s.sumLower(), s.sumUpper()));
    }

    private String contraction(Statement.Contraction s) {
        String whole = "|e(T)| <= " + factor(s.factor()) + " |e(0)|";
        if (s.factor() instanceof Statement.Power power) {
            String squared = "; hence |e(t)|^2 <= " + inParentheses(up(power.base()))
                    + "^t |e(0)|^2 for every t <= T (Lemma 5.6)";
            return "|e(t+1)| <= " + up(power.base()) + " |e(t)| for every t < T, and "
                    + whole
                    + (s.smallSteps() ? squared : "");
        }
        if (s.factor() instanceof Statement.Product product) {
            return "|e(t+1)| <= (1 - eta_t mu) |e(t)| for every t < T, and "
                    + whole
                    + "; hence |e(t)|^2 <= prod_{s<t} (1 - eta_s mu) |e(0)|^2 for every t <= T (Lemma 5.6), mu = "
                    + down(product.mu());
        }
        return whole;
    }

    private static String inParentheses(String number) {
        return "(" + number + ")";
    }

    private String nonContraction(Statement.NonContraction s) {
        return s.everyLoop()
                ? "refutes contraction: some eigenvalue lambda of G has |1 - eta lambda| >= " + down(s.gain())
                        + " >= 1, so that |e(t)| >= |e(0)| for every t when e(0) is its eigenvector"
                : "refutes contraction: some eigenvalue lambda of G has |p_T(lambda)| >= " + down(s.gain())
                        + " >= 1, so that |e(T)| >= |e(0)| when e(0) is its eigenvector";
    }

    private String factor(Statement.Factor factor) {
        return factor(factor, "T");
    }

    /** The factor after so many loops. */
    private String factor(Statement.Factor factor, String loops) {
        if (factor instanceof Statement.Power power) {
            return "(" + up(power.base()) + ")^" + power.loops();
        }
        return factor instanceof Statement.Product product
                ? "prod_{t<" + loops + "} (1 - eta_t mu) for mu = " + down(product.mu())
                : up(((Statement.Value) factor).bound());
    }

    private String distances(Statement.RoundedIterates s) {
        List<String> bounds = new ArrayList<>();
        for (Fraction distance : s.distances()) {
            bounds.add(up(distance));
        }
        return list(bounds);
    }

    private String range(Fraction lower, Fraction upper) {
        return "[" + down(lower) + ", " + up(upper) + "]";
    }

    private String vector(List<Fraction> entries) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < entries.size() && (exact || i <= ENTRIES); i++) {
            words.add(about(entries.get(i)));
        }
        return list(words);
    }

    private String list(List<String> entries) {
        return exact || entries.size() <= ENTRIES
                ? "[" + String.join(", ", entries) + "]"
                : "[" + String.join(", ", entries.subList(0, ENTRIES)) + ", ...]";
    }

    /** An upper end. */
    public String up(Fraction value) {
        return shown(value, "", Decimals.up(value, DIGITS));
    }

    /** A lower end. */
    public String down(Fraction value) {
        return shown(value, "", Decimals.down(value, DIGITS));
    }

    /** A number that is neither. */
    public String about(Fraction value) {
        return shown(value, "about ", Decimals.down(value, DIGITS));
    }

    private String shown(Fraction value, String about, String decimal) {
        if (exact) {
            return value.toString();
        }
        // the length is bounded before the digits are made: 3 bits need at most one digit
        boolean tooLong = value.numerator().bitLength() + value.denominator().bitLength() > 4 * LONG;
        String text = tooLong ? "" : value.toString();
        if (tooLong || text.length() > LONG) {
            return about + decimal;
        }
        return text.length() <= SHORT ? text : text + " ~ " + decimal;
    }

    /**
     * The paper's standing assumption n &gt; d, where the instance does not meet it. No rule needs it: they take the rank
     * of X, which the kernel derives.
     */
    public static Optional<String> fewExamples(Verdict.Accepted accepted) {
        int n = accepted.instance().n();
        int d = accepted.instance().d();
        return n > d
                ? Optional.empty()
                : Optional.of("the paper assumes n > d, and here n = " + n + ", d = " + d
                        + "; what is established rests on the rank of X");
    }
}
