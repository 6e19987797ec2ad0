package org.loopcert.certificate;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Instance;
import org.loopcert.kernel.Instance.Step;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;

/**
 * Writes an accepted certificate as a Coq file: the data of the certificate, one computation by the verified checker of
 * {@code src/main/coq}, and theorems about this instance. Nothing rests on this class: what the theorems speak about stands in
 * the file, and Coq runs the checker.
 */
public final class CoqExport {
    /** A digit of a written integer; 62 bits and a sign fit into a machine integer of Coq. */
    private static final int DIGIT = 62;

    private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(DIGIT);
    private static final int WIDTH = 100;

    /** Where a line of the format has a constructor of another name in {@code Certificate.v}. */
    private static final Map<String, String> RULES =
            Map.of("theorem-4.4", "Theorem44", "theorem-4.4-value", "Theorem44Value");

    private static final Map<String, String> HYPOTHESES = Map.of(
            "label-noise", "LabelNoise",
            "rank-deficient", "RankDeficient",
            "start", "NonzeroStart",
            "norm", "OtherNorm",
            "step", "LargeStep");

    private final Verdict.Accepted accepted;
    private final Instance instance;
    private final List<CertificateText.Line> lines;
    private final String name;

    /**
     * @param accepted the kernel's answer about the certificate
     * @param certificate its bytes
     * @param name what the theorems are called; letters, digits and underscores
     */
    public CoqExport(Verdict.Accepted accepted, byte[] certificate, String name) {
        this.accepted = accepted;
        this.instance = accepted.instance();
        this.lines = CertificateText.of(certificate).lines();
        this.name = name;
    }

    /** The file's name without folder and extension as a name in Coq. */
    public static String nameOf(Path file) {
        String stem = file.getFileName().toString().replaceFirst("\\.json$", "").replaceFirst("\\.cert$", "");
        String plain = stem.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.matches("[A-Za-z].*") ? plain : "instance_" + plain;
    }

    private static Json field(Json.Obj object, String field) {
        return object.values().get(object.names().indexOf(field));
    }

    /** Writes the whole file. */
    public void write(Writer out) throws IOException {
        header(out);
        out.write("From Coq Require Import Reals NArith List Sint63.\n");
        out.write("From Bignums Require Import BigZ.\n");
        out.write("From Loopcert Require Import Rules Certificate Checker IntegersBigZ.\n");
        out.write("From Loopcert Require Import Vectors Model Meaning Exported.\n\n");
        out.write("Import ListNotations.\n\n");
        instance(out);
        lines(out);
        theorems(out);
    }

    private void header(Writer out) throws IOException {
        out.write("(** A linear looped Transformer: n = " + instance.n() + " examples of d = " + instance.d()
                + " features, " + instance.loops() + " loops.\n\n");
        out.write("    Written by `loopcert export --to coq` from a certificate of " + Kernel.FORMAT + ".\n");
        out.write("    SHA-256 of its instance: " + instance.sha256() + "\n\n");
        out.write("    In the build folder of the formal library, `coqc -Q theories Loopcert FILE` checks it.\n");
        out.write("    [" + name + "_accepted] is the one computation; [" + name
                + "_established] says what it proves:\n");
        out.write("    every line of the certificate holds over the real numbers, as [Meaning.holds] reads it;\n");
        out.write("    [" + name + "_line_K], where there is one, says in full what line K establishes.\n");
        if (bound().isPresent()) {
            out.write("    [" + name + "_bound] is the bound of the error for every number of loops, in full.\n");
        }
        out.write("*)\n\n");
    }

    private void instance(Writer out) throws IOException {
        BigInteger scale = instance.examples().stream()
                .flatMap(List::stream)
                .map(Fraction::denominator)
                .reduce(BigInteger.ONE, CoqExport::lcm);
        scale = instance.labels().stream().map(Fraction::denominator).reduce(scale, CoqExport::lcm);
        out.write("Definition " + name + "_instance : instance bigZ := {|\n");
        out.write("  alpha := " + fraction(instance.alpha()) + ";\n");
        out.write("  loops := " + instance.loops() + "%N;\n");
        out.write("  steps := " + step(instance.step()) + ";\n");
        out.write("  start := " + list(instance.start(), CoqExport::fraction) + ";\n");
        out.write("  task := "
                + instance.task()
                        .map(own -> "Some " + list(own, CoqExport::fraction))
                        .orElse("None")
                + ";\n");
        out.write("  scale := " + integer(scale) + ";\n");
        out.write("  labels := " + integers(scaled(instance.labels(), scale)) + ";\n");
        List<String> columns = new ArrayList<>();
        for (int j = 0; j < instance.d(); j++) {
            int column = j;
            columns.add("\n    "
                    + integers(scaled(
                            instance.examples().stream()
                                    .map(row -> row.get(column))
                                    .toList(),
                            scale)));
        }
        out.write("  columns := [" + String.join(";", columns) + "]\n|}.\n\n");
    }

    private static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    private static List<BigInteger> scaled(List<Fraction> entries, BigInteger scale) {
        return entries.stream()
                .map(entry -> entry.numerator().multiply(scale.divide(entry.denominator())))
                .toList();
    }

    private static String step(Step step) {
        if (step instanceof Step.Constant constant) {
            return "Constant " + fraction(constant.eta());
        }
        return step instanceof Step.Schedule schedule
                ? "Schedule " + list(schedule.given(), CoqExport::fraction)
                : "LambdaMax";
    }

    private void lines(Writer out) throws IOException {
        out.write("Definition " + name + "_certificate : certificate bigZ :=\n");
        out.write("  Certificate " + accepted.refutation() + " " + name + "_instance [");
        for (int k = 0; k < lines.size(); k++) {
            CertificateText.Line line = lines.get(k);
            String premises = list(line.premises(), number -> number + "%N");
            out.write((k == 0 ? "\n    " : ";\n    ") + "Line (" + rule(line) + ") " + premises);
        }
        out.write("\n  ].\n\n");
    }

    private static String rule(CertificateText.Line line) {
        StringBuilder out = new StringBuilder(constructor(line.rule()));
        for (Texts.Field field : line.witness()) {
            out.append(' ').append(Wording.witness(line.rule(), field.name(), field.value()));
        }
        return out.toString();
    }

    /** {@code lambda-max-at-most} becomes {@code LambdaMaxAtMost}. */
    private static String constructor(String rule) {
        if (RULES.containsKey(rule)) {
            return RULES.get(rule);
        }
        StringBuilder out = new StringBuilder();
        for (String word : rule.split("-")) {
            out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return out.toString();
    }

    private void theorems(Writer out) throws IOException {
        Optional<Fraction> mu = bound();
        Optional<Fraction> eta = mu.map(any -> ((Step.Constant) instance.step()).eta());
        List<Integer> stated = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int k = 0; k < lines.size(); k++) {
            String conclusion =
                    Conclusion.of(accepted.theorems().get(k).statement()).orElse(null);
            if (conclusion != null) {
                stated.add(k + 1);
                expected.add(conclusion);
            }
        }
        out.write("Definition " + name + "_lines : list (N * conclusion bigZ) := [");
        for (int k = 0; k < stated.size(); k++) {
            out.write((k == 0 ? "" : ";") + "\n  (" + stated.get(k) + "%N, " + expected.get(k) + ")");
        }
        out.write("\n].\n\n");
        String claim = mu.isPresent() ? "(Some (" + fraction(eta.get()) + ", " + fraction(mu.get()) + "))" : "None";
        out.write("Theorem " + name + "_accepted :\n  accepts " + name + "_certificate " + name + "_lines\n    " + claim
                + " = true.\n");
        out.write("Proof. vm_cast_no_check (eq_refl true). Qed.\n\n");
        out.write("Theorem " + name + "_established :\n");
        out.write("  forall line, In line (established " + name + "_certificate) ->\n");
        out.write("  holds value_bigZ " + name + "_instance line.\n");
        out.write("Proof. exact (established_holds _). Qed.\n");
        for (int k = 0; k < stated.size(); k++) {
            int number = stated.get(k);
            out.write("\n(** " + lines.get(number - 1).rule() + " *)\n");
            out.write("Theorem " + name + "_line_" + number + " :\n  holds value_bigZ " + name + "_instance\n    ("
                    + expected.get(k) + ").\n");
            out.write("Proof.\napply (accepts_line _ _ _ " + name + "_accepted " + number + "%N).\n");
            out.write("right; ".repeat(k) + "left; reflexivity.\nQed.\n");
        }
        if (mu.isPresent()) {
            bound(out, eta.get(), mu.get());
        }
        out.write("\nPrint Assumptions " + name + (mu.isPresent() ? "_bound" : "_established") + ".\n");
    }

    private void bound(Writer out, Fraction eta, Fraction mu) throws IOException {
        out.write("\nLocal Open Scope R_scope.\n\n");
        out.write(
                "(** TF T is the output after T loops with the step eta; X and y are the data above over the scale. *)\n");
        out.write("Theorem " + name + "_bound :\n");
        out.write("  let n := " + instance.n() + "%nat in\n  let d := " + instance.d() + "%nat in\n");
        out.write("  let X := examples_X value_bigZ " + name + "_instance in\n");
        out.write("  let y := labels_y value_bigZ " + name + "_instance in\n");
        out.write("  let alpha := " + real(instance.alpha()) + " in\n");
        out.write("  let eta := " + real(eta) + " in\n");
        out.write("  let mu := " + real(mu) + " in\n");
        out.write("  let TF := transformer n d (fun _ => eta) (prompt n d X y vzero alpha) in\n");
        out.write("  forall theta, realizable n d X y theta -> forall T,\n");
        out.write("  Rabs (dot d (TF T) theta - alpha) <= Rabs alpha * (1 - eta * mu) ^ T.\n");
        out.write("Proof.\nintros n d X y alpha eta mu.\n");
        out.write("exact (accepts_bound _ _ _ _ alpha eta mu " + name + "_accepted\n");
        out.write("  (" + equation(instance.alpha()) + ")\n  (" + equation(eta) + ")\n  (" + equation(mu)
                + ")).\nQed.\n");
    }

    /** That the fraction of the data is the real number that is written. */
    private static String equation(Fraction value) {
        String p = parenthesised(value.numerator()) + "%Z";
        return value.denominator().equals(BigInteger.ONE)
                ? "fraction_integer " + fraction(value) + " " + p + " eq_refl eq_refl"
                : "fraction_quotient " + fraction(value) + " " + p + " " + value.denominator() + "%Z eq_refl eq_refl";
    }

    /** mu, where the certificate has all that the bound (1 - eta mu)^T needs. */
    private Optional<Fraction> bound() {
        boolean task = false;
        boolean small = false;
        Optional<Fraction> mu = Optional.empty();
        for (Theorem theorem : accepted.theorems()) {
            Statement statement = theorem.statement();
            task |= statement instanceof Statement.Realizable realizable
                    && realizable.normSquare().equals(Fraction.ONE);
            small |= statement instanceof Statement.SmallSteps;
            if (statement instanceof Statement.SmallestAtLeast low && low.rank() == instance.d()) {
                mu = mu.filter(known -> low.bound().atMost(known)).or(() -> Optional.of(low.bound()));
            }
        }
        boolean atZero = instance.start().stream().allMatch(entry -> entry.signum() == 0);
        boolean all = task && small && atZero && instance.step() instanceof Step.Constant;
        return all ? mu : Optional.empty();
    }

    private static String real(Fraction value) {
        return value.denominator().equals(BigInteger.ONE)
                ? parenthesised(value.numerator())
                : parenthesised(value.numerator()) + " / " + value.denominator();
    }

    private static String parenthesised(BigInteger value) {
        return value.signum() < 0 ? "(" + value + ")" : value.toString();
    }

    private static String fraction(Fraction value) {
        return "(Frac " + integer(value.numerator()) + " " + integer(value.denominator()) + ")";
    }

    /** One integer: a machine integer, or its digits over 2^62, the last one first, all of its sign. */
    private static String integer(BigInteger value) {
        return value.bitLength() < DIGIT
                ? "(of_int " + machine(value) + ")"
                : "(of_digits " + list(digits(value), CoqExport::machine) + ")";
    }

    private static String machine(BigInteger value) {
        return parenthesised(value) + "%sint63";
    }

    private static List<BigInteger> digits(BigInteger value) {
        List<BigInteger> result = new ArrayList<>();
        for (BigInteger rest = value; rest.signum() != 0; rest = rest.divide(RADIX)) {
            result.add(rest.remainder(RADIX));
        }
        return result;
    }

    /** A list of integers: of their last digits, of the ones before, and so on, as far as any of them goes. */
    private static String integers(List<BigInteger> values) {
        int longest = values.stream().mapToInt(BigInteger::bitLength).max().orElse(0);
        if (longest < DIGIT) {
            return "of_ints " + machines(values);
        }
        List<String> places = new ArrayList<>();
        List<BigInteger> rest = values;
        while (rest.stream().anyMatch(value -> value.signum() != 0)) {
            places.add(
                    machines(rest.stream().map(value -> value.remainder(RADIX)).toList()));
            rest = rest.stream().map(value -> value.divide(RADIX)).toList();
        }
        return "of_digit_lists [" + String.join(";\n      ", places) + "]";
    }

    private static String machines(List<BigInteger> values) {
        StringBuilder out = new StringBuilder("[");
        int column = WIDTH;
        for (int k = 0; k < values.size(); k++) {
            String next = parenthesised(values.get(k));
            column += next.length() + 2;
            if (column > WIDTH) {
                out.append(k == 0 ? "\n        " : ";\n        ");
                column = next.length();
            } else {
                out.append("; ");
            }
            out.append(next);
        }
        return out.append("]%sint63").toString();
    }

    private static <T> String list(List<T> items, Function<T, String> word) {
        return items.stream().map(word).collect(Collectors.joining("; ", "[", "]"));
    }

    /** How the fields of witnesses are written. */
    private static final class Wording {
        private Wording() {}

        static String count(Json value) {
            return ((Json.Int) value).value() + "%N";
        }

        static String text(Json value) {
            return ((Json.Str) value).text();
        }

        private static List<Json> items(Json value) {
            return ((Json.Arr) value).items();
        }

        private static String number(Json value) {
            String[] parts = text(value).split("/");
            return fraction(Fraction.of(
                    new BigInteger(parts[0]), parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1])));
        }

        private static String vector(Json value) {
            return list(items(value), Wording::number);
        }

        private static String whole(Json value) {
            List<BigInteger> values = items(value).stream()
                    .map(each -> new BigInteger(text(each)))
                    .toList();
            return values.isEmpty() ? "[]" : "(" + integers(values) + ")";
        }

        private static String matrix(Json value) {
            return items(value).stream().map(Wording::whole).collect(Collectors.joining(";\n      ", "[", "]"));
        }

        /** The argument of the constructor that this field is. */
        static String witness(String rule, String name, Json value) {
            switch (name) {
                case "bound", "lower", "upper", "residual" -> {
                    return number(value);
                }
                case "witness" -> {
                    return semidefinite((Json.Obj) value);
                }
                case "nullSpace" -> {
                    return matrix(value);
                }
                case "weight" -> {
                    return items(value).isEmpty()
                            ? "BigZ.zero"
                            : integer(new BigInteger(text(items(value).get(0))));
                }
                case "vector" -> {
                    return whole(value);
                }
                case "grid", "t", "bits" -> {
                    return count(value);
                }
                case "theta", "preimage" -> {
                    return vector(value);
                }
                case "theorem" -> {
                    return "Name" + constructor(text(value));
                }
                case "hypothesis" -> {
                    return HYPOTHESES.get(text(value));
                }
                case "iterates" -> {
                    return list(items(value), rule.equals("rounded-iterates") ? Wording::iterate : Wording::vector);
                }
                default -> throw new IllegalArgumentException("no words for the field " + name + " of " + rule);
            }
        }

        private static String iterate(Json value) {
            Json.Obj item = (Json.Obj) value;
            return "(" + count(field(item, "t")) + ", " + vector(field(item, "theta")) + ", "
                    + number(field(item, "distance")) + ")";
        }

        private static String semidefinite(Json.Obj witness) {
            return text(field(witness, "method")).equals("factor")
                    ? "(Factor " + count(field(witness, "scale")) + "\n     " + matrix(field(witness, "rows")) + ")"
                    : "Elimination";
        }
    }

    /** Conclusions as {@code Certificate.v} has them, of the kinds that {@code Establish.v} compares. */
    private static final class Conclusion {
        private Conclusion() {}

        static Optional<String> of(Statement statement) {
            if (statement instanceof Statement.StepEquivalence) {
                return Optional.of("IsEquivalent");
            } else if (statement instanceof Statement.LambdaMaxAtMost s) {
                return Optional.of("HasLambdaMaxAtMost " + fraction(s.bound()));
            } else if (statement instanceof Statement.SmallestAtLeast s) {
                return Optional.of("HasSmallestAtLeast " + fraction(s.bound()) + " " + s.rank() + "%N");
            } else if (statement instanceof Statement.LambdaMaxAtLeast s) {
                return Optional.of("HasLambdaMaxAtLeast " + fraction(s.bound()));
            } else if (statement instanceof Statement.SmallestAtMost s) {
                return Optional.of("HasSmallestAtMost " + fraction(s.bound()));
            } else if (statement instanceof Statement.Spectrum s) {
                return Optional.of("HasSpectrum " + s.rank() + "%N "
                        + fractions(
                                s.muLower(),
                                s.muUpper(),
                                s.smoothnessLower(),
                                s.smoothnessUpper(),
                                s.kappaLower(),
                                s.kappaUpper()));
            } else if (statement instanceof Statement.Contraction s) {
                return Optional.of("Contracts " + s.smallSteps() + " " + factor(s.factor()));
            } else if (statement instanceof Statement.NonContraction s) {
                return Optional.of("NotContracts " + fraction(s.gain()) + " " + s.everyLoop());
            } else if (statement instanceof Statement.PaperBound s) {
                return Optional.of("HasTheorem44 " + fractions(s.kappaLower(), s.kappaUpper()));
            } else if (statement instanceof Statement.TightBound s) {
                return Optional.of("HasTightBound " + factor(s.factor()));
            } else if (statement instanceof Statement.DoubledExponent) {
                return Optional.of("HasDoubledExponent");
            } else if (statement instanceof Statement.TwoSided s) {
                return Optional.of("IsTwoSided " + fractions(s.lower(), s.upper()));
            } else if (statement instanceof Statement.GeneralLabels s) {
                return Optional.of("HasGeneralLabels " + fraction(s.squaredScale()) + " " + factor(s.factor()));
            } else if (statement instanceof Statement.ErrorValue s) {
                return Optional.of(
                        "HasErrorValue " + s.replayed() + " " + s.t() + "%N " + fractions(s.lower(), s.upper()));
            }
            return Optional.empty();
        }

        private static String fractions(Fraction... values) {
            return Arrays.stream(values).map(CoqExport::fraction).collect(Collectors.joining(" "));
        }

        private static String factor(Statement.Factor factor) {
            if (factor instanceof Statement.Power power) {
                return "(Power " + fraction(power.base()) + " " + power.loops() + "%N)";
            }
            return factor instanceof Statement.Product product
                    ? "(Product " + fraction(product.mu()) + ")"
                    : "(Value " + fraction(((Statement.Value) factor).bound()) + ")";
        }
    }
}
