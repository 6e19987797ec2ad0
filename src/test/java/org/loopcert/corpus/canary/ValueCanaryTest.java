package org.loopcert.corpus.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.value.Counterexample;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * What decides counterexamples, with one side condition switched off at a time: the table must tell each from the sound
 * one. Those that are known to survive are listed, each with the reason why no row can tell.
 */
class ValueCanaryTest {
    private static final Path SURVIVORS =
            Path.of("src/test/resources/org/loopcert/kernel/value/surviving-canaries.txt");
    private static final Compiled RULES = new Compiled(Counterexample.class);
    private static final Compiled TABLE = new Compiled(ValueTable.class);
    private static final SideConditions.Dialect DIALECT = new SideConditions.Dialect(
            RULES.prefix(),
            Set.of(RULES.prefix() + "NotACounterexample"),
            "L" + RULES.prefix() + "NotACounterexample$Reason;",
            Set.of("of", "in"));

    private static List<Canary> canaries;
    private static Map<String, String> survivors;
    private static Reach reach;
    private static final List<Long> fuel = new ArrayList<>();

    /** One run of the sound classes says which rows a side condition can concern, and what they burn. */
    @BeforeAll
    static void readOnce() throws IOException, ReflectiveOperationException {
        canaries = SideConditions.all(DIALECT, RULES.nodes());
        reach = new Reach(DIALECT.refusals(), canaries);
        Loader sound = new Loader(reach.marked(RULES::node));
        reach.initialise(sound, Loader.OWN.keySet());
        for (int row = 0; row < ValueTable.size(); row++) {
            assertThat(sound.run(row, Long.MAX_VALUE)).as(ValueTable.name(row)).isEqualTo(ValueTable.expected(row));
            reach.endRun();
            fuel.add(200_000 + 4 * Fuel.used());
        }
        survivors = new TreeMap<>();
        for (String line : Files.readAllLines(SURVIVORS)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split("\t", 2);
                assertThat(survivors.put(columns[0], columns.length == 2 ? columns[1] : ""))
                        .isNull();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> rowComesOutAsListed() {
        return IntStream.range(0, ValueTable.size())
                .mapToObj(row -> DynamicTest.dynamicTest(ValueTable.name(row), () -> assertThat(ValueTable.run(row))
                        .isEqualTo(ValueTable.expected(row))));
    }

    @Test
    void everyKindOfTermHasAValue() throws Exception {
        assertThat(EnumSet.complementOf(EnumSet.copyOf(ValueTable.kinds()))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> disabledSideConditionFailsTheTable() {
        return canaries.stream()
                .filter(canary -> Boolean.getBoolean("loopcert.survivors") || !survivors.containsKey(canary.key()))
                .map(canary -> DynamicTest.dynamicTest(canary.title(), () -> assertThat(firstDifference(canary))
                        .as("a row that tells %s", canary.title())
                        .matches(found -> found.isEmpty() == survivors.containsKey(canary.key()))));
    }

    @Test
    void everySurvivorExistsAndHasAReason() {
        assertThat(canaries).extracting(Canary::key).doesNotHaveDuplicates().containsAll(survivors.keySet());
        assertThat(survivors)
                .allSatisfy((key, reason) -> assertThat(reason).as(key).matches(".{30,}\\."));
    }

    private static Optional<String> firstDifference(Canary canary) throws ReflectiveOperationException {
        Loader broken = new Loader(canary.changed(RULES::node));
        return reach.of(canary).stream()
                .boxed()
                .sorted((one, other) -> Long.compare(fuel.get(one), fuel.get(other)))
                .filter(row -> !broken.run(row, fuel.get(row)).equals(ValueTable.expected(row)))
                .findFirst()
                .map(ValueTable::name);
    }

    /** A loader that prefers its own copy of the changed package and of the table to that of its parent. */
    private static final class Loader extends ClassLoader {
        private static final Map<String, byte[]> OWN = new TreeMap<>();

        static {
            RULES.nodes().forEach((name, node) -> OWN.put(name, Compiled.fuelled(node)));
            TABLE.nodes().forEach((name, node) -> {
                if (name.startsWith(Type.getInternalName(ValueTable.class))) {
                    OWN.put(name, Compiled.bytes(node));
                }
            });
        }

        private final Map<String, byte[]> changed = new TreeMap<>();
        private final Method row;

        Loader(Collection<ClassNode> replacements) throws ReflectiveOperationException {
            super(ValueCanaryTest.class.getClassLoader());
            replacements.forEach(node -> changed.put(node.name, Compiled.fuelled(node)));
            row = loadClass(ValueTable.class.getName()).getMethod("run", int.class);
        }

        String run(int number, long limit) {
            Fuel.fill(limit);
            try {
                return (String) row.invoke(null, number);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof ClassFormatError || e.getCause() instanceof VerifyError) {
                    throw (LinkageError) e.getCause(); // then the mutation is wrong, and not the rules
                }
                return "fault: " + e.getCause();
            } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
                return "fault: " + e;
            } catch (IllegalAccessException e) {
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
