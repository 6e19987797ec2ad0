package org.loopcert.corpus.canary;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.loopcert.corpus.canary.Canary.Change;
import org.loopcert.corpus.canary.Canary.Spot;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The runs in which a change can show at all, known from one run each of the sound classes: a run in which no changed
 * instruction would have done anything else takes the same steps with the change. That is one that never comes by; or
 * whose jumps at that place all went the way that the change has them go; or for which a requirement always held.
 * Initialisers of classes are in no run, and what they come by is in reach of every one.
 */
final class Reach {
    private final Set<String> refusals;
    private final Map<Spot, Integer> numbers = new LinkedHashMap<>();
    private final Map<Integer, BitSet> runs = new HashMap<>();
    private final BitSet everywhere = new BitSet();
    private int count;

    /**
     * Nothing is known yet.
     *
     * @param refusals the exceptions whose {@code require} throws unless its first argument holds, by internal name
     */
    Reach(Set<String> refusals, Collection<Canary> canaries) {
        this.refusals = Set.copyOf(refusals);
        canaries.forEach(canary -> canary.spots().forEach(spot -> numbers.putIfAbsent(spot, numbers.size())));
    }

    /** The classes with calls of {@link Marks} where a canary changes them, to be loaded and initialised next. */
    Collection<ClassNode> marked(Function<String, ClassNode> compiled) {
        Marks.clear();
        Map<String, ClassNode> nodes = new TreeMap<>();
        Map<Spot, AbstractInsnNode> targets = new LinkedHashMap<>();
        for (Spot spot : numbers.keySet()) { // found before any mark shifts an index
            targets.put(
                    spot,
                    method(nodes.computeIfAbsent(spot.owner(), compiled), spot)
                            .instructions
                            .get(spot.instruction()));
        }
        targets.forEach((spot, target) -> mark(method(nodes.get(spot.owner()), spot).instructions, spot, target));
        return nodes.values();
    }

    private static MethodNode method(ClassNode node, Spot spot) {
        return node.methods.get(spot.method());
    }

    private void mark(InsnList instructions, Spot spot, AbstractInsnNode target) {
        if (spot.change() == Change.ALWAYS_JUMP || spot.change() == Change.NEVER_JUMP) {
            instructions.insertBefore(target, jump(spot, target.getOpcode()));
        } else if (spot.change() == Change.DROP_CALL
                && target instanceof MethodInsnNode require
                && require.name.equals("require")
                && refusals.contains(require.owner)) {
            instructions.insertBefore(target, call(spot, "enter", "(I)V"));
            instructions.insert(target, call(spot, "leave", "(I)V"));
        } else {
            instructions.insertBefore(target, call(spot, "at", "(I)V"));
        }
    }

    private InsnList jump(Spot spot, int opcode) {
        boolean two = opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE;
        boolean objects = Set.of(Opcodes.IFNULL, Opcodes.IFNONNULL, Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE)
                .contains(opcode);
        String operand = objects ? "Ljava/lang/Object;" : "I";
        InsnList code = new InsnList();
        code.add(new InsnNode(two ? Opcodes.DUP2 : Opcodes.DUP));
        code.add(new LdcInsnNode(opcode));
        code.add(new InsnNode(spot.change() == Change.ALWAYS_JUMP ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
        code.add(call(spot, "jump", "(" + operand + (two ? operand : "") + "IZI)V"));
        return code;
    }

    private InsnList call(Spot spot, String name, String descriptor) {
        InsnList code = new InsnList();
        code.add(new LdcInsnNode(numbers.get(spot)));
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, Type.getInternalName(Marks.class), name, descriptor));
        return code;
    }

    /** Initialises the marked classes, as far as their loader has not done it yet. */
    void initialise(ClassLoader sound, Collection<String> internalNames) throws ClassNotFoundException {
        Fuel.fill(Long.MAX_VALUE);
        for (String name : internalNames) {
            Class.forName(name.replace('/', '.'), true, sound);
        }
        everywhere.or(Marks.seen());
        Marks.clear();
    }

    /** Ends a run of the marked classes and begins the next one. */
    void endRun() {
        BitSet seen = Marks.seen();
        seen.or(everywhere);
        int run = count++;
        seen.stream()
                .forEach(spot -> runs.computeIfAbsent(spot, key -> new BitSet()).set(run));
        Marks.clear();
    }

    /** The numbers of the runs, in their order from zero, that this canary can change. */
    BitSet of(Canary canary) {
        BitSet reached = new BitSet();
        for (Spot spot : canary.spots()) {
            Integer number = numbers.get(spot);
            if (number == null) {
                throw new IllegalArgumentException("no marks for " + canary.key());
            }
            reached.or(runs.getOrDefault(number, new BitSet()));
        }
        return reached;
    }
}
