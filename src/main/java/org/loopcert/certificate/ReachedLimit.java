package org.loopcert.certificate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that a check or a reader reached, as its message says: {@code limit max-bits 10, needed 27 bits}.
 *
 * @param name such as {@code max-bits}
 * @param allowed how much of it is allowed
 * @param needed how much is needed at least; the work ends where this much is known
 * @param unit what is counted; empty where the name says it
 */
public record ReachedLimit(String name, BigInteger allowed, BigInteger needed, String unit) {
    private static final Pattern MESSAGE = Pattern.compile(
            "limit (max-[a-z]{1,20}) ([0-9]{1,40})([a-z ]{0,20}), needed (?:more than |d = )?([0-9]{1,40})?");

    /** The limit that a message names, if it does. */
    public static Optional<ReachedLimit> of(String message) {
        Matcher matcher = MESSAGE.matcher(message);
        if (!matcher.find()) {
            return Optional.empty();
        }
        BigInteger allowed = new BigInteger(matcher.group(2));
        // where no figure is given, one more was found
        BigInteger needed = matcher.group(4) == null ? allowed.add(BigInteger.ONE) : new BigInteger(matcher.group(4));
        return Optional.of(new ReachedLimit(
                matcher.group(1), allowed, needed, matcher.group(3).strip()));
    }

    /** {@code {"name", "allowed", "needed"}}, and the unit where there is one. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("allowed", allowed);
        json.put("needed", needed);
        if (!unit.isEmpty()) {
            json.put("unit", unit);
        }
        return json;
    }
}
