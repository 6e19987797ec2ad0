package org.loopcert.corpus.canary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * A kernel with a few instructions changed.
 *
 * @param key class, method and what is disabled, numbered within the method; free of line numbers
 * @param line the line of the source
 * @param reason the code of the reason that the kernel then no longer gives, empty where there are several
 * @param spots what is changed
 */
record Canary(String key, int line, Optional<String> reason, List<Spot> spots) {
    /** A change of one instruction, named by its index in its method. */
    record Spot(String owner, int method, int instruction, Change change) {}

    /** Changes that keep the frames of the class file valid. */
    enum Change {
        /** A call whose only effect is to refuse: its arguments are dropped. */
        DROP_CALL,
        /** A call is replaced by null. */
        RETURN_NULL,
        /** A conditional jump that is never taken. */
        NEVER_JUMP,
        /** A conditional jump that is always taken. */
        ALWAYS_JUMP,
        /** A switch whose default is its last case. */
        LAST_CASE_BY_DEFAULT,
        /** BigInteger.add for subtract and multiply, subtract for add; Fraction.atMost for below, and the other way round. */
        OTHER_OPERATION,
        /** The first two of three arguments change places. */
        EXCHANGED_ARGUMENTS;

        private static final Map<String, String> OTHER =
                Map.of("add", "subtract", "subtract", "add", "multiply", "add", "atMost", "below", "below", "atMost");

        private void apply(InsnList instructions, AbstractInsnNode target) {
            switch (this) {
                case DROP_CALL, RETURN_NULL -> {
                    MethodInsnNode call = (MethodInsnNode) target;
                    List<Type> dropped = new ArrayList<>(List.of(Type.getArgumentTypes(call.desc)));
                    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
                        dropped.add(0, Type.getObjectType(call.owner));
                    }
                    for (int i = dropped.size() - 1; i >= 0; i--) {
                        instructions.insertBefore(
                                call, new InsnNode(dropped.get(i).getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
                    }
                    if (this == RETURN_NULL) {
                        instructions.insertBefore(call, new InsnNode(Opcodes.ACONST_NULL));
                    }
                    instructions.remove(call);
                }
                case NEVER_JUMP, ALWAYS_JUMP -> {
                    // the jump itself stays, on a constant, so that both ways remain reachable to the verifier
                    JumpInsnNode jump = (JumpInsnNode) target;
                    boolean two = jump.getOpcode() >= Opcodes.IF_ICMPEQ && jump.getOpcode() <= Opcodes.IF_ACMPNE;
                    instructions.insertBefore(jump, new InsnNode(two ? Opcodes.POP2 : Opcodes.POP));
                    instructions.insertBefore(
                            jump, new InsnNode(this == ALWAYS_JUMP ? Opcodes.ICONST_0 : Opcodes.ICONST_1));
                    jump.setOpcode(Opcodes.IFEQ);
                }
                case LAST_CASE_BY_DEFAULT -> {
                    if (target instanceof TableSwitchInsnNode table) {
                        table.dflt = table.labels.get(table.labels.size() - 1);
                    } else if (target instanceof LookupSwitchInsnNode lookup) {
                        lookup.dflt = lookup.labels.get(lookup.labels.size() - 1);
                    }
                }
                case OTHER_OPERATION -> {
                    MethodInsnNode call = (MethodInsnNode) target;
                    call.name = OTHER.get(call.name);
                }
                case EXCHANGED_ARGUMENTS -> {
                    // a b c, c a b, c b a, b a c
                    for (int opcode :
                            new int[] {Opcodes.DUP_X2, Opcodes.POP, Opcodes.SWAP, Opcodes.DUP2_X1, Opcodes.POP2}) {
                        instructions.insertBefore(target, new InsnNode(opcode));
                    }
                }
            }
        }
    }

    /** Class, line and reason. */
    String title() {
        return key + " (line " + line + ")";
    }

    /** This canary and another one, both changes at once. */
    Canary and(Canary other) {
        return new Canary(
                key + " and " + other.key,
                line,
                Optional.empty(),
                Stream.concat(spots.stream(), other.spots.stream()).toList());
    }

    CanaryKernel load() throws ReflectiveOperationException {
        return new CanaryKernel(changed(CanaryKernel::compiledClass));
    }

    /** The changed classes. */
    Collection<ClassNode> changed(Function<String, ClassNode> compiled) {
        Map<String, ClassNode> nodes = new TreeMap<>();
        Map<Spot, AbstractInsnNode> targets = new LinkedHashMap<>();
        for (Spot spot : spots) { // found before any change shifts an index
            ClassNode node = nodes.computeIfAbsent(spot.owner(), compiled);
            targets.put(spot, node.methods.get(spot.method()).instructions.get(spot.instruction()));
        }
        targets.forEach((spot, target) -> {
            MethodNode method = nodes.get(spot.owner()).methods.get(spot.method());
            spot.change().apply(method.instructions, target);
        });
        return nodes.values();
    }
}
