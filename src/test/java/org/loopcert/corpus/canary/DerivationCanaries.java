package org.loopcert.corpus.canary;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.loopcert.derivation.DerivationChecker;
import org.loopcert.derivation.StoredDerivations.Case;
import org.loopcert.kernel.proof.Theorem;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The rules for derivations, loaded beside the real ones with some of their classes changed, and the checker of
 * derivations with them. The second route is left out, so that the corpus alone has to tell. Where a change can show at
 * all is known from one run of the sound rules, see {@link Reach}.
 */
final class DerivationCanaries {
    private static final Compiled RULES = new Compiled(Theorem.class);
    private static final Compiled CHECKER = new Compiled(DerivationChecker.class);
    private static final Compiled TABLE = new Compiled(RuleTable.class);
    private static final String PROOF = RULES.prefix();

    /** How the rules for derivations refuse. */
    static final SideConditions.Dialect DIALECT = new SideConditions.Dialect(
            PROOF,
            Set.of(PROOF + "NotProved", PROOF + "IllTyped"),
            "L" + PROOF + "NotProved$Reason;",
            Set.of("of", "<init>"));

    private static final long FUEL_FACTOR = 4;
    private static final long FUEL_BASE = 200_000;

    /** Something to check, and what the sound rules say of it. */
    private record Probe(String name, Optional<Case> file, int row, String expected, long fuel) {
        /** Whether the reason is among what is expected. */
        boolean names(String reason) {
            return expected.toLowerCase(Locale.ROOT).replace('_', '-').contains(reason);
        }
    }

    private final List<Probe> probes = new ArrayList<>();
    private final Reach reach;

    /** A file, or a row of the table, that tells a canary from the sound rules. */
    record Difference(String name, String expected, String found) {
        @Override
        public String toString() {
            return name + ": expected " + expected + ", found " + found;
        }
    }

    /** Runs the sound rules once, noting which files and rows these changes can concern. */
    DerivationCanaries(List<Case> files, List<Canary> canaries) throws ReflectiveOperationException {
        reach = new Reach(DIALECT.refusals(), canaries);
        Loader sound = new Loader(reach.marked(RULES::node));
        reach.initialise(sound, Loader.OWN.keySet());
        List<Probe> open = new ArrayList<>();
        for (int row = 0; row < RuleTable.size(); row++) {
            open.add(
                    new Probe("rule table: " + RuleTable.name(row), Optional.empty(), row, RuleTable.expected(row), 0));
        }
        files.forEach(file -> open.add(new Probe(file.name(), Optional.of(file), 0, expected(file), 0)));
        for (Probe each : open) {
            String found = sound.run(each, Long.MAX_VALUE);
            if (!found.equals(each.expected())) {
                throw new AssertionError(
                        "the sound rules differ: " + new Difference(each.name(), each.expected(), found));
            }
            reach.endRun();
            probes.add(new Probe(
                    each.name(), each.file(), each.row(), each.expected(), FUEL_BASE + FUEL_FACTOR * Fuel.used()));
        }
    }

    /** The canaries of all side conditions of the rules for derivations. */
    static List<Canary> all() {
        return SideConditions.all(DIALECT, RULES.nodes());
    }

    /** The classes of the rules as the build compiled them. */
    static Map<String, ClassNode> classes() {
        return RULES.nodes();
    }

    /** What a file has to give, as {@link Loader} says it. */
    private static String expected(Case file) {
        return file.verdict() + " " + file.problems();
    }

    /** The first file or row that tells; those that expect the reason of the canary come first, then the cheap ones. */
    Optional<Difference> firstDifference(Canary canary) throws ReflectiveOperationException {
        return differing(
                        canary,
                        Comparator.comparing((Probe each) ->
                                        !canary.reason().map(each::names).orElse(false))
                                .thenComparingLong(Probe::fuel))
                .findFirst();
    }

    /** All files and rows that tell. */
    List<Difference> differences(Canary canary) throws ReflectiveOperationException {
        return differing(canary, Comparator.comparing(Probe::name)).toList();
    }

    private Stream<Difference> differing(Canary canary, Comparator<Probe> order) throws ReflectiveOperationException {
        Loader broken = new Loader(canary.changed(RULES::node));
        return reach.of(canary).stream()
                .mapToObj(probes::get)
                .sorted(order)
                .map(each -> new Difference(each.name(), each.expected(), broken.run(each, each.fuel())))
                .filter(each -> !each.expected().equals(each.found()));
    }

    /** A loader that prefers its own copy of the rules, of the checker and of the table to that of its parent. */
    private static final class Loader extends ClassLoader {
        private static final Map<String, byte[]> OWN = new TreeMap<>();

        static {
            RULES.nodes().forEach((name, node) -> OWN.put(name, Compiled.fuelled(node)));
            CHECKER.nodes().forEach((name, node) -> OWN.put(name, Compiled.fuelled(node)));
            ClassNode second = CHECKER.node(CHECKER.prefix() + "SecondRoute");
            silence(second);
            OWN.put(second.name, Compiled.bytes(second));
            ClassNode checker = CHECKER.node(CHECKER.prefix() + "DerivationChecker");
            leaveOpen(checker);
            OWN.put(checker.name, Compiled.fuelled(checker));
            TABLE.nodes().forEach((name, node) -> {
                if (name.startsWith(Type.getInternalName(RuleTable.class))
                        || name.startsWith(Type.getInternalName(NormalFormTable.class))
                        || name.startsWith(Type.getInternalName(InequalityTable.class))) {
                    OWN.put(name, Compiled.bytes(node));
                }
            });
        }

        private final Map<String, byte[]> changed = new TreeMap<>();
        private final Method check;
        private final Method row;

        Loader(Collection<ClassNode> replacements) throws ReflectiveOperationException {
            super(DerivationCanaries.class.getClassLoader());
            replacements.forEach(node -> changed.put(node.name, Compiled.fuelled(node)));
            check = loadClass(DerivationChecker.class.getName()).getMethod("check", String.class, String.class);
            row = loadClass(RuleTable.class.getName()).getMethod("run", int.class);
        }

        /** No values are looked for that refute a line: what decides them is not under test, and has no copy here. */
        private static void leaveOpen(ClassNode checker) {
            for (MethodNode method : checker.methods) {
                if (method.name.equals("answers")) {
                    String answers = checker.name + "$Answers";
                    method.instructions.clear();
                    method.tryCatchBlocks.clear();
                    method.localVariables = null;
                    method.instructions.add(new FieldInsnNode(Opcodes.GETSTATIC, answers, "NONE", "L" + answers + ";"));
                    method.instructions.add(new InsnNode(Opcodes.ARETURN));
                }
            }
        }

        /** The second route is never asked. */
        private static void silence(ClassNode second) {
            for (MethodNode method : second.methods) {
                if (method.name.equals("ask")) {
                    method.instructions.clear();
                    method.tryCatchBlocks.clear();
                    method.localVariables = null;
                    method.instructions.add(new MethodInsnNode(
                            Opcodes.INVOKESTATIC, "java/util/Optional", "empty", "()Ljava/util/Optional;"));
                    method.instructions.add(new InsnNode(Opcodes.ARETURN));
                }
            }
        }

        String run(Probe probe, long fuel) {
            Fuel.fill(fuel);
            try {
                return probe.file().isPresent()
                        ? summary(check.invoke(
                                null, probe.name(), probe.file().orElseThrow().text()))
                        : (String) row.invoke(null, probe.row());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof ClassFormatError || e.getCause() instanceof VerifyError) {
                    throw (LinkageError) e.getCause(); // then the mutation is wrong, and not the rules
                }
                return "fault: " + e.getCause();
            } catch (ExceptionInInitializerError e) {
                return "fault: " + e.getCause();
            } catch (NoClassDefFoundError e) {
                return "fault: " + e;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String summary(Object report) {
            List<String> problems = new ArrayList<>();
            for (Object line : (List<?>) get(report, "lines")) {
                ((Optional<?>) get(line, "problem"))
                        .ifPresent(problem -> problems.add(get(line, "place") + " " + get(problem, "reason")));
            }
            return get(get(report, "verdict"), "word") + " " + problems;
        }

        private static Object get(Object value, String name) {
            try {
                Method method = value.getClass().getMethod(name);
                return method.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            String internal = name.replace('.', '/');
            if (!OWN.containsKey(internal)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    byte[] bytes = changed.getOrDefault(internal, OWN.get(internal));
                    loaded = defineClass(name, bytes, 0, bytes.length);
                }
                return loaded;
            }
        }
    }
}
