package org.loopcert.agreement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final int BATCH = 5000;

    private static final long LARGEST_SEED_FILE = 6000;

    private final List<Checker> checkers;
    private final Path kept;
    private final Map<String, Map<String, Integer>> verdicts = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<Mutations.Kind, Integer> changes = new EnumMap<>(Mutations.Kind.class);
    private final List<Disagreement> disagreements = new ArrayList<>();
    private int files;
    private int mutants;

    /**
     * A file on which checkers disagree.
     *
     * @param file the file as it was given
     * @param answers what each checker says, by its name
     * @param text where the file is kept, the verdicts, and the conclusions that not all have
     */
    public record Disagreement(Path file, Map<String, Answer> answers, String text) {
        public Disagreement {
            answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }

        @Override
        public String toString() {
            return text;
        }
    }

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

    /** Compares the answers about these files, for which the checkers run at the same time. */
    public void compare(List<Path> given) {
        files += given.size();
        List<List<Answer>> answers = answers(given);
        for (int i = 0; i < given.size(); i++) {
            int at = i;
            compare(given.get(i), answers.stream().map(each -> each.get(at)).toList());
        }
    }

    private List<List<Answer>> answers(List<Path> given) {
        ExecutorService threads = Executors.newFixedThreadPool(checkers.size());
        try {
            List<Callable<List<Answer>>> tasks = checkers.stream()
                    .map(checker -> (Callable<List<Answer>>) () -> checker.answers(given))
                    .toList();
            List<List<Answer>> answers = new ArrayList<>();
            for (Future<List<Answer>> each : threads.invokeAll(tasks)) {
                answers.add(each.get());
                if (answers.get(answers.size() - 1).size() != given.size()) {
                    throw new IllegalStateException(
                            checkers.get(answers.size() - 1).name() + " answered about "
                                    + answers.get(answers.size() - 1).size() + " of " + given.size() + " files");
                }
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
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

    private Disagreement keep(Path file, List<Answer> answers) {
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
            Map<String, Answer> named = new LinkedHashMap<>();
            for (int c = 0; c < answers.size(); c++) {
                named.put(checkers.get(c).name(), answers.get(c));
            }
            return new Disagreement(file, named, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where they disagree: the file that was kept, and what each says. */
    public List<Disagreement> disagreements() {
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

    /** The counts, a line each. */
    public List<String> report() {
        List<String> lines = new ArrayList<>();
        lines.add(files + " files" + (mutants > 0 ? ", of which " + mutants + " mutants" : "") + ", disagreements: "
                + disagreements.size());
        verdicts.forEach((name, counts) -> lines.add("  " + name + ": "
                + counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "))));
        if (mutants > 0) {
            lines.add("  changes " + changes);
        }
        reasons.forEach((words, count) -> lines.add("  refused for different reasons: " + count + " x " + words));
        disagreements.forEach(each -> lines.add("  DISAGREEMENT " + each));
        return lines;
    }
}
