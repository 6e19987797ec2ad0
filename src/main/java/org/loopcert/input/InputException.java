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

    private final Kind kind;
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
        this.kind = builder.kind;
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
        private Kind kind = Kind.UNREADABLE;
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

        Builder beyondLimit() {
            this.kind = Kind.BEYOND_LIMIT;
            return this;
        }

        Builder kind(Kind value) {
            this.kind = value;
            return this;
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
            if (hint != null) {
                message.append(" (").append(hint).append(')');
            }
            return message.toString();
        }
    }
}
