package org.loopcert.cli;

import picocli.CommandLine.Help.Ansi;

/** The colours of verdicts on a terminal: those of the parser of the command line, which need not be loaded for them. */
final class Colours {
    private Colours() {}

    /** Whether a terminal shows colours, by the usual variables of the environment. */
    static boolean shown() {
        if (System.getProperty("picocli.ansi") != null
                || System.getProperty("os.name").startsWith("Windows")) {
            return Ansi.AUTO.enabled();
        }
        String force = System.getenv("CLICOLOR_FORCE");
        if (System.getenv("NO_COLOR") != null) {
            return false;
        }
        return force != null && !force.equals("0")
                || !("0".equals(System.getenv("CLICOLOR")) || "OFF".equals(System.getenv("ConEmuANSI")));
    }

    /** The word of a verdict, bold and in its colour. */
    static String of(String word) {
        int colour =
                switch (word) {
                    case "accepted", "proved" -> 32; // green
                    case "rejected", "ill-typed" -> 31; // red
                    case "undecided", "not-proved" -> 33; // yellow
                    default -> 35; // magenta
                };
        return "\u001b[1m\u001b[" + colour + "m" + word + "\u001b[39m\u001b[21m\u001b[0m";
    }
}
