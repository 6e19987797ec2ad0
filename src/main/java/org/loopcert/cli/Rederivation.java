package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loopcert.certificate.CertificateText;
import org.loopcert.certificate.Explanation.Established;
import org.loopcert.certificate.Texts;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputLimits;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Verdict;
import org.loopcert.matrix.Matrix;
import org.loopcert.matrix.Vector;

/**
 * What the lines before the first failing one established. A verdict that is not accepted carries no theorems, and they
 * are not rebuilt here by hand: the kernel derives the same lines again in a file that it can accept. That is the
 * certificate cut off before the failing line, or, where that misses what every certificate must establish, the same
 * lines followed by those of a certificate that this program makes of the same instance; only the theorems of the first
 * part are used.
 */
final class Rederivation {
    /** Texts longer than this are not certified anew only to repeat what they said. */
    private static final int LONGEST_TEXT = 200_000;

    private static final long MOST_ENTRIES = 4_096;

    private static final InputLimits LONG = InputLimits.DEFAULT.withNumberCaps(1_000_000, 1_000_000);

    private final Limits limits;

    Rederivation(Limits limits) {
        this.limits = limits;
    }

    /**
     * What precedes the failing line of a file that is not accepted.
     *
     * @param own the canonical instance of the user's own file, where the verdict is about it
     */
    Established before(Verdict verdict, byte[] file, Optional<byte[]> own) {
        int derived = 0;
        if (verdict instanceof Verdict.Rejected rejected) {
            derived = rejected.reason() == Verdict.Reason.MISSING_OBLIGATION
                    ? CertificateText.of(file).lines().size()
                    : Math.max(0, rejected.line() - 1);
        } else if (verdict instanceof Verdict.Undecided undecided) {
            derived = Math.max(0, undecided.line() - 1);
        }
        if (derived == 0) {
            return new Established(0, List.of(), "No line was derived before it.");
        }
        return before(derived, CertificateText.of(file), file.length, own);
    }

    private Established before(int derived, CertificateText text, int length, Optional<byte[]> own) {
        String count = derived == 1 ? "The first line was derived" : "The first " + derived + " lines were derived";
        String byVerdict = count + " before it: the kernel goes through the lines in order and stops at the first that"
                + " fails.";
        if (check(text.prefix(derived), own) instanceof Verdict.Accepted accepted) {
            return new Established(
                    derived,
                    accepted.theorems(),
                    byVerdict
                            + " The kernel accepts the certificate cut off before it, with its cost declared anew; these"
                            + " are its theorems.");
        }
        Json.Obj instance = own.isPresent() ? null : text.instance();
        boolean affordable = instance != null && length <= LONGEST_TEXT && (long) text.n() * text.d() <= MOST_ENTRIES;
        if (affordable) {
            Optional<CertificateText> made = certified(instance);
            if (made.isPresent() && check(text.prefix(derived, made.get()), own) instanceof Verdict.Accepted accepted) {
                return new Established(
                        derived,
                        accepted.theorems().subList(0, derived),
                        byVerdict
                                + " Alone they are no certificate, so the kernel derived them again, followed by lines"
                                + " that this program made of the same instance; these are the theorems of the first "
                                + derived + ", which use none of the lines that follow.");
            }
        }
        return new Established(
                derived,
                List.of(),
                byVerdict + " Alone they are no certificate"
                        + (affordable
                                ? " and no certificate of the instance could be made that completes them"
                                : own.isPresent()
                                        ? ""
                                        : ", and the file is too long to complete them by a certificate made anew")
                        + ", so that their conclusions are not repeated, only what their rules are for and the numbers of their witnesses.");
    }

    private Verdict check(byte[] certificate, Optional<byte[]> own) {
        return own.isPresent() ? Kernel.check(certificate, own.get(), limits) : Kernel.check(certificate, limits);
    }

    private Optional<CertificateText> certified(Json.Obj instance) {
        if (((Json.Obj) field(instance, "step")).values().contains(Texts.array(List.of()))) {
            return Optional.empty(); // a schedule of no loops neither contracts nor is refuted
        }
        CertifyOptions options = new CertifyOptions(
                CertifyOptions.Evidence.THEOREM,
                Set.of(CertifyOptions.Backend.SCALED),
                CertifyOptions.DEFAULT.relativeWidthDigits(),
                false,
                limits);
        Certification made = Certifier.certify(problem(instance), options);
        return made.verdict() instanceof Verdict.Accepted
                ? Optional.of(CertificateText.of(made.certificate()))
                : Optional.empty();
    }

    /** The instance of a certificate, which is inside the grammar. */
    private static Problem problem(Json.Obj instance) {
        Matrix<BigRational> x = Matrix.of(((Json.Arr) field(instance, "X"))
                .items().stream().map(Rederivation::numbers).toList());
        Optional<Vector<BigRational>> theta = instance.names().contains("theta")
                ? Optional.of(Vector.of(numbers(field(instance, "theta"))))
                : Optional.empty();
        List<String> names =
                IntStream.rangeClosed(1, x.columns()).mapToObj(j -> "x" + j).toList();
        return new Problem(
                x,
                Vector.of(numbers(field(instance, "y"))),
                theta,
                number(field(instance, "alpha")),
                Vector.of(numbers(field(instance, "start"))),
                ((Json.Int) field(instance, "loops")).value(),
                step((Json.Obj) field(instance, "step")),
                names,
                "y");
    }

    private static StepSpec step(Json.Obj step) {
        return switch (((Json.Str) field(step, "kind")).text()) {
            case "constant" -> new StepSpec.Constant(number(field(step, "eta")));
            case "schedule" -> new StepSpec.Schedule(numbers(field(step, "etas")));
            default -> new StepSpec.LambdaMax();
        };
    }

    private static List<BigRational> numbers(Json array) {
        return ((Json.Arr) array).items().stream().map(Rederivation::number).toList();
    }

    private static BigRational number(Json value) {
        return ExactDecimal.parse(((Json.Str) value).text(), LONG);
    }

    private static Json field(Json.Obj object, String name) {
        int at = object.names().indexOf(name);
        if (at < 0) {
            throw new IllegalStateException("an instance without " + name);
        }
        return object.values().get(at);
    }
}
