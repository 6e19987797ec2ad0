package org.loopcert.input;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An input that is refused: where, what was expected, what was found, and which option would help.
 * {@link #getMessage()} is one line of the form {@code file:line:column: expected ..., found ...
 * (hint)}.
 */
public final class InputException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    /** Why an input is refused; the two kinds have different exit codes. */
    public enum Kind {
        /** Malformed, unsupported, or options that do not fit it. */
        UNREADABLE,
        /** Nothing wrong was seen, but a limit of {@link InputLimits} was reached. */
        BEYOND_LIMIT
    }

    /**
     * A limit that was reached.
     *
     * @param name as the messages and the command line have it, such as {@code max-rows}
     * @param allowed how much of it
     * @param needed what the input needs at least: reading ends where this much is known
     */
    public record Limit(String name, long allowed, long needed) {
        /** What is said about it, and how to raise it. */
        @Override
        public String toString() {
            return "limit " + name + " " + allowed + ", needed " + needed
                    + (name.equals(FIXED) ? "; no option raises it" : "; --" + name + " raises it");
        }
    }

    /** The limit on headers, which the formats make a matter of course. */
    static final String FIXED = "max-header";

    private final Kind kind;
    private final transient Limit limit;
    private final String file;
    private final String member;
    private final long line;
    private final long column;
    private final long byteOffset;
    private final String expected;
    private final String found;
    private final String hint;

    private InputException(Builder builder) {
        super(builder.message(), builder.cause);
        this.kind = builder.limit == null ? Kind.UNREADABLE : Kind.BEYOND_LIMIT;
        this.limit = builder.limit;
        this.file = builder.file;
        this.member = builder.member;
        this.line = builder.line;
        this.column = builder.column;
        this.byteOffset = builder.byteOffset;
        this.expected = builder.expected;
        this.found = builder.found;
        this.hint = builder.hint;
    }

    /** Whether the input is unreadable or merely beyond a limit. */
    public Kind kind() {
        return kind;
    }

    /** The limit that the input is beyond, if it is. */
    public Optional<Limit> limit() {
        return Optional.ofNullable(limit);
    }

    /** The file as the user named it. */
    public String file() {
        return file;
    }

    /** The member of a zip archive that the refusal is about, if any. */
    public Optional<String> member() {
        return Optional.ofNullable(member);
    }

    /** The line, from 1, where known. */
    public OptionalLong line() {
        return known(line);
    }

    /** The character column within the line, from 1, where known. */
    public OptionalLong column() {
        return known(column);
    }

    /** The offset in bytes from the start of the file, or of the unpacked member, from 0, where known. */
    public OptionalLong byteOffset() {
        return known(byteOffset);
    }

    /** What the reader expected. */
    public String expected() {
        return expected;
    }

    /** What it found instead; quoted input is shortened and free of control characters. */
    public String found() {
        return found;
    }

    /** What would help, if anything would. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    private static OptionalLong known(long position) {
        return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** Input text made fit for a message: quoted, on one line, without control characters. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        int shown = Math.min(text.length(), LONGEST_QUOTE);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || !isPrintable(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        quoted.append('\'');
        if (shown < text.length()) {
            quoted.append("... (").append(text.length()).append(" characters)");
        }
        return quoted.toString();
    }

    private static boolean isPrintable(char c) {
        // formatting characters (bidirectional overrides, byte order marks) and line separators could
        // make a message read differently from what the file says
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    static Builder in(String file) {
        return new Builder(file);
    }

    /** Collects the parts of a refusal. */
    static final class Builder {
        private final String file;
        private Limit limit;
        private String member;
        private long line = -1;
        private long column = -1;
        private long byteOffset = -1;
        private String expected = "";
        private String found = "";
        private String hint;
        private Throwable cause;

        private Builder(String file) {
            this.file = Objects.requireNonNull(file);
        }

        /** Nothing is wrong but that a limit is reached. */
        Builder beyond(Limit value) {
            this.limit = Objects.requireNonNull(value);
            return this;
        }

        Builder beyond(String name, long allowed, long needed) {
            return beyond(new Limit(name, allowed, needed));
        }

        /** What was expected and found is what the text of a number was refused for. */
        Builder refused(ExactDecimal.RefusedException e, String expectedIn) {
            this.limit = e.limit().orElse(null);
            return expected(e.expected() + expectedIn).found(e.found()).cause(e);
        }

        Builder member(String value) {
            this.member = value;
            return this;
        }

        Builder line(long value) {
            this.line = value;
            return this;
        }

        Builder column(long value) {
            this.column = value;
            return this;
        }

        Builder byteOffset(long value) {
            this.byteOffset = value;
            return this;
        }

        Builder expected(String value) {
            this.expected = value;
            return this;
        }

        Builder found(String value) {
            this.found = value;
            return this;
        }

        Builder hint(String value) {
            this.hint = value;
            return this;
        }

        Builder cause(Throwable value) {
            this.cause = value;
            return this;
        }

        InputException build() {
            return new InputException(this);
        }

        private String message() {
            StringBuilder message = new StringBuilder(file);
            if (member != null) {
                message.append(": member ").append(quote(member));
            }
            if (line >= 0) {
                message.append(':').append(line);
                if (column >= 0) {
                    message.append(':').append(column);
                }
            } else if (byteOffset >= 0) {
                message.append(": byte ").append(byteOffset);
            }
            message.append(": expected ").append(expected).append(", found ").append(found);
            if (limit != null) {
                message.append(" (").append(limit).append(hint == null ? ")" : "; " + hint + ")");
            } else if (hint != null) {
                message.append(" (").append(hint).append(')');
            }
            return message.toString();
        }
    }
}
