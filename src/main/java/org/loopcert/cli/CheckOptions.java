package org.loopcert.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run of {@code check} is asked for.
 *
 * @param certificates files and folders, at least one
 * @param own what the certificates must be about
 * @param expectations the verdicts that are expected, where there is a manifest of them
 * @param conclusions whether conclusions are printed as other checkers print them
 * @param debug whether a fault shows its stack trace
 */
record CheckOptions(
        List<Path> certificates,
        Own own,
        Optional<Expectations> expectations,
        LimitArguments.Kernel limits,
        boolean conclusions,
        boolean json,
        boolean quiet,
        boolean debug) {
    /**
     * The user's own file: at most one of the two.
     *
     * @param instance the text of an instance, as the kernel reads it
     * @param derivation the text of a derivation
     */
    record Own(Optional<byte[]> instance, Optional<String> derivation) {
        static final Own NONE = new Own(Optional.empty(), Optional.empty());
    }

    /**
     * The options of {@code check FILE...} with or without one {@code --quiet}; empty for any other command line. To load
     * the general parser takes longer than to check a small certificate.
     */
    static Optional<CheckOptions> plain(String... args) {
        if (args.length < 2 || !args[0].equals("check")) {
            return Optional.empty();
        }
        List<Path> certificates = new ArrayList<>();
        boolean quiet = false;
        for (int i = 1; i < args.length; i++) {
            if (!quiet && (args[i].equals("-q") || args[i].equals("--quiet"))) {
                quiet = true;
            } else if (args[i].isEmpty() || args[i].startsWith("-")) {
                return Optional.empty();
            } else {
                certificates.add(Path.of(args[i]));
            }
        }
        return certificates.isEmpty()
                ? Optional.empty()
                : Optional.of(new CheckOptions(
                        certificates,
                        Own.NONE,
                        Optional.empty(),
                        new LimitArguments.Kernel(),
                        false,
                        false,
                        quiet,
                        false));
    }
}
