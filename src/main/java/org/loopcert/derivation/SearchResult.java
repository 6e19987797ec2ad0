package org.loopcert.derivation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the search for a counterexample to a line came to. */
public sealed interface SearchResult {
    /** Values that satisfy every hypothesis and at which the line is false. The kernel decided it. */
    record Refuted(Refutation refutation) implements SearchResult {}

    /**
     * None was found. That does not make the line true.
     *
     * @param ranges the least and the largest value of each integer at which instances were tried
     * @param satisfying how many different instances satisfied all hypotheses
     * @param holding at how many of them the line is true; at the others it is undefined or not decided
     * @param attempts how many were begun
     * @param obstacle why there can be none that values alone show, or empty
     */
    record Undecided(Map<String, Range> ranges, int satisfying, int holding, int attempts, String obstacle)
            implements SearchResult {
        public Undecided {
            ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
        }

        /** The tried values of an integer, both ends included. */
        public record Range(int from, int to) {
            Range with(int value) {
                return new Range(Math.min(from, value), Math.max(to, value));
            }
        }

        static Undecided because(String obstacle) {
            return new Undecided(Map.of(), 0, 0, 0, obstacle);
        }

        static Undecided tried(
                List<Map<String, Integer>> integers, int satisfying, int holding, int attempts, String obstacle) {
            Map<String, Range> ranges = new LinkedHashMap<>();
            for (Map<String, Integer> each : integers) {
                each.forEach((name, value) ->
                        ranges.merge(name, new Range(value, value), (range, one) -> range.with(value)));
            }
            return new Undecided(ranges, satisfying, holding, attempts, obstacle);
        }
    }
}
