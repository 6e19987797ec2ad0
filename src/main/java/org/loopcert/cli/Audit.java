package org.loopcert.cli;

import ch.obermuhlner.math.big.BigRational;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.loopcert.audit.AuditPage;
import org.loopcert.certify.Certification;
import org.loopcert.certify.Certifier;
import org.loopcert.certify.CertifyOptions;
import org.loopcert.certify.InstanceAudit;
import org.loopcert.certify.Recording;
import org.loopcert.certify.UndecidedException;
import org.loopcert.drift.DriftAudit;
import org.loopcert.drift.RoundedRun;
import org.loopcert.drift.RunConfiguration;
import org.loopcert.input.Problem;
import org.loopcert.kernel.Statement;
import org.loopcert.kernel.Verdict;
import org.loopcert.report.FontsUnavailableException;
import org.loopcert.report.Page;
import org.loopcert.ring.RoundingFormat;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How far rounded runs of an instance are off the exact one. */
@Command(
        name = "audit",
        description =
                "Runs an instance in rounding formats, bit for bit, beside the exact path: how far each run is off, how far"
                        + " it can be off at most, where the drift comes from, and when it stops doing what the exact run does.",
        footer = {
            "",
            "Example:",
            "  java -jar target/loopcert.jar generate --family gaussian --n 16 --d 4 --seed 1 -o instance.json",
            "  java -jar target/loopcert.jar audit instance.json",
            "  java -jar target/loopcert.jar audit instance.json --formats binary32 --certify 1e-6 --report audit.html",
            "  java -jar target/loopcert.jar audit instance.json --formats binary64 --trajectory -o trajectory.json"
        })
final class Audit implements Callable<Integer> {
    private static final long LOOPS = 100_000;

    /** Bytes that an entry of an audited iterate takes, and an iterate beside its entries: rationals of 128 bits. */
    private static final long BYTES_PER_ENTRY = 2_000;

    private static final long BYTES_PER_STEP = 6_000;

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "INPUT", description = "an instance: .json, .csv, .tsv, .npy, .npz, .safetensors or .mtx")
    private Path input;

    @Mixin
    private InputArguments inputArguments;

    @Option(
            names = "--formats",
            paramLabel = "FORMAT",
            split = ",",
            converter = RoundedArguments.Format.class,
            completionCandidates = RoundedArguments.Formats.class,
            description = "among ${COMPLETION-CANDIDATES} (default: binary64,binary32,bfloat16)")
    private List<RoundingFormat> formats =
            List.of(RoundingFormat.BINARY64, RoundingFormat.BINARY32, RoundingFormat.BFLOAT16);

    @Mixin
    private RoundedArguments rounded;

    @Option(
            names = "--at",
            paramLabel = "t",
            split = ",",
            description = "loops to print, and to write into a certificate (default: 0,1,2,5,10,20,50,... and T)")
    private List<Long> at;

    @Option(
            names = "--certify",
            paramLabel = "EPS",
            converter = InputArguments.Exact.class,
            description =
                    "exit 0 if every format keeps every entry of every theta(t) less than EPS off, 1 if one does not;"
                            + " exact, such as 1e-6 or 1/3")
    private BigRational epsilon;

    @Option(
            names = "--precision",
            paramLabel = "DIGITS",
            description = "enclosures of the spectrum are at most 10^-DIGITS wide, relatively (default: 9)")
    private int precision = CertifyOptions.DEFAULT.relativeWidthDigits();

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "write a page with plots, tables and exact values")
    private Path report;

    @Option(names = "--csv", paramLabel = "FILE", description = "write every step and entry of every run")
    private Path table;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "write the certificate of the instance with the record of these runs; an existing file is replaced"
                            + " only by a complete one")
    private Path output;

    @Option(
            names = "--trajectory",
            description = "write all iterates of each run into the certificate, for the kernel to show how close to the"
                    + " least-squares solution they end by how far each step is off (rank d, steps up to 1/lambda_max)")
    private boolean trajectory;

    @Option(
            names = "--max-loops",
            paramLabel = "N",
            converter = LimitArguments.Count.class,
            description = "loops that are followed (default: 100000); beyond, the answer is undecided")
    private long maxLoops = LOOPS;

    @ArgGroup(validate = false, heading = LimitArguments.HEADING)
    private LimitArguments.Kernel limits = new LimitArguments.Kernel();

    @Mixin
    private ResultArguments result;

    Audit(Session session) {
        this.session = session;
    }

    /**
     * What was found.
     *
     * @param times the loops to show
     * @param below whether each run stays below EPS; empty if that was not asked
     * @param recording what the certificate records of the runs
     * @param certification the certificate with the record; empty if none was asked
     */
    record Found(
            Path input,
            Problem problem,
            InstanceAudit audit,
            List<Integer> times,
            Optional<BigRational> epsilon,
            List<DriftAudit.Within> below,
            Recording recording,
            Optional<Certification> certification) {
        /** The distances that the kernel recomputed, for each run that has any. */
        List<Optional<Statement.RoundedIterates>> checked() {
            return certification
                    .map(each -> recording.checked(each.verdict()))
                    .orElseGet(() -> Collections.nCopies(audit.runs().size(), Optional.empty()));
        }

        /** What the kernel found of the trajectories, for each run that has one. */
        List<Optional<Statement.RoundedTrajectory>> followed() {
            return certification
                    .map(each -> recording.followed(each.verdict()))
                    .orElseGet(() -> Collections.nCopies(audit.runs().size(), Optional.empty()));
        }

        /** Whether trajectories were asked for and at least one run has none. */
        boolean trajectoriesMissing() {
            return recording.trajectories() && followed().stream().anyMatch(Optional::isEmpty);
        }
    }

    @Override
    public Integer call() throws Exception {
        List<RunConfiguration> configurations =
                formats.stream().distinct().map(rounded::configuration).toList();
        CertifyOptions options = options();
        if (epsilon != null && epsilon.signum() <= 0) {
            throw usage("--certify: expected a positive distance, found " + epsilon.toRationalString());
        }
        requireFiles();
        Problem problem = inputArguments.read(input, limits.input(), session, result.quiet());
        requireAffordable(problem, configurations.size());
        List<Integer> times = times(problem.loops());
        return deliver(watched(problem, configurations, times, options));
    }

    private Found watched(
            Problem problem, List<RunConfiguration> configurations, List<Integer> times, CertifyOptions options)
            throws Failure {
        Progress progress = Progress.of(session, "auditing", -1, result.quiet());
        try {
            return found(problem, configurations, times, options);
        } finally {
            progress.close();
        }
    }

    private CertifyOptions options() {
        CertifyOptions standard = CertifyOptions.DEFAULT;
        try {
            return new CertifyOptions(
                    standard.evidence(), standard.backends(), precision, standard.bound(), limits.kernel());
        } catch (IllegalArgumentException e) {
            throw usage("--precision: " + e.getMessage());
        }
    }

    private void requireFiles() throws Failure {
        Set<Path> files = new TreeSet<>();
        for (Path file : new Path[] {output, report, table}) {
            if (file == null) {
                continue;
            }
            OutputFile.require(session, file, inputArguments.files(input));
            if (!files.add(file.toAbsolutePath().normalize())) {
                throw usage("expected -o, --report and --csv to name different files, found " + file + " twice");
            }
        }
    }

    private void requireAffordable(Problem problem, int runs) throws Failure {
        if (problem.loops() > maxLoops || problem.loops() > Integer.MAX_VALUE) {
            throw Failure.undecided("limit max-loops " + Math.min(maxLoops, Integer.MAX_VALUE) + ", needed "
                    + problem.loops() + " loops, each of which is followed (--loops says how many there are)");
        }
        if ((problem.loops() + 1) * problem.features() > RoundedRun.MAXIMUM_STORED) {
            throw Failure.undecided("a run keeps at most " + RoundedRun.MAXIMUM_STORED + " numbers, needed "
                    + (problem.loops() + 1) * problem.features() + " (fewer --loops need less)");
        }
        if (trajectory) {
            Optional<String> tooLong = Recording.tooLong(problem.loops(), problem.features(), runs);
            if (tooLong.isPresent()) {
                throw Failure.undecided("--trajectory: " + tooLong.get() + " (fewer --loops or --formats need less)");
            }
        }
        long perStep = BYTES_PER_STEP + BYTES_PER_ENTRY * problem.features();
        long bytes = Math.multiplyExact(problem.loops() + 1, Math.multiplyExact(perStep, runs));
        if (bytes > limits.memory()) {
            throw Failure.undecided("limit max-memory " + limits.memory() + ", needed " + bytes
                    + " bytes, estimated (fewer --loops or --formats need less)");
        }
    }

    private List<Integer> times(long loops) {
        TreeSet<Integer> times = new TreeSet<>();
        if (at == null) {
            times.add(0);
            for (long decade = 1; decade <= loops; decade *= 10) {
                for (long t : new long[] {decade, 2 * decade, 5 * decade}) {
                    if (t < loops) {
                        times.add(Math.toIntExact(t));
                    }
                }
            }
            times.add(Math.toIntExact(loops));
            return List.copyOf(times);
        }
        for (long t : at) {
            if (t < 0 || t > loops) {
                throw usage("--at: expected loops from 0 to T = " + loops + ", found " + t);
            }
            times.add(Math.toIntExact(t));
        }
        return List.copyOf(times);
    }

    private Found found(
            Problem problem, List<RunConfiguration> configurations, List<Integer> times, CertifyOptions options)
            throws Failure {
        InstanceAudit audit;
        try {
            audit = InstanceAudit.of(problem, configurations, precision, limits.bits());
        } catch (UndecidedException e) {
            throw Failure.undecided(e.getMessage());
        }
        List<DriftAudit.Within> below = epsilon == null
                ? List.of()
                : audit.runs().stream().map(run -> run.below(epsilon)).toList();
        List<Integer> written = epsilon == null
                ? times
                : IntStream.rangeClosed(0, audit.instance().loops()).boxed().toList();
        Recording recording = new Recording(audit.runs(), written, Optional.ofNullable(epsilon), trajectory);
        Optional<Certification> certification = output == null && report == null && !trajectory
                ? Optional.empty()
                : Optional.of(inOptions(Certifier.certify(problem, options, recording)));
        return new Found(input, problem, audit, times, Optional.ofNullable(epsilon), below, recording, certification);
    }

    /** The same with a verdict that names the options. */
    private Certification inOptions(Certification made) {
        return new Certification(made.certificate(), limits.inOptions(made.verdict()), made.undecided());
    }

    private int deliver(Found found) throws Failure, IOException {
        boolean certified = found.certification()
                .map(each -> each.verdict() instanceof Verdict.Accepted)
                .orElse(false);
        // everything is made before anything is written
        String page = report == null ? null : page(found).html();
        if (table != null) {
            OutputFile.replace(session, table, writer -> DriftTable.write(found.audit(), found.problem(), writer));
        }
        if (report != null) {
            OutputFile.replace(session, report, writer -> writer.write(page));
        }
        if (output != null && certified) {
            String text = new String(found.certification().get().certificate(), StandardCharsets.US_ASCII);
            OutputFile.replace(session, output, writer -> writer.write(text));
        }
        session.delivery().begin();
        AuditResult shown = new AuditResult(found);
        if (result.json()) {
            ResultArguments.print(session, shown.json());
        } else if (!result.quiet()) {
            shown.print(session);
        }
        if (!result.quiet()) {
            notes(certified);
        }
        int code = shown.code();
        boolean missing = output != null && !certified || found.trajectoriesMissing();
        return missing ? ExitCode.worse(code, ExitCode.UNDECIDED) : code;
    }

    private Page page(Found found) throws Failure {
        try {
            return AuditPage.of(
                    found.input().getFileName().toString(),
                    found.problem(),
                    found.audit(),
                    found.epsilon(),
                    found.certification().orElseThrow(),
                    found.recording());
        } catch (FontsUnavailableException e) {
            throw Failure.unusable("--report: " + e.getMessage(), e);
        }
    }

    private void notes(boolean certified) {
        List<Path> written = new ArrayList<>();
        for (Path file : new Path[] {table, report, certified ? output : null}) {
            if (file != null) {
                written.add(file);
            }
        }
        written.forEach(file -> session.err().println("note: wrote " + file));
        if (output != null && !certified) {
            session.err().println("note: no certificate was written");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
