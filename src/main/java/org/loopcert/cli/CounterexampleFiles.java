package org.loopcert.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.certificate.CounterexampleText;
import org.loopcert.derivation.Judgement;
import org.loopcert.derivation.LineReport;
import org.loopcert.derivation.Refutation;
import org.loopcert.kernel.Limits;

/** The certificates of the lines that are refuted, by names that tell the derivation, the part and the step. */
final class CounterexampleFiles {
    private static final String SUFFIX = ".json";

    private CounterexampleFiles() {}

    /** Contents by file name. Each is read back and decided again before it is handed on. */
    static SortedMap<String, byte[]> of(List<ProofResult> results) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (ProofResult each : results) {
            if (each instanceof ProofResult.Checked checked) {
                for (LineReport line : checked.lines()) {
                    line.counterexample().ifPresent(found -> put(files, checked, found));
                }
            }
        }
        return files;
    }

    private static void put(SortedMap<String, byte[]> files, ProofResult.Checked checked, Refutation found) {
        Judgement line = found.line();
        byte[] file = new CounterexampleText(
                        line.part(),
                        line.step(),
                        line.text(),
                        found.counterexample().values(),
                        checked.text())
                .write();
        CounterexampleCheck check = CounterexampleCheck.of(file, Optional.of(checked.text()), Limits.DEFAULT);
        if (check.refutation().isEmpty()) {
            throw new IllegalStateException(checked.name() + ":" + line.place()
                    + ": the counterexample as written is not accepted: " + check.because());
        }
        String name = base(checked.name()) + "." + plain(line.part()) + "." + line.step();
        String free = name;
        for (int i = 2; files.containsKey(free + SUFFIX); i++) {
            free = name + "-" + i;
        }
        files.put(free + SUFFIX, file);
    }

    /** The last part of the name of a source, without suffix. */
    private static String base(String source) {
        Path last = source.equals(ProofSource.STANDARD_INPUT)
                ? Path.of("input")
                : Path.of(source).getFileName();
        String name = last == null ? source : last.toString();
        return plain(
                name.endsWith(ProofSource.SUFFIX)
                        ? name.substring(0, name.length() - ProofSource.SUFFIX.length())
                        : name);
    }

    /** Without what a file system may refuse. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
