package org.loopcert.corpus.canary;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.loopcert.corpus.canary.StoredCorpus.Case;
import org.loopcert.corpus.canary.StoredCorpus.Outcome;
import org.loopcert.kernel.Kernel;
import org.objectweb.asm.tree.ClassNode;

/**
 * The compiled kernel, loaded beside the real one with some of its classes changed: a loader that prefers its own copy
 * of the kernel's classes to that of its parent. What remains unchanged is byte for byte what the build compiled, but
 * for the calls of {@link Fuel#burn}.
 */
final class CanaryKernel extends ClassLoader implements Gauntlet.Checker {
    static final String PACKAGE = "org/loopcert/kernel/";

    private static final Compiled COMPILED = new Compiled(Kernel.class);
    private static final Map<String, byte[]> FUELLED = new TreeMap<>();

    static {
        COMPILED.nodes().forEach((name, node) -> FUELLED.put(name, Compiled.fuelled(node)));
    }

    private final Map<String, byte[]> changed = new TreeMap<>();
    private final Method check;
    private final Method checkOwn;
    private final Object limits;

    /** Loads a kernel in which these classes replace their namesakes. */
    CanaryKernel(Iterable<ClassNode> replacements) throws ReflectiveOperationException {
        super(CanaryKernel.class.getClassLoader());
        for (ClassNode node : replacements) {
            changed.put(node.name, Compiled.fuelled(node));
        }
        Class<?> kernel = loadClass(Kernel.class.getName());
        Class<?> limitsClass = loadClass("org.loopcert.kernel.Limits");
        limits = limitsClass.getField("DEFAULT").get(null);
        check = kernel.getMethod("check", byte[].class, limitsClass);
        checkOwn = kernel.getMethod("check", byte[].class, byte[].class, limitsClass);
    }

    /** The kernel's classes as the build compiled them, by internal name. */
    static Map<String, ClassNode> classes() {
        return COMPILED.nodes();
    }

    static ClassNode compiledClass(String name) {
        return COMPILED.node(name);
    }

    @Override
    public Outcome check(Case file, long fuel) {
        Fuel.fill(fuel);
        Object verdict;
        try {
            verdict = file.own().isPresent()
                    ? checkOwn.invoke(null, file.certificate(), file.own().get(), limits)
                    : check.invoke(null, file.certificate(), limits);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError broken) {
                throw broken; // then the mutation is wrong, and not the kernel
            }
            return fault(e.getCause().toString());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        String word = (String) get(verdict, "word");
        boolean line = word.equals("rejected") || word.equals("undecided");
        return new Outcome(
                word,
                line ? Optional.of((String) get(get(verdict, "reason"), "code")) : Optional.empty(),
                line ? Optional.of((Integer) get(verdict, "line")) : Optional.empty(),
                word.equals("accepted")
                        ? Optional.of((Boolean) get(verdict, "refutation") ? "refutation" : "certificate")
                        : Optional.empty());
    }

    /** A kernel that gives no verdict differs from every manifest. */
    private static Outcome fault(String what) {
        return new Outcome("fault", Optional.of(what), Optional.empty(), Optional.empty());
    }

    private static Object get(Object record, String name) {
        try {
            return record.getClass().getMethod(name).invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String internal = name.replace('.', '/');
        if (!FUELLED.containsKey(internal)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = changed.getOrDefault(internal, FUELLED.get(internal));
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            return loaded;
        }
    }
}
