package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.loopcert.claim.CommandFailedException;
import org.loopcert.claim.ShippedCounterexamples;
import org.loopcert.derivation.Refutation;
import org.loopcert.derivation.ShippedDerivations;
import org.loopcert.kernel.Limits;

/** Runs the commands that claims rest on in this process, and reads off what they find. */
final class ClaimCommands {
    private static final String REPRODUCE = "reproduce ";
    private static final String COUNTEREXAMPLE = "check " + ShippedCounterexamples.FOLDER;
    private static final String SUFFIX = ".json";

    private ClaimCommands() {}

    /**
     * The outcome of every finding, named by its id and its arithmetic; of a counterexample its verdict, and the derivation
     * and the line that it refutes.
     *
     * @param arguments of {@code reproduce NAME}, or {@code check} of a counterexample on board
     * @throws CommandFailedException if it is another command, or does not end with exit code 0
     */
    static Map<String, String> run(String arguments) throws CommandFailedException {
        if (arguments.startsWith(COUNTEREXAMPLE) && arguments.endsWith(SUFFIX)) {
            return counterexample(arguments.substring(COUNTEREXAMPLE.length(), arguments.length() - SUFFIX.length()));
        }
        if (!arguments.startsWith(REPRODUCE)) {
            throw new CommandFailedException("only reproduce NAME and check of a counterexample have findings");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int code = Commands.line(session).execute((arguments + " --json").split(" "));
        session.out().flush();
        if (code != ExitCode.ACCEPTED) {
            throw new CommandFailedException("exit code " + code + ", "
                    + err.toString(StandardCharsets.UTF_8).strip());
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (JsonNode finding : json(out).path("findings")) {
            found.put(
                    finding.path("id").asText() + " ["
                            + finding.path("arithmetic").asText() + "]",
                    finding.path("outcome").asText());
        }
        return found;
    }

    private static Map<String, String> counterexample(String name) throws CommandFailedException {
        byte[] file = ShippedCounterexamples.file(name)
                .orElseThrow(() -> new CommandFailedException("no counterexample " + name + " is on board"));
        Refutation refutation = refutation(file, Optional.empty());
        String derivation = refutation.derivation().id();
        // that the certificate holds the text that the claim rests on, not another of its name
        String text = ShippedDerivations.text(derivation)
                .orElseThrow(() -> new CommandFailedException("no derivation " + derivation + " is on board"));
        refutation(file, Optional.of(text));
        Map<String, String> found = new LinkedHashMap<>();
        found.put("verdict", "accepted");
        found.put("derivation", derivation);
        found.put("line", refutation.line().part() + "." + refutation.line().step());
        return found;
    }

    private static Refutation refutation(byte[] file, Optional<String> own) throws CommandFailedException {
        CounterexampleCheck check = CounterexampleCheck.of(file, own, Limits.DEFAULT);
        return check.refutation().orElseThrow(() -> new CommandFailedException(check.word() + ", " + check.because()));
    }

    private static JsonNode json(ByteArrayOutputStream out) {
        try {
            return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is not JSON", e);
        }
    }
}
