package org.loopcert.corpus.canary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.loopcert.corpus.canary.Canary.Change;
import org.loopcert.corpus.canary.Canary.Spot;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Finds the side conditions of the kernel in its compiled classes, and makes a canary of each.
 *
 * <ul>
 *   <li>A call of {@code Refusal.require}, or of another method that returns nothing and may refuse, is dropped.
 *   <li>A guarded {@code throw} of a refusal: a jump from where the check could still go on to where it can only be
 *       refused is one disjunct of the guard, and is never taken; with several disjuncts also all of them.
 *   <li>A jump that makes a condition true or false, in a condition or a predicate, goes one way always.
 * </ul>
 */
final class SideConditions {
    private static final String METER = CanaryKernel.PACKAGE + "Limits$Meter";

    /** How the kernel of certificates refuses. */
    static final Dialect CERTIFICATES = new Dialect(
            CanaryKernel.PACKAGE,
            Set.of(CanaryKernel.PACKAGE + "Refusal"),
            "L" + CanaryKernel.PACKAGE + "Verdict$Reason;",
            Set.of("rejected", "undecided", "limit", "malformed"));

    /**
     * How the classes of a package refuse.
     *
     * @param prefix the package
     * @param refusals the exceptions that say no, by internal name
     * @param reason the descriptor of the type of their reasons
     * @param factories the methods of the exceptions, or their constructor, that make what is thrown
     */
    record Dialect(String prefix, Set<String> refusals, String reason, Set<String> factories) {}

    private final Dialect dialect;
    private final Map<String, ClassNode> classes;
    private final List<Canary> found = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private SideConditions(Dialect dialect, Map<String, ClassNode> classes) {
        this.dialect = dialect;
        this.classes = classes;
    }

    /** All canaries, by class and in the order of the bytecode. */
    static List<Canary> all() {
        return all(CERTIFICATES, CanaryKernel.classes());
    }

    /** All canaries of some classes, by class and in the order of the bytecode. */
    static List<Canary> all(Dialect dialect, Map<String, ClassNode> classes) {
        SideConditions conditions = new SideConditions(dialect, classes);
        conditions.classes.values().forEach(node -> {
            for (int m = 0; m < node.methods.size(); m++) {
                conditions.new Code(node, m).search();
            }
        });
        return List.copyOf(conditions.found);
    }

    /** Calls in methods of a class, each changed on its own. */
    static List<Canary> calls(String owner, Predicate<MethodInsnNode> which, Change change) {
        return calls(CERTIFICATES, CanaryKernel.classes(), owner, which, change);
    }

    /** Calls in methods of a class of some classes, each changed on its own. */
    static List<Canary> calls(
            Dialect dialect,
            Map<String, ClassNode> classes,
            String owner,
            Predicate<MethodInsnNode> which,
            Change change) {
        SideConditions conditions = new SideConditions(dialect, classes);
        ClassNode node = conditions.classes.get(dialect.prefix() + owner);
        for (int m = 0; m < node.methods.size(); m++) {
            Code code = conditions.new Code(node, m);
            for (int i = 0; i < code.instructions.length; i++) {
                if (code.instructions[i] instanceof MethodInsnNode call && which.test(call)) {
                    code.add(call.name, Optional.empty(), i, List.of(code.spot(i, change)));
                }
            }
        }
        return List.copyOf(conditions.found);
    }

    /** The code of one method. */
    private final class Code {
        private final ClassNode owner;
        private final int number;
        private final MethodNode method;
        private final AbstractInsnNode[] instructions;
        private final InsnList list;
        /** For each instruction the throw of a refusal that every way from it leads to; -1 where there is none. */
        private final int[] doom;

        Code(ClassNode owner, int number) {
            this.owner = owner;
            this.number = number;
            method = owner.methods.get(number);
            list = method.instructions;
            instructions = list.toArray();
            doom = doom();
        }

        void search() {
            for (int i = 0; i < instructions.length; i++) {
                if (instructions[i] instanceof MethodInsnNode call && refuses(call)) {
                    boolean require = dialect.refusals().contains(call.owner);
                    Optional<String> reason = require ? reasonBefore(i) : onlyReason(call);
                    String what = require ? reason.orElse("any reason") : call.name + "()";
                    add(what, reason, i, List.of(spot(i, Change.DROP_CALL)));
                }
            }
            guards();
            for (int i = 0; i < instructions.length; i++) {
                if (instructions[i] instanceof JumpInsnNode jump
                        && jump.getOpcode() != Opcodes.GOTO
                        && doom[i] < 0
                        && decides(i)) {
                    add("decision always", Optional.empty(), i, List.of(spot(i, Change.ALWAYS_JUMP)));
                    add("decision never", Optional.empty(), i, List.of(spot(i, Change.NEVER_JUMP)));
                }
            }
        }

        /** Whether nothing but a refusal can come of this call; limits are disabled where they are compared. */
        private boolean refuses(MethodInsnNode call) {
            ClassNode target = classes.get(call.owner);
            return target != null
                    && !call.owner.equals(METER)
                    && Type.getReturnType(call.desc) == Type.VOID_TYPE
                    && target.methods.stream()
                            .anyMatch(declared -> declared.name.equals(call.name)
                                    && declared.desc.equals(call.desc)
                                    && declared.exceptions.stream().anyMatch(dialect.refusals()::contains)
                                    && !declared.name.equals("<init>"));
        }

        /** The reason that the called method itself refuses with, if there is one and no other. */
        private Optional<String> onlyReason(MethodInsnNode call) {
            ClassNode target = classes.get(call.owner);
            Set<String> reasons = new HashSet<>();
            for (int m = 0; m < target.methods.size(); m++) {
                MethodNode declared = target.methods.get(m);
                if (declared.name.equals(call.name) && declared.desc.equals(call.desc)) {
                    Code code = new Code(target, m);
                    for (int i = 0; i < code.instructions.length; i++) {
                        if (code.throwsRefusal(i)
                                || code.instructions[i] instanceof MethodInsnNode require
                                        && dialect.refusals().contains(require.owner)
                                        && require.name.equals("require")) {
                            code.reasonBefore(i).ifPresent(reasons::add);
                        }
                    }
                }
            }
            return reasons.size() == 1 ? Optional.of(reasons.iterator().next()) : Optional.empty();
        }

        private void guards() {
            Map<Integer, List<Spot>> byThrow = new LinkedHashMap<>();
            for (int i = 0; i < instructions.length; i++) {
                Spot spot = guard(i);
                if (spot != null) {
                    int to = successors(i).stream().mapToInt(s -> doom[s]).max().orElseThrow();
                    byThrow.computeIfAbsent(to, key -> new ArrayList<>()).add(spot);
                }
            }
            byThrow.forEach((to, spots) -> {
                Optional<String> reason = reasonBefore(to);
                String what = "throw " + reason.orElseThrow();
                if (spots.size() > 1) {
                    add(what, reason, to, spots);
                    for (int k = 0; k < spots.size(); k++) {
                        add(what + ", disjunct", reason, spots.get(k).instruction(), List.of(spots.get(k)));
                    }
                } else {
                    add(what, reason, to, spots);
                }
            });
        }

        /** The change that keeps this instruction from going to a throw, null where it does not choose to. */
        private Spot guard(int i) {
            List<Integer> next = successors(i);
            if (next.size() < 2
                    || next.stream().allMatch(s -> doom[s] >= 0)
                    || next.stream().allMatch(s -> doom[s] < 0)) {
                return null;
            }
            if (instructions[i] instanceof JumpInsnNode jump) {
                return spot(i, doom[list.indexOf(jump.label)] >= 0 ? Change.NEVER_JUMP : Change.ALWAYS_JUMP);
            }
            return spot(i, Change.LAST_CASE_BY_DEFAULT);
        }

        private int[] doom() {
            int[] result = new int[instructions.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = throwsRefusal(i) ? i : -1;
            }
            for (boolean grew = true; grew; ) {
                grew = false;
                for (int i = result.length - 1; i >= 0; i--) {
                    List<Integer> next = successors(i);
                    if (result[i] < 0 && !next.isEmpty() && next.stream().allMatch(s -> result[s] >= 0)) {
                        result[i] = result[next.get(0)];
                        grew = true;
                    }
                }
            }
            return result;
        }

        private boolean throwsRefusal(int i) {
            return instructions[i].getOpcode() == Opcodes.ATHROW
                    && before(i) instanceof MethodInsnNode call
                    && dialect.refusals().contains(call.owner)
                    && dialect.factories().contains(call.name);
        }

        private AbstractInsnNode before(int i) {
            AbstractInsnNode node = instructions[i].getPrevious();
            while (node != null && node.getOpcode() < 0) {
                node = node.getPrevious();
            }
            return node;
        }

        private List<Integer> successors(int i) {
            AbstractInsnNode node = instructions[i];
            List<Integer> next = new ArrayList<>();
            int opcode = node.getOpcode();
            boolean ends = opcode == Opcodes.GOTO
                    || opcode == Opcodes.ATHROW
                    || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN
                    || node instanceof TableSwitchInsnNode
                    || node instanceof LookupSwitchInsnNode;
            if (!ends && i + 1 < instructions.length) {
                next.add(i + 1);
            }
            List<LabelNode> labels = new ArrayList<>();
            if (node instanceof JumpInsnNode jump) {
                labels.add(jump.label);
            } else if (node instanceof TableSwitchInsnNode table) {
                labels.addAll(table.labels);
                labels.add(table.dflt);
            } else if (node instanceof LookupSwitchInsnNode lookup) {
                labels.addAll(lookup.labels);
                labels.add(lookup.dflt);
            }
            labels.forEach(label -> next.add(list.indexOf(label)));
            return next;
        }

        /** Whether one way of this jump leads straight to a truth value, or to null. */
        private boolean decides(int i) {
            return successors(i).stream().anyMatch(s -> truth(real(s)));
        }

        private int real(int i) {
            int at = i;
            while (at < instructions.length && instructions[at].getOpcode() < 0) {
                at++;
            }
            return at;
        }

        /** javac makes a truth value by {@code iconst_1; goto L; iconst_0; L:}, or the other way round. */
        private boolean truth(int i) {
            if (opcode(i) == Opcodes.ACONST_NULL) {
                int next = real(i + 1);
                return opcode(next) == Opcodes.ARETURN || opcode(next) == Opcodes.GOTO;
            }
            return pair(i)
                    || opcode(i) == Opcodes.ICONST_0 && pair(previous(previous(i)))
                    || opcode(i) == Opcodes.ICONST_1 && pair(previous(previous(i)));
        }

        private boolean pair(int i) {
            if (i < 0 || !constant(i)) {
                return false;
            }
            int jump = real(i + 1);
            int other = jump < instructions.length ? real(jump + 1) : jump;
            return opcode(jump) == Opcodes.GOTO
                    && constant(other)
                    && opcode(other) != opcode(i)
                    && real(list.indexOf(((JumpInsnNode) instructions[jump]).label)) == real(other + 1);
        }

        private boolean constant(int i) {
            return opcode(i) == Opcodes.ICONST_0 || opcode(i) == Opcodes.ICONST_1;
        }

        private int previous(int i) {
            int at = i - 1;
            while (at >= 0 && instructions[at].getOpcode() < 0) {
                at--;
            }
            return at;
        }

        private int opcode(int i) {
            return i >= 0 && i < instructions.length ? instructions[i].getOpcode() : -1;
        }

        /** The reason that is loaded last before this call or throw. */
        private Optional<String> reasonBefore(int i) {
            for (int at = i; at >= 0; at--) {
                if (instructions[at] instanceof FieldInsnNode field && field.desc.equals(dialect.reason())) {
                    return Optional.of(field.name.toLowerCase(Locale.ROOT).replace('_', '-'));
                }
                if (instructions[at] instanceof MethodInsnNode call
                        && dialect.refusals().contains(call.owner)
                        && Set.of("limit", "malformed").contains(call.name)) {
                    return Optional.of(call.name);
                }
            }
            return instructions[i].getOpcode() == Opcodes.ATHROW ? Optional.of("any reason") : Optional.empty();
        }

        private Spot spot(int i, Change change) {
            return new Spot(owner.name, number, i, change);
        }

        private void add(String what, Optional<String> reason, int i, List<Spot> spots) {
            String name = owner.name.substring(dialect.prefix().length()) + "." + method.name + " " + what;
            int count = numbers.merge(name, 1, Integer::sum);
            found.add(new Canary(name + " " + count, line(i), reason, spots));
        }

        private int line(int i) {
            for (int at = i; at >= 0; at--) {
                if (instructions[at] instanceof LineNumberNode node) {
                    return node.line;
                }
            }
            return 0;
        }
    }
}
