package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of a JSON text with their places. Numbers are taken as text, so that {@code 0.1} means
 * one tenth; nothing recurses, and the first token of a wrong kind ends the reading, so nesting
 * cannot pile up.
 */
final class JsonTokens implements AutoCloseable {
    private static final int NESTING = 8;
    private static final Pattern TOKEN = Pattern.compile("token '([^']*)'");

    private final SourceText source;
    private final InputLimits limits;
    private final NumberBudget budget;
    private final JsonParser parser;
    private final int base; // where the text begins in a binary file, or -1
    private int countedCharacters;
    private long countedBytes;

    JsonTokens(SourceText source, InputLimits limits) {
        this(source, limits, -1);
    }

    /** The tokens of a text that begins at a byte of a binary file; places are bytes then. */
    JsonTokens(SourceText source, InputLimits limits, int base) {
        this.base = base;
        this.source = source;
        this.limits = limits;
        this.budget = new NumberBudget(limits);
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING)
                        .maxNumberLength(limits.maxDigits() + 32)
                        .maxStringLength(Math.max(1, source.text().length()))
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try {
            this.parser = factory.createParser(source.text());
        } catch (IOException e) {
            throw new UncheckedIOException("reading text in memory", e);
        }
    }

    /** The next token; null at the end of the text. */
    JsonToken next() throws InputException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading text in memory", e);
        }
    }

    /**
     * The text of the current token: a name, the characters of a string, the spelling of a number.
     */
    String text() throws InputException {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading text in memory", e);
        }
    }

    JsonToken current() {
        return parser.currentToken();
    }

    /** The place of the current token. */
    InputException.Builder here() {
        return at(parser.currentTokenLocation());
    }

    private InputException.Builder at(JsonLocation place) {
        InputException.Builder builder = InputException.in(source.file());
        return base < 0
                ? builder.line(place.getLineNr()).column(place.getColumnNr())
                : builder.byteOffset(byteOffset(place));
    }

    /** The byte of a binary file where the current token begins. */
    long byteOffset() {
        return byteOffset(parser.currentTokenLocation());
    }

    private long byteOffset(JsonLocation place) {
        int characters =
                (int) Math.max(0, Math.min(place.getCharOffset(), source.text().length()));
        if (characters < countedCharacters) {
            countedCharacters = 0;
            countedBytes = 0;
        }
        // places mostly move forward, so each character is counted about once
        countedBytes += source.text().substring(countedCharacters, characters).getBytes(StandardCharsets.UTF_8).length;
        countedCharacters = characters;
        return base + countedBytes;
    }

    void markPlace(Draft draft, String field) {
        JsonLocation place = parser.currentTokenLocation();
        draft.place(field, place.getLineNr(), place.getColumnNr());
    }

    /** The number at the current token: a JSON number, or a string that spells an exact number. */
    BigRational number(String what) throws InputException {
        if (!isScalar()) {
            throw here().expected("a number for " + what).found(describe()).build();
        }
        return number(what, text());
    }

    private BigRational number(String what, String text) throws InputException {
        try {
            return budget.parse(text);
        } catch (ExactDecimal.RefusedException e) {
            throw here().refused(e, " for " + what).build();
        } catch (NumberBudget.ExhaustedException e) {
            throw e.at(here());
        }
    }

    /** The list of numbers that begins at the current token. */
    List<BigRational> vector(String what, int longest, String limit) throws InputException {
        requireArray(what, "a list of numbers");
        List<BigRational> entries = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            if (entries.size() == longest) {
                throw here().beyond(limit, longest, longest + 1L)
                        .expected("at most " + longest + " entries for " + what)
                        .found("more")
                        .build();
            }
            entries.add(number("entry " + (entries.size() + 1) + " of " + what));
        }
        if (entries.isEmpty()) {
            throw here().expected("at least one entry for " + what)
                    .found("none")
                    .build();
        }
        return entries;
    }

    void requireArray(String what, String expected) throws InputException {
        if (current() != JsonToken.START_ARRAY) {
            throw here().expected(expected + " for " + what).found(describe()).build();
        }
    }

    void requireEnd() throws InputException {
        if (next() != null) {
            throw here().expected("nothing after the first JSON value")
                    .found(describe())
                    .build();
        }
    }

    boolean isScalar() {
        JsonToken token = current();
        return token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT
                || token == JsonToken.VALUE_STRING;
    }

    /** The current token in words. */
    String describe() throws InputException {
        JsonToken token = current();
        if (token == null) {
            return "the end of the file";
        }
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case END_ARRAY -> "the end of a list";
            case END_OBJECT -> "the end of an object";
            case VALUE_STRING -> "the string " + InputException.quote(text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + InputException.quote(text());
            case FIELD_NAME -> "the field " + InputException.quote(text());
            default -> text();
        };
    }

    InputLimits limits() {
        return limits;
    }

    private InputException malformed(JsonProcessingException e) {
        InputException.Builder place = InputException.in(source.file()).cause(e);
        JsonLocation location = e.getLocation();
        if (location != null && location.getLineNr() > 0) {
            place = at(location).cause(e);
        }
        // what follows the start marker is a place in Jackson's own notation
        String message = String.valueOf(e.getOriginalMessage()).split(" \\(start marker", 2)[0];
        if (e instanceof StreamConstraintsException && message.startsWith("Number")) { // else a name of 50,000 letters
            return place.beyond("max-digits", limits.maxDigits(), limits.maxDigits() + 1L)
                    .expected("a number of at most " + limits.maxDigits() + " digits")
                    .found("more")
                    .build();
        }
        Matcher token = TOKEN.matcher(message);
        if (message.startsWith("Non-standard token") && token.find()) {
            return place.expected("a finite number")
                    .found("'" + token.group(1) + "', which JSON has no number for")
                    .build();
        }
        if (message.startsWith("Duplicate")) {
            return place.expected("each field once")
                    .found(message.replaceFirst("Duplicate field ", "") + " twice")
                    .build();
        }
        return place.expected("well-formed JSON")
                .found(InputException.quote(message))
                .build();
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing text in memory", e);
        }
    }
}
