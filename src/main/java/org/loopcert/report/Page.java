package org.loopcert.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.loopcert.report.Table.Column;

/**
 * A page of HTML that needs nothing but itself: no file, no network, no font. Whatever it is given is text and stays
 * text; its content security policy forbids the browser to load anything. It is built from top to bottom, and written
 * once it is complete; the same content gives the same text.
 */
public final class Page {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " img-src data:; base-uri 'none'; form-action 'none'";

    /** A part of the page, told its number, which makes its ids unique. */
    @FunctionalInterface
    private interface Part {
        void write(Markup markup, int number) throws XMLStreamException;
    }

    private final String title;
    private final List<Part> parts = new ArrayList<>();
    private int depth = 1;

    /** A page without content; the title is its main heading, too. */
    public Page(String title) {
        this.title = Objects.requireNonNull(title, "title");
    }

    /** Begins a section. */
    public Page section(String heading) {
        depth = 2;
        return add((markup, number) -> markup.text("h2", heading));
    }

    /**
     * Begins a section within a section.
     *
     * @throws IllegalStateException if there is no section yet
     */
    public Page subsection(String heading) {
        if (depth < 2) {
            throw new IllegalStateException("expected a section before the subsection " + heading);
        }
        depth = 3;
        return add((markup, number) -> markup.text("h3", heading));
    }

    /** A paragraph. */
    public Page paragraph(String text) {
        return add((markup, number) -> markup.text("p", text));
    }

    /** A list of short texts. */
    public Page list(List<String> items) {
        List<String> copy = List.copyOf(items);
        return add((markup, number) -> list(markup, copy));
    }

    /** A verdict and what it is about. */
    public Page verdict(Badge badge, String text) {
        Objects.requireNonNull(text, "text");
        return add((markup, number) -> markup.element("p", () -> {
            badge(markup, badge);
            markup.text(" " + text);
        }));
    }

    /** A table. */
    public Page table(Table table) {
        Objects.requireNonNull(table, "table");
        return add((markup, number) -> table(markup, number, table));
    }

    /** A figure with its caption; the notes of the figure follow the caption. */
    public Page figure(Figure figure, String caption) {
        Objects.requireNonNull(figure, "figure");
        return add((markup, number) -> markup.element("figure", () -> {
            markup.element("div", () -> figure.writeTo(markup, "figure-" + number), "class", "drawing");
            markup.element("figcaption", () -> {
                markup.text("p", caption);
                if (!figure.notes().isEmpty()) {
                    list(markup, figure.notes());
                }
            });
        }));
    }

    /**
     * Exact values behind a summary line that unfolds, with a button that copies them.
     *
     * @param summary what they are
     * @param text the values, to the last character
     */
    public Page copyable(String summary, String text) {
        Objects.requireNonNull(text, "text");
        return add((markup, number) -> markup.element("details", () -> {
            markup.text("summary", summary);
            String id = "text-" + number;
            // a reader of HTML drops one line break at the beginning, but not two
            markup.text(
                    "textarea",
                    "\n" + text,
                    "id",
                    id,
                    "readonly",
                    "",
                    "rows",
                    rows(text),
                    "spellcheck",
                    "false",
                    "aria-label",
                    summary);
            markup.element("p", () -> {
                markup.text("button", "Copy", "type", "button", "hidden", "", "data-copy", id);
                markup.text("span", "", "role", "status");
            });
        }));
    }

    private static String rows(String text) {
        return Long.toString(Math.max(2, Math.min(16, text.lines().count() + 1)));
    }

    private Page add(Part part) {
        parts.add(part);
        return this;
    }

    /**
     * The page.
     *
     * @throws FontsUnavailableException if it has a figure and the machine has no font to draw it with
     */
    public String html() {
        StringWriter text = new StringWriter();
        try {
            writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return text.toString();
    }

    /**
     * Writes the page, to be encoded in UTF-8; the writer stays open.
     *
     * @throws FontsUnavailableException if it has a figure and the machine has no font to draw it with
     */
    public void writeTo(Writer writer) throws IOException {
        try {
            Markup markup = new Markup(writer);
            markup.doctype();
            markup.element("html", () -> document(markup), "lang", "en");
            markup.newline();
            markup.flush();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("cannot write the page", e);
        }
    }

    private void document(Markup markup) throws XMLStreamException {
        markup.newline();
        markup.element("head", () -> {
            markup.voidElement("meta", "charset", "utf-8");
            markup.voidElement("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
            markup.voidElement("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
            markup.voidElement("meta", "name", "color-scheme", "content", "light dark");
            markup.text("title", title);
            markup.raw("style", resource("page.css"));
        });
        markup.newline();
        markup.element("body", () -> {
            markup.element("main", () -> {
                markup.text("h1", title);
                for (int i = 0; i < parts.size(); i++) {
                    markup.newline();
                    parts.get(i).write(markup, i + 1);
                }
            });
            markup.newline();
            markup.raw("script", resource("page.js"));
        });
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static void list(Markup markup, List<String> items) throws XMLStreamException {
        markup.element("ul", () -> {
            for (String item : items) {
                markup.text("li", item);
            }
        });
    }

    private static void badge(Markup markup, Badge badge) throws XMLStreamException {
        markup.text(
                "span", badge.text(), "class", "badge " + badge.tone().name().toLowerCase(Locale.ROOT));
    }

    private static void table(Markup markup, int number, Table table) throws XMLStreamException {
        String caption = "caption-" + number;
        // a wide table scrolls by itself, with the keyboard, too
        markup.element(
                "div",
                () -> markup.element("table", () -> {
                    markup.text("caption", table.caption(), "id", caption);
                    markup.element(
                            "thead",
                            () -> markup.element("tr", () -> {
                                for (Column column : table.columns()) {
                                    markup.text("th", column.name(), withAlignment(column, "scope", "col"));
                                }
                            }));
                    markup.element("tbody", () -> {
                        for (List<Cell> row : table.rows()) {
                            markup.newline();
                            markup.element("tr", () -> row(markup, table.columns(), row));
                        }
                    });
                }),
                "class",
                "wide",
                "role",
                "region",
                "tabindex",
                "0",
                "aria-labelledby",
                caption);
    }

    private static void row(Markup markup, List<Column> columns, List<Cell> row) throws XMLStreamException {
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            String[] attributes =
                    i == 0 ? withAlignment(columns.get(i), "scope", "row") : withAlignment(columns.get(i));
            markup.element(i == 0 ? "th" : "td", () -> cell(markup, cell), attributes);
        }
    }

    private static void cell(Markup markup, Cell cell) throws XMLStreamException {
        if (cell instanceof Badge badge) {
            badge(markup, badge);
        } else if (cell instanceof Cell.Text text) {
            markup.text(text.text());
        }
    }

    private static String[] withAlignment(Column column, String... attributes) {
        if (!column.numeric()) {
            return attributes;
        }
        String[] result = Arrays.copyOf(attributes, attributes.length + 2);
        result[attributes.length] = "class";
        result[attributes.length + 1] = "number";
        return result;
    }
}
