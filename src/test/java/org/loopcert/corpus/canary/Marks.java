package org.loopcert.corpus.canary;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** Notes where a run comes by a place in the code at which a change would show. Runs are on one thread at a time. */
public final class Marks {
    private static final BitSet SEEN = new BitSet();
    private static final Map<Integer, Integer> OPEN = new HashMap<>();

    private Marks() {}

    static void clear() {
        SEEN.clear();
        OPEN.clear();
    }

    static BitSet seen() {
        BitSet seen = (BitSet) SEEN.clone();
        OPEN.keySet().forEach(seen::set);
        return seen;
    }

    /** Called where any run that comes by counts. */
    public static void at(int number) {
        SEEN.set(number);
    }

    /** Called before a call that can do nothing but throw; {@link #leave} takes the mark back if it did not. */
    public static void enter(int number) {
        OPEN.merge(number, 1, Integer::sum);
    }

    /** Called after such a call. */
    public static void leave(int number) {
        OPEN.merge(number, -1, (before, one) -> before == 1 ? null : before - 1);
    }

    /** Called with the operand of a jump that a change would have go the given way. */
    public static void jump(int operand, int opcode, boolean always, int number) {
        if (always != jumps(Integer.signum(operand), opcode - Opcodes.IFEQ)) {
            SEEN.set(number);
        }
    }

    /** Called with the operands of a jump that a change would have go the given way. */
    public static void jump(int left, int right, int opcode, boolean always, int number) {
        if (always != jumps(Integer.compare(left, right), opcode - Opcodes.IF_ICMPEQ)) {
            SEEN.set(number);
        }
    }

    /** Called with the operand of a jump that a change would have go the given way. */
    public static void jump(Object operand, int opcode, boolean always, int number) {
        if (always != ((operand == null) == (opcode == Opcodes.IFNULL))) {
            SEEN.set(number);
        }
    }

    /** Called with the operands of a jump that a change would have go the given way. */
    public static void jump(Object left, Object right, int opcode, boolean always, int number) {
        if (always != ((left == right) == (opcode == Opcodes.IF_ACMPEQ))) {
            SEEN.set(number);
        }
    }

    /** The six comparisons in the order of their opcodes. */
    private static boolean jumps(int sign, int comparison) {
        return switch (comparison) {
            case 0 -> sign == 0;
            case 1 -> sign != 0;
            case 2 -> sign < 0;
            case 3 -> sign >= 0;
            case 4 -> sign > 0;
            case 5 -> sign <= 0;
            default -> throw new IllegalArgumentException("no comparison " + comparison);
        };
    }
}
