package org.loopcert.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.loopcert.agreement.Checker.Program;

/**
 * The three checkers, as far as they are on this machine. Where {@code LOOPCERT_FORMAL} is {@code required}, as in
 * {@code .ci/run}, all three have to be.
 *
 * @param programs those that can be run; the kernel always
 * @param absent a sentence on each of the others
 */
record Checkers(List<Program> programs, List<String> absent) {
    /** Seconds of processor time for one file in Python, of which nearly all take a hundredth. */
    private static final int SECONDS = 2;

    private static final Map<String, String> WANTED = Map.of(
            "coq", "target/coq/loopcert-coq-check is not there, or does not run (src/main/coq/verify builds it)",
            "python", "python3 is not there");

    Checkers {
        programs = List.copyOf(programs);
        absent = List.copyOf(absent);
    }

    /** Those that are here. */
    static Checkers found() {
        return found(program ->
                Program.present(program.command().get(0), program.name().equals("coq") ? "--trust" : "-V"));
    }

    /** Those that are here according to this. */
    static Checkers found(Predicate<Program> present) {
        List<Program> programs = new ArrayList<>(List.of(Program.java()));
        List<String> absent = new ArrayList<>();
        for (Program program : List.of(Program.coq(), Program.python(SECONDS))) {
            if (present.test(program)) {
                programs.add(program);
            } else {
                absent.add("NOT COMPARED with " + program.name() + ": " + WANTED.get(program.name()));
            }
        }
        return new Checkers(programs, absent);
    }

    /** One that is here, or the end of the test. */
    Program get(String name) {
        return programs.stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    require(required());
                    throw new AssertionError("no checker " + name);
                });
    }

    static boolean required() {
        return "required".equals(System.getenv("LOOPCERT_FORMAL"));
    }

    /** Ends the test where a checker is absent: as failed where all are required, else as not run. */
    void require(boolean all) {
        if (!absent.isEmpty()) {
            String message = String.join("; ", absent);
            if (all) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
    }

    /** A line in the output of the build. */
    static void say(String line) {
        System.err.println("[agreement] " + line);
    }
}
