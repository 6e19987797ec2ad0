package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.loopcert.claim.CommandFailedException;

/** Runs the commands that claims rest on in this process, and reads off what they find. */
final class ClaimCommands {
    private static final String REPRODUCE = "reproduce ";

    private ClaimCommands() {}

    /**
     * The outcome of every finding, named by its id and its arithmetic.
     *
     * @param arguments of {@code reproduce NAME}
     * @throws CommandFailedException if it is another command, or does not end with exit code 0
     */
    static Map<String, String> run(String arguments) throws CommandFailedException {
        if (!arguments.startsWith(REPRODUCE)) {
            throw new CommandFailedException("only reproduce NAME has findings");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int code = Main.commandLine(session).execute((arguments + " --json").split(" "));
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

    private static JsonNode json(ByteArrayOutputStream out) {
        try {
            return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is not JSON", e);
        }
    }
}
