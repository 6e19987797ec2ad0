package org.loopcert.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Option;

/** How results are shown. */
final class ResultArguments {
    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "no summary, no notes, no progress; the exit code is the answer")
    private boolean quiet;

    ResultArguments() {}

    /** As such options give it. */
    ResultArguments(boolean json, boolean quiet) {
        this.json = json;
        this.quiet = quiet;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    /** Prints a JSON value on indented lines. */
    static void print(Session session, JsonNode value) {
        try {
            session.out()
                    .println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result has no JSON form", e);
        }
    }
}
