package org.loopcert.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.loopcert.certificate.Texts;
import org.loopcert.certify.CertificateTree;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.certify.Naive;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.InputReader;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.Kernel;
import org.loopcert.kernel.Limits;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Theorem;
import org.loopcert.kernel.Verdict;
import org.loopcert.ring.RationalField;

/** From the files of the shared data sets to accepted certificates, held against their exact ground truth. */
class GroundTruthAcceptanceTest {
    private static final BigRational WIDTH = RationalField.of(1, 1_000_000_000);

    /** An instance of the shared data: its truth and its file. */
    record Source(JsonNode truth, Path file) {
        @Override
        public String toString() {
            return truth.get("id").asText();
        }

        Problem problem(BigRational eta, long loops) throws InputException {
            List<String> features = new ArrayList<>();
            truth.get("x").forEach(name -> features.add(name.asText()));
            InputOptions options = new InputOptions(
                    Optional.of(truth.get("y").asText()),
                    Optional.of(features),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(loops),
                    Optional.empty(),
                    Optional.of(new StepSpec.Constant(eta)),
                    InputOptions.Loss.SUM,
                    Optional.empty(),
                    Optional.empty());
            return InputReader.read(file, options, InputLimits.DEFAULT);
        }
    }

    static List<Source> csv() throws IOException {
        String folder = System.getProperty("loopcert.data", "");
        Path root = Path.of(folder);
        Path file = root.resolve("public").resolve("groundtruth.json");
        assumeTrue(
                !folder.isEmpty() && Files.isRegularFile(file),
                "set the system property loopcert.data to the folder that holds public/groundtruth.json");
        List<Source> sources = new ArrayList<>();
        for (JsonNode truth : new ObjectMapper().readTree(file.toFile()).get("instances")) {
            if (truth.get("format").asText().equals("csv")) {
                sources.add(new Source(truth, root.resolve(truth.get("file").asText())));
            }
        }
        assertThat(sources).isNotEmpty();
        return sources;
    }

    static List<Source> withRationalLambdaMax() throws IOException {
        List<Source> sources = csv().stream()
                .filter(source -> source.truth().get("lambda_max").get("exact").isTextual())
                .toList();
        assertThat(sources).isNotEmpty();
        return sources;
    }

    /** Gradient descent from zero in plain rationals. */
    private static final class Descent {
        private final BigRational[][] gram;
        private final BigRational[] moment;
        private final Map<BigRational, List<BigRational[]>> paths = new HashMap<>();

        Descent(Problem problem) {
            BigRational[][] x = problem.x().toLists().stream()
                    .map(row -> row.toArray(BigRational[]::new))
                    .toArray(BigRational[][]::new);
            BigRational[][] transposed = Naive.transpose(x);
            gram = Naive.multiply(transposed, x);
            moment = Naive.multiply(transposed, problem.y().toList().toArray(BigRational[]::new));
        }

        BigRational[] theta(BigRational eta, int t) {
            List<BigRational[]> path = paths.computeIfAbsent(
                    eta, step -> new ArrayList<>(List.<BigRational[]>of(Naive.zero(moment.length))));
            while (path.size() <= t) {
                BigRational[] last = path.get(path.size() - 1);
                BigRational[] gradient = Naive.subtract(Naive.multiply(gram, last), moment);
                path.add(Naive.subtract(last, Naive.scale(eta, gradient)));
            }
            return path.get(t);
        }
    }

    /** The canonical hash of the data sets: one reduced p/q a line. */
    private static String hash(BigRational[] vector) {
        List<String> lines = Arrays.stream(vector)
                .map(value -> value.getNumeratorBigInteger() + "/" + value.getDenominatorBigInteger())
                .toList();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireEnclosed(Fraction lower, Fraction upper, JsonNode truth) {
        BigRational low = Naive.rational(lower);
        BigRational high = Naive.rational(upper);
        BigRational from;
        BigRational to;
        if (truth.get("exact").isTextual()) {
            from = Naive.rational(truth.get("exact").asText());
            to = from;
        } else { // the true value is truncated to 30 digits
            BigDecimal digits = new BigDecimal(truth.get("digits30").asText());
            from = RationalField.canonical(BigRational.valueOf(digits));
            to = RationalField.canonical(BigRational.valueOf(digits.add(digits.ulp())));
        }
        assertThat(low.signum()).isPositive();
        assertThat(Naive.atMost(low, from)).isTrue();
        assertThat(Naive.atMost(to, high)).isTrue();
        assertThat(Naive.atMost(Naive.subtract(high, low), Naive.multiply(WIDTH, low)))
                .isTrue();
    }

    private static <S extends Statement> S only(Verdict.Accepted accepted, Class<S> kind) {
        List<S> found = accepted.theorems().stream()
                .map(Theorem::statement)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Verdict.Accepted accepted(Certification certification) {
        assertThat(certification.verdict()).isInstanceOf(Verdict.Accepted.class);
        return (Verdict.Accepted) certification.verdict();
    }

    @ParameterizedTest
    @MethodSource("csv")
    void everyRunIsDecidedAndEveryNumberIsTrue(Source source) throws InputException {
        Descent descent = new Descent(source.problem(Naive.ONE, 1));
        for (JsonNode run : source.truth().get("gd")) {
            assertThat(run.get("theta0").asText()).isEqualTo("0");
            BigRational eta = Naive.rational(run.get("eta").asText());
            int loops = run.get("T").asInt();
            BigRational[] last = descent.theta(eta, loops);
            assertThat(hash(last)).isEqualTo(run.get("theta_T_sha256").asText());

            Certification certification = Certifier.certify(source.problem(eta, loops), CertifyOptions.DEFAULT);
            Verdict.Accepted accepted = accepted(certification);
            assertThat(accepted.refutation()).isEqualTo(!run.get("contraction").asBoolean());
            requireExactReplay(certification.certificate(), loops, last);

            Statement.Spectrum spectrum = only(accepted, Statement.Spectrum.class);
            assertThat(spectrum.rank()).isEqualTo(source.truth().get("rank").asInt());
            requireEnclosed(
                    spectrum.smoothnessLower(),
                    spectrum.smoothnessUpper(),
                    source.truth().get("lambda_max"));
            requireEnclosed(
                    spectrum.muLower(), spectrum.muUpper(), source.truth().get("lambda_min_positive"));
            if (accepted.refutation()) {
                only(accepted, Statement.NonContraction.class);
            } else {
                requireTrueValues(source, accepted, descent, eta, loops);
            }
        }
    }

    private static void requireTrueValues(
            Source source, Verdict.Accepted accepted, Descent descent, BigRational eta, int loops) {
        only(accepted, Statement.Contraction.class);
        BigRational[] solution =
                Naive.rationals(only(accepted, Statement.LeastSquares.class).theta());
        assertThat(hash(solution))
                .isEqualTo(source.truth().get("theta_star").get("sha256").asText());
        List<Statement.ErrorValue> values = accepted.theorems().stream()
                .map(Theorem::statement)
                .filter(Statement.ErrorValue.class::isInstance)
                .map(Statement.ErrorValue.class::cast)
                .toList();
        assertThat(values).extracting(Statement.ErrorValue::t).contains((long) loops);
        for (Statement.ErrorValue value : values) {
            BigRational[] theta = descent.theta(eta, Math.toIntExact(value.t()));
            BigRational error = Naive.abs(Naive.dot(Naive.subtract(theta, solution), solution));
            assertThat(Naive.atMost(Naive.rational(value.lower()), error)).isTrue();
            assertThat(Naive.atMost(error, Naive.rational(value.upper()))).isTrue();
        }
    }

    /** The kernel's own replay ends at these numbers: it accepts them as iterates at distance 0, and no others. */
    private static void requireExactReplay(byte[] certificate, int loops, BigRational[] theta) {
        assertThat(withIterate(certificate, loops, theta)).isInstanceOf(Verdict.Accepted.class);
        BigRational[] other = theta.clone();
        BigRational tiny = RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(500));
        other[other.length - 1] = Naive.add(other[other.length - 1], tiny);
        assertThat(withIterate(certificate, loops, other)).isInstanceOf(Verdict.Rejected.class);
    }

    private static Verdict withIterate(byte[] certificate, int loops, BigRational[] theta) {
        ObjectNode tree = CertificateTree.read(certificate);
        ArrayNode lines = (ArrayNode) tree.get("lines");
        ObjectNode line = lines.addObject();
        line.put("line", lines.size()).put("rule", "rounded-iterates").putArray("premises");
        ObjectNode iterate = line.putArray("iterates").addObject().put("t", loops);
        ArrayNode entries = iterate.putArray("theta");
        for (BigRational entry : theta) {
            entries.add(Texts.fraction(entry));
        }
        iterate.put("distance", "0");
        return Kernel.check(CertificateTree.write(tree), Limits.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("withRationalLambdaMax")
    void theStepTwoOverLambdaMaxIsTheBorder(Source source) throws InputException {
        BigRational border = Naive.divide(
                Naive.integer(2),
                Naive.rational(source.truth().get("lambda_max").get("exact").asText()));
        BigRational part = RationalField.of(BigInteger.ONE, BigInteger.ONE.shiftLeft(200));
        BigRational below = Naive.multiply(border, Naive.subtract(Naive.ONE, part));
        BigRational above = Naive.multiply(border, Naive.add(Naive.ONE, part));
        for (BigRational eta : List.of(below, border, above)) {
            Verdict.Accepted accepted = accepted(Certifier.certify(source.problem(eta, 7), CertifyOptions.DEFAULT));
            assertThat(accepted.refutation()).as("eta = %s", eta).isEqualTo(!eta.equals(below));
            assertThat(accepted.theorems().stream().map(Theorem::statement))
                    .hasAtLeastOneElementOfType(
                            eta.equals(below) ? Statement.Contraction.class : Statement.NonContraction.class);
        }
    }
}
