package org.loopcert.agreement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.loopcert.agreement.Checker.Answer;
import org.loopcert.certify.Mutations;

/**
 * Asks several checkers about the same files. They disagree where one accepts and another does not, or where accepted
 * conclusions differ; a checker that declines or reaches a limit of its own takes no part. Different reasons of those
 * that do not accept are counted, and fail nothing. A file on which they disagree is kept.
 */
public final class AgreementGate {
    /** Large enough that starting a program costs little, small enough that few files are on disk. */
    private static final int BATCH = 1000;

    private static final long LARGEST_SEED_FILE = 6000;

    private final List<Checker> checkers;
    private final Path kept;
    private final Map<String, Map<String, Integer>> verdicts = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<Mutations.Kind, Integer> changes = new EnumMap<>(Mutations.Kind.class);
    private final List<String> disagreements = new ArrayList<>();
    private int files;
    private int mutants;

    /**
     * Compares these checkers.
     *
     * @param kept the folder for files on which they disagree
     */
    public AgreementGate(List<? extends Checker> checkers, Path kept) {
        this.checkers = List.copyOf(checkers);
        this.kept = kept;
    }

    /** All certificates below a folder, without manifests and without files that need a user's own. */
    public static List<Path> certificates(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> path.toString().endsWith(".json"))
                    .filter(path -> !path.endsWith("manifest.json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares the answers about these files. */
    public void compare(List<Path> given) {
        files += given.size();
        List<List<Answer>> answers =
                checkers.stream().map(checker -> checker.answers(given)).toList();
        for (int i = 0; i < given.size(); i++) {
            int at = i;
            compare(given.get(i), answers.stream().map(each -> each.get(at)).toList());
        }
    }

    /**
     * Compares the answers about certificates that are changed at random.
     *
     * @param valid the certificates to start from; of these the small ones
     * @param scratch an empty folder for the files
     */
    public void mutants(List<Path> valid, int count, long seed, Path scratch) {
        try {
            List<byte[]> pool = new ArrayList<>();
            for (Path file : valid) {
                if (Files.size(file) <= LARGEST_SEED_FILE) {
                    pool.add(Files.readAllBytes(file));
                }
            }
            Mutations mutations = new Mutations(pool);
            SplittableRandom seeds = new SplittableRandom(seed);
            Files.createDirectories(scratch);
            for (int done = 0; done < count; done += BATCH) {
                List<Path> batch = new ArrayList<>();
                for (int k = done; k < Math.min(count, done + BATCH); k++) {
                    Mutations.Mutant mutant = mutations.mutant(new Random(seeds.nextLong()));
                    mutant.kinds().forEach(kind -> changes.merge(kind, 1, Integer::sum));
                    batch.add(Files.write(scratch.resolve("mutant-" + seed + "-" + k + ".json"), mutant.bytes()));
                }
                mutants += batch.size();
                compare(batch);
                for (Path file : batch) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(Path file, List<Answer> answers) {
        for (int c = 0; c < answers.size(); c++) {
            Answer answer = answers.get(c);
            String counted = answer.abstains() ? answer.verdict() : answer.word();
            verdicts.computeIfAbsent(checkers.get(c).name(), name -> new TreeMap<>())
                    .merge(counted, 1, Integer::sum);
        }
        List<Answer> deciding =
                answers.stream().filter(answer -> !answer.abstains()).toList();
        boolean fault = answers.stream().anyMatch(answer -> answer.verdict().equals("fault"));
        boolean agree = deciding.stream().noneMatch(Answer::accepted)
                || deciding.stream().distinct().count() == 1;
        if (fault || !agree) {
            disagreements.add(keep(file, answers));
        } else if (deciding.stream().map(Answer::verdict).distinct().count() > 1) {
            reasons.merge(said(answers), 1, Integer::sum);
        }
    }

    private String said(List<Answer> answers) {
        return IntStream.range(0, answers.size())
                .mapToObj(c -> checkers.get(c).name() + ": " + answers.get(c).verdict())
                .collect(Collectors.joining(", "));
    }

    private String keep(Path file, List<Answer> answers) {
        try {
            Files.createDirectories(kept);
            Path copy = kept.resolve(file.getFileName().toString());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            StringBuilder text = new StringBuilder(copy + ": " + said(answers));
            List<Answer> accepting = answers.stream().filter(Answer::accepted).toList();
            for (Answer answer : accepting) {
                answer.conclusions().stream()
                        .filter(line -> accepting.stream()
                                .anyMatch(other -> !other.conclusions().contains(line)))
                        .forEach(line -> text.append("\n  ")
                                .append(checkers.get(answers.indexOf(answer)).name())
                                .append(": ")
                                .append(line));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where they disagree: the file that was kept, and what each says. */
    public List<String> disagreements() {
        return List.copyOf(disagreements);
    }

    /** How often they refuse a file with different words, by these words. */
    public Map<String, Integer> reasons() {
        return Map.copyOf(reasons);
    }

    /** The answers of one checker by their first word, or whole where it abstains. */
    public Map<String, Integer> verdicts(String checker) {
        return Map.copyOf(verdicts.getOrDefault(checker, Map.of()));
    }

    /** The counts in a few lines. */
    public String report() {
        StringBuilder text = new StringBuilder(
                files + " files, of which " + mutants + " mutants, disagreements: " + disagreements.size());
        verdicts.forEach(
                (name, counts) -> text.append("\n  ").append(name).append(' ').append(counts));
        if (mutants > 0) {
            text.append("\n  changes ").append(changes);
        }
        reasons.forEach((words, count) ->
                text.append("\n  reasons ").append(count).append(" x ").append(words));
        disagreements.forEach(each -> text.append("\n  ").append(each));
        return text.toString();
    }
}
