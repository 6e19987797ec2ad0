package org.loopcert.kernel;

import static org.loopcert.kernel.Refusal.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loopcert.kernel.Theorem.Named;
import org.loopcert.kernel.Verdict.Reason;

/**
 * Checks certificates. Reads the file strictly, decodes every line, derives each line's theorem
 * from the instance, the premises and the witness, and asks for the lines that the kind of
 * certificate must establish. Nothing that the file says about its own conclusions is believed.
 */
public final class Kernel {
    /** The one format version that this checker knows. */
    public static final String FORMAT = "loopcert/1";

    private static final List<Named<?>> RULES = List.of(
            new Named<>("symbolic-attention", "step-equivalence", new EquivalenceRules.SymbolicAttention()),
            new Named<>("replay", "step-equivalence", new EquivalenceRules.ReplaySteps()),
            new Named<>("lambda-max-at-most", new SpectrumRules.UpperLoewner()),
            new Named<>("smallest-positive-at-least", new SpectrumRules.LowerLoewner()),
            new Named<>("lambda-max-at-least", new SpectrumRules.LargestAtLeast()),
            new Named<>("smallest-positive-at-most", new SpectrumRules.SmallestAtMost()),
            new Named<>("spectrum", new SpectrumRules.Enclose()),
            new Named<>("exponential", new SpectrumRules.ExponentialRule()),
            new Named<>("small-steps", new ContractionRules.SmallStepsRule()),
            new Named<>("contraction-small-steps", "contraction", new ContractionRules.SmallStepContraction()),
            new Named<>("contraction-constant", "contraction", new ContractionRules.ConstantContraction()),
            new Named<>("contraction-schedule", "contraction", new ContractionRules.ScheduleContraction()),
            new Named<>("non-contraction-constant", "non-contraction", new ContractionRules.ConstantDivergence()),
            new Named<>("non-contraction-schedule", "non-contraction", new ContractionRules.ScheduleDivergence()),
            new Named<>("realizable", new TaskRules.RealizableRule()),
            new Named<>("least-squares", new TaskRules.LeastSquaresRule()),
            new Named<>("unmet", new TaskRules.UnmetRule()),
            new Named<>("theorem-4.4", new BoundRules.PaperBoundRule()),
            new Named<>("tight-bound", new BoundRules.TightBoundRule()),
            new Named<>("doubled-exponent", new BoundRules.DoubledExponentRule()),
            new Named<>("general-labels", new BoundRules.GeneralLabelsRule()),
            new Named<>("limit-error", new BoundRules.LimitErrorRule()),
            new Named<>("noise", new BoundRules.NoiseRule()),
            new Named<>("error-identity", new BoundRules.ErrorIdentityRule()),
            new Named<>("two-sided", new BoundRules.TwoSidedRule()),
            new Named<>("error-by-replay", "error-value", new ValueRules.ExactError()),
            new Named<>("error-by-powering", "error-value", new ValueRules.EnclosedError()),
            new Named<>("theorem-4.4-value", new ValueRules.PaperBoundValueRule()),
            new Named<>("rounded-iterates", new ValueRules.RoundedIteratesRule()),
            new Named<>("rounded-trajectory", new ValueRules.RoundedTrajectoryRule()));

    private final Limits.Meter meter;
    private int line;
    private String rule = "certificate";

    private Kernel(Limits limits) {
        meter = new Limits.Meter(limits);
    }

    /** The names of all rules. */
    public static Set<String> ruleNames() {
        return RULES.stream().map(Named::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Checks a certificate that holds its own instance. */
    public static Verdict check(byte[] certificate, Limits limits) {
        return new Kernel(limits).verdict(certificate, Optional.empty());
    }

    /**
     * Checks a certificate about the instance that was rebuilt from the user's own file.
     *
     * @param instance the canonical text of that instance
     */
    public static Verdict check(byte[] certificate, byte[] instance, Limits limits) {
        return new Kernel(limits).verdict(certificate, Optional.of(instance));
    }

    /** The SHA-256 by which a bound certificate names its instance. */
    public static String fingerprint(Json.Obj instance) {
        return Instance.sha256(instance);
    }

    private Verdict verdict(byte[] certificate, Optional<byte[]> own) {
        try {
            return accept(certificate, own);
        } catch (Refusal refusal) {
            return switch (refusal.kind) {
                case REJECTED -> new Verdict.Rejected(refusal.reason, line, rule, refusal.expected, refusal.found);
                case UNDECIDED -> new Verdict.Undecided(refusal.reason, line, rule, refusal.expected);
                case MALFORMED -> malformed(certificate, refusal);
            };
        }
    }

    private static Verdict malformed(byte[] bytes, Refusal refusal) {
        int row = 1;
        int column = 1;
        for (int i = 0; i < refusal.offset; i++) {
            column = bytes[i] == '\n' ? 1 : column + 1;
            row = bytes[i] == '\n' ? row + 1 : row;
        }
        return new Verdict.Malformed(row, column, refusal.offset, refusal.expected, refusal.found);
    }

    private Verdict accept(byte[] certificate, Optional<byte[]> own) throws Refusal {
        Json root = Json.read(certificate, meter.limits);
        Fields fields = Fields.of(root, meter);
        String format = fields.string("format");
        if (!format.equals(FORMAT)) {
            throw Refusal.malformed(fields.at(), "format " + FORMAT, Json.brief(format));
        }
        String kind = fields.string("kind");
        boolean refutation = kind.equals("refutation");
        if (!refutation && !kind.equals("certificate")) {
            throw Refusal.malformed(fields.at(), "kind certificate or refutation", Json.brief(kind));
        }
        String cost = cost(fields.object("cost"));
        Json written = fields.take("instance");
        List<Line<?>> lines = new ArrayList<>();
        for (Fields each : fields.objects("lines")) {
            lines.add(Line.read(each, lines.size() + 1));
        }
        if (fields.has("measured")) {
            fields.take("measured"); // what the producer measured; nothing follows from it
        }
        fields.end();
        Instance stated = stated(written);
        int longest = meter.longest();
        Instance instance = own.isPresent() ? own(own.get(), stated, written) : stated;
        if (instance == null) {
            throw Refusal.undecided(Reason.NEEDS_INPUT, "the file that the certificate's instance was read from");
        }
        rule = "cost";
        String actual = cost(instance.n(), instance.d(), instance.loops(), longest, certificate.length);
        require(cost.equals(actual), Reason.COST, actual, cost);
        Problem problem = new Problem(instance, meter);
        List<Theorem> theorems = new ArrayList<>();
        for (Line<?> each : lines) {
            line = theorems.size() + 1;
            rule = each.named().name();
            theorems.add(each.derive(problem, theorems));
        }
        line = 0;
        rule = "obligations";
        requireObligations(refutation, theorems);
        return new Verdict.Accepted(refutation, instance, theorems, own.isPresent());
    }

    /** The instance in the file; null where the file holds its hash only. */
    private Instance stated(Json written) throws Refusal {
        rule = "instance";
        Fields fields = Fields.of(written, meter);
        if (!fields.has("sha256")) {
            return Instance.read(written, meter);
        }
        String hash = fields.string("sha256");
        fields.end();
        if (hash.length() != 64 || !hash.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw Refusal.malformed(fields.at(), "a SHA-256 in lower case", Json.brief(hash));
        }
        return null;
    }

    /** The user's own instance, which must be the one that the certificate states or names by its hash. */
    private Instance own(byte[] text, Instance stated, Json written) throws Refusal {
        Instance given = read(text);
        Optional<String> difference = stated != null ? given.difference(stated) : Optional.of("another SHA-256");
        boolean same = stated != null
                ? difference.isEmpty()
                : Fields.of(written, meter).string("sha256").equals(given.sha256());
        require(same, Reason.OTHER_INSTANCE, "the instance of the given file", difference.orElse(""));
        return given;
    }

    private Instance read(byte[] text) throws Refusal {
        try {
            return Instance.read(Json.read(text, meter.limits), meter);
        } catch (Refusal refusal) {
            if (refusal.kind == Refusal.Kind.MALFORMED) {
                throw new IllegalArgumentException("not a canonical instance: " + refusal.getMessage(), refusal);
            }
            throw refusal;
        }
    }

    /** The declared cost: shape, loops, decimal digits of the longest integer outside cost and measured, file length. */
    private static String cost(Fields fields) throws Refusal {
        long most = Instance.MAX_LOOPS;
        String cost = cost(
                fields.count("n", 1, most),
                fields.count("d", 1, most),
                fields.count("loops", 0, most),
                fields.count("digits", 1, Integer.MAX_VALUE),
                fields.count("bytes", 1, most));
        fields.end();
        return cost;
    }

    /** The text by which costs are shown, and compared: it differs wherever a number does. */
    private static String cost(long n, long d, long loops, long digits, long bytes) {
        return "Cost[n=" + n + ", d=" + d + ", loops=" + loops + ", digits=" + digits + ", bytes=" + bytes + "]";
    }

    private static void requireObligations(boolean refutation, List<Theorem> theorems) throws Refusal {
        List<Class<? extends Statement>> needed = refutation
                ? List.of(Statement.NonContraction.class)
                : List.of(Statement.Equivalence.class, Statement.Spectrum.class, Statement.Contraction.class);
        for (Class<? extends Statement> kind : needed) {
            boolean found = false;
            for (Theorem theorem : theorems) {
                found |= kind.isInstance(theorem.statement());
            }
            require(found, Reason.MISSING_OBLIGATION, "a line that establishes " + kind.getSimpleName());
        }
    }

    /** A decoded line: its rule, the numbers of its premises and its witness. */
    private record Line<W>(Named<W> named, List<Integer> premises, W witness) {
        private static Line<?> read(Fields fields, int number) throws Refusal {
            fields.count("line", number, number);
            String name = fields.string("rule");
            for (Named<?> named : RULES) {
                if (named.name().equals(name)) {
                    return read(named, fields);
                }
            }
            throw Refusal.malformed(fields.at(), "a rule of " + FORMAT, Json.brief(name));
        }

        private static <W> Line<W> read(Named<W> named, Fields fields) throws Refusal {
            List<Integer> premises = fields.indices("premises", 1, Integer.MAX_VALUE);
            W witness = named.rule().read(fields);
            fields.end();
            return new Line<>(named, premises, witness);
        }

        private Theorem derive(Problem problem, List<Theorem> earlier) throws Refusal {
            List<Theorem> taken = new ArrayList<>();
            for (int premise : premises) {
                require(premise <= earlier.size(), Reason.PREMISE_ORDER, "an earlier line", "line " + premise);
                taken.add(earlier.get(premise - 1));
            }
            return Theorem.derive(named, problem, new Theorem.Premises(taken), witness);
        }
    }
}
