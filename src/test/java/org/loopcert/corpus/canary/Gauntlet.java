package org.loopcert.corpus.canary;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.corpus.canary.StoredCorpus.Case;
import org.loopcert.corpus.canary.StoredCorpus.Outcome;

/** Runs a kernel through the corpus until a file gets another outcome than its manifest names. */
final class Gauntlet {
    /** A broken kernel may take this many times the backward jumps of the sound one, and some more. */
    private static final long FUEL_FACTOR = 4;

    private static final long FUEL_BASE = 50_000;

    /** Anything that judges certificates. */
    interface Checker {
        /** What it says about a file, with at most so many backward jumps. */
        Outcome check(Case file, long fuel);
    }

    private final List<Case> cases;
    private final Map<Case, Long> fuel = new HashMap<>();
    private final Reach reach;

    /** A file on which a kernel fails the corpus. */
    record Difference(Case file, Outcome found) {
        private boolean isOne() {
            return !file.expected().isMetBy(found);
        }

        @Override
        public String toString() {
            return file.name() + ": expected " + file.expected() + ", found " + found;
        }
    }

    private Gauntlet(List<Case> cases, Reach reach) {
        this.cases = cases;
        this.reach = reach;
    }

    /**
     * Measures on the unchanged kernel what each file needs, and which of the changes can concern it; it must meet every
     * expectation.
     *
     * @param canaries all whose changes, alone or together, will be asked for
     */
    static Gauntlet of(List<Case> cases, List<Canary> canaries) throws ReflectiveOperationException {
        Reach reach = new Reach(SideConditions.CERTIFICATES.refusals(), canaries);
        Gauntlet gauntlet = new Gauntlet(cases, reach);
        CanaryKernel sound = new CanaryKernel(reach.marked(CanaryKernel::compiledClass));
        reach.initialise(sound, CanaryKernel.classes().keySet());
        for (Case file : cases) {
            Outcome found = sound.check(file, Long.MAX_VALUE);
            if (!file.expected().isMetBy(found)) {
                throw new AssertionError("the sound kernel differs: " + new Difference(file, found));
            }
            reach.endRun();
            gauntlet.fuel.put(file, FUEL_BASE + FUEL_FACTOR * Fuel.used());
        }
        return gauntlet;
    }

    /** The first difference; files that expect the reason of the canary come first, then the short ones. */
    Optional<Difference> firstDifference(Canary canary) throws ReflectiveOperationException {
        return firstDifference(canary, canary.reason());
    }

    /** The first difference; files that expect the given reason, or verdict, come first, then the short ones. */
    Optional<Difference> firstDifference(Canary canary, Optional<String> first) throws ReflectiveOperationException {
        Checker broken = canary.load();
        return reach.of(canary).stream()
                .mapToObj(cases::get)
                .sorted(Comparator.comparing((Case file) -> !expects(file, first))
                        .thenComparing(file -> file.certificate().length))
                .map(file -> new Difference(file, broken.check(file, fuel.get(file))))
                .filter(Difference::isOne)
                .findFirst();
    }

    /** All differences, of any checker. */
    List<Difference> differences(Checker checker) {
        return cases.stream()
                .map(file -> new Difference(file, checker.check(file, fuel.get(file))))
                .filter(Difference::isOne)
                .toList();
    }

    /** How many files expect this verdict. */
    long expecting(String verdict) {
        return cases.stream()
                .filter(file -> file.expected().verdict().equals(verdict))
                .count();
    }

    private static boolean expects(Case file, Optional<String> reason) {
        return reason.isPresent()
                && (reason.equals(file.expected().reason())
                        || reason.get().equals(file.expected().verdict()));
    }
}
