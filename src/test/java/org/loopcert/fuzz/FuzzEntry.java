package org.loopcert.fuzz;

/** What Jazzer calls; the target is named by the argument that it passes on. */
public final class FuzzEntry {
    private static FuzzTarget target;

    private FuzzEntry() {}

    /** Called once by Jazzer with its {@code --target_args}. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.of(arguments[0]);
    }

    /** Called by Jazzer for each input; what leaves it is a finding. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        target.run(bytes);
    }
}
