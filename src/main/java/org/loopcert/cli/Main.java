package org.loopcert.cli;

/** Entry point of {@code loopcert.jar}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(70);
    }
}
