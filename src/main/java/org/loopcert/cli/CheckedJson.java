package org.loopcert.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.loopcert.certificate.ResultJson;

/** The results of {@code check --json}. */
final class CheckedJson {
    private final ArrayNode list = JsonNodeFactory.instance.arrayNode();

    /**
     * Keeps the result of a file.
     *
     * @param asExpected whether the manifest expected it, where there is one
     */
    void add(Checked checked, Optional<Boolean> asExpected) {
        ObjectNode json = of(checked);
        asExpected.ifPresent(matches -> json.put("asExpected", matches));
        list.add(json);
    }

    /** Prints all results, or the only one by itself. */
    void print(Session session, boolean single) {
        ResultArguments.print(session, single ? list.get(0) : list);
    }

    /** The result for one file. */
    static ObjectNode of(Checked checked) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", checked.file().toString());
        if (checked instanceof Checked.Decided decided) {
            json.setAll(ResultJson.of(decided.verdict(), decided.bytes(), List.of()));
        } else if (checked instanceof Checked.Counterexample counterexample) {
            json.setAll(counterexample.found().json());
        } else if (checked instanceof Checked.Unread unread) {
            json.setAll(unread.details().orElseGet(() -> ResultJson.unread(unread.word(), unread.because())));
        }
        return json;
    }
}
