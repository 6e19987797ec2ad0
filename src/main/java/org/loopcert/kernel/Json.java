package org.loopcert.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The strict subset of JSON that certificates are written in: objects, arrays, plain ASCII strings
 * and integers of at most 18 digits. {@link #read} accepts exactly the byte sequences that {@link
 * #print} makes. Both work with explicit stacks, so nesting costs no call depth.
 */
public sealed interface Json {
    /** Byte offset in the file that was read; 0 for values built in memory. */
    int at();

    /** An object; names and values in order. */
    record Obj(int at, List<String> names, List<Json> values) implements Json {
        public Obj {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }
    }

    /** An array. */
    record Arr(int at, List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A string of printable ASCII without quotation mark and backslash. */
    record Str(int at, String text) implements Json {}

    /** A small integer: a count, an index or a power of two. */
    record Int(int at, long value) implements Json {}

    /** The canonical bytes of a value, closed by a line feed. */
    static byte[] print(Json root) {
        StringBuilder out = new StringBuilder();
        Deque<Open> stack = new ArrayDeque<>();
        emit(root, out, stack);
        while (!stack.isEmpty()) {
            Open open = stack.peek();
            if (open.next == open.children.size()) {
                stack.pop();
                if (!open.inline) {
                    newLine(out, stack.size());
                }
                out.append(open.names == null ? ']' : '}');
                continue;
            }
            if (open.next > 0) {
                out.append(open.inline ? ", " : ",");
            }
            if (!open.inline) {
                newLine(out, stack.size());
            }
            if (open.names != null) {
                out.append('"').append(open.names.get(open.next)).append("\": ");
            }
            Json child = open.children.get(open.next);
            open.next++;
            emit(child, out, stack);
        }
        return out.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void newLine(StringBuilder out, int depth) {
        out.append('\n').append(" ".repeat(depth));
    }

    private static void emit(Json value, StringBuilder out, Deque<Open> stack) {
        if (value instanceof Str str) {
            out.append('"').append(str.text()).append('"');
        } else if (value instanceof Int number) {
            out.append(number.value());
        } else if (value instanceof Arr array) {
            out.append('[');
            stack.push(new Open(null, array.items()));
        } else if (value instanceof Obj object) {
            out.append('{');
            stack.push(new Open(object.names(), object.values()));
        }
    }

    /** A container whose printing is under way; arrays of plain values stay on one line. */
    final class Open {
        private final List<String> names;
        private final List<Json> children;
        private final boolean inline;
        private int next;

        private Open(List<String> names, List<Json> children) {
            this.names = names;
            this.children = children;
            boolean plain = names == null || children.isEmpty();
            for (Json child : children) {
                plain &= child instanceof Str || child instanceof Int;
            }
            this.inline = plain;
        }
    }

    /** Reads the one canonical spelling of a value; anything else is malformed. */
    static Json read(byte[] bytes, Limits limits) throws Refusal {
        if (bytes.length > limits.bytes()) {
            throw Refusal.limit("max-bytes " + limits.bytes(), bytes.length + " bytes");
        }
        Json value = new Reader(bytes, limits).read();
        byte[] canonical = print(value);
        int difference = Arrays.mismatch(bytes, canonical);
        if (difference >= 0) {
            throw Refusal.malformed(difference, Reader.show(canonical, difference), Reader.show(bytes, difference));
        }
        return value;
    }

    /** Shortens a text for messages. */
    static String brief(String text) {
        return text.length() <= 60 ? "'" + text + "'" : "'" + text.substring(0, 57) + "...'";
    }

    /** The iterative reader; tolerant of white space, which the comparison of bytes then settles. */
    final class Reader {
        private final byte[] bytes;
        private final Limits limits;
        private int at;
        private int values;

        private Reader(byte[] bytes, Limits limits) {
            this.bytes = bytes;
            this.limits = limits;
        }

        /** A container whose reading is under way. */
        private static final class Frame {
            private final int at;
            private final List<String> names;
            private final List<Json> items = new ArrayList<>();

            private Frame(int at, boolean object) {
                this.at = at;
                this.names = object ? new ArrayList<>() : null;
            }

            private Json close() {
                return names == null ? new Arr(at, items) : new Obj(at, names, items);
            }
        }

        private Json read() throws Refusal {
            Deque<Frame> stack = new ArrayDeque<>();
            while (true) {
                Json done = null;
                int start = skipSpace();
                int c = peek();
                if (c == '{' || c == '[') {
                    at++;
                    Frame frame = new Frame(start, c == '{');
                    stack.push(frame);
                    if (stack.size() > limits.depth()) {
                        throw Refusal.limit("max-depth " + limits.depth(), stack.size() + " levels");
                    }
                    skipSpace();
                    if (frame.names == null && peek() == ']') {
                        at++;
                        done = stack.pop().close();
                    } else if (frame.names != null) {
                        name(frame);
                    }
                } else if (c == '"') {
                    done = new Str(start, string());
                } else {
                    done = new Int(start, integer());
                }
                if (done != null) {
                    count();
                    done = finish(done, stack);
                    if (done != null) {
                        skipSpace();
                        if (at < bytes.length) {
                            throw Refusal.malformed(at, "end of file", found());
                        }
                        return done;
                    }
                }
            }
        }

        /** Hands a finished value to its containers; the root once everything is closed, else null. */
        private Json finish(Json value, Deque<Frame> stack) throws Refusal {
            Json done = value;
            while (!stack.isEmpty()) {
                Frame frame = stack.peek();
                frame.items.add(done);
                skipSpace();
                int c = peek();
                if (c == ',') {
                    at++;
                    if (frame.names != null) {
                        skipSpace();
                        name(frame);
                    }
                    return null;
                }
                char close = frame.names == null ? ']' : '}';
                if (c != close) {
                    throw Refusal.malformed(at, "',' or '" + close + "'", found());
                }
                at++;
                count();
                done = stack.pop().close();
            }
            return done;
        }

        private void name(Frame frame) throws Refusal {
            int start = at;
            if (peek() != '"') {
                throw Refusal.malformed(at, "a field name", found());
            }
            String name = string();
            if (frame.names.contains(name)) {
                throw Refusal.malformed(start, "each field once", "a second " + brief(name));
            }
            if (frame.names.size() >= 32) {
                throw Refusal.malformed(start, "at most 32 fields", brief(name));
            }
            frame.names.add(name);
            skipSpace();
            if (peek() != ':') {
                throw Refusal.malformed(at, "':'", found());
            }
            at++;
        }

        private String string() throws Refusal {
            int start = ++at;
            while (peek() != '"') {
                int c = peek();
                if (c < ' ' || c > '~' || c == '\\') {
                    throw Refusal.malformed(at, "printable ASCII without backslash", found());
                }
                at++;
            }
            at++;
            return new String(bytes, start, at - 1 - start, StandardCharsets.US_ASCII);
        }

        private long integer() throws Refusal {
            int start = at;
            if (peek() == '-') {
                at++;
            }
            int first = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            if (at == first || at - first > 18) {
                at = at == first ? start : at;
                throw Refusal.malformed(start, "a value (integers have at most 18 digits)", found());
            }
            return Long.parseLong(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
        }

        private void count() throws Refusal {
            if (++values > limits.values()) {
                throw Refusal.limit("max-values " + limits.values(), "the file");
            }
        }

        private int skipSpace() {
            while (at < bytes.length
                    && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
                at++;
            }
            return at;
        }

        private int peek() {
            return at < bytes.length ? Byte.toUnsignedInt(bytes[at]) : -1;
        }

        private String found() {
            return show(bytes, at);
        }

        private static String show(byte[] bytes, int at) {
            int c = at < bytes.length ? Byte.toUnsignedInt(bytes[at]) : -1;
            return c < 0
                    ? "end of file"
                    : c > ' ' && c <= '~' ? "'" + Character.toString(c) + "'" : String.format("byte 0x%02x", c);
        }
    }
}
