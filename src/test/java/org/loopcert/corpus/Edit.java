package org.loopcert.corpus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Limits;

/**
 * Changes a certificate in one place. Places are paths such as {@code lines/small-steps/premises/0}: an entry of an
 * array is named by its index or, among the lines, by its rule.
 */
final class Edit {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(/[0-9]+)?");

    private final Json root;

    private Edit(Json root) {
        this.root = root;
    }

    static Edit of(byte[] certificate) {
        return new Edit(read(certificate));
    }

    /** Reads a canonical file. */
    static Json read(byte[] certificate) {
        try {
            return Json.read(certificate, Limits.DEFAULT);
        } catch (Exception refusal) { // the type is the kernel's own
            throw new IllegalArgumentException("not canonical", refusal);
        }
    }

    Json get(String path) {
        Json value = root;
        for (String step : path.split("/")) {
            value = children(value).get(index(value, step));
        }
        return value;
    }

    Edit set(String path, Json value) {
        return new Edit(change(root, path, old -> value));
    }

    Edit set(String path, String text) {
        return set(path, Texts.string(text));
    }

    Edit set(String path, long count) {
        return set(path, Texts.count(count));
    }

    /** Removes a field or an array entry. */
    Edit remove(String path) {
        int slash = path.lastIndexOf('/');
        return new Edit(change(root, path.substring(0, slash), parent -> {
            int at = index(parent, path.substring(slash + 1));
            List<Json> values = new ArrayList<>(children(parent));
            values.remove(at);
            List<String> names = names(parent);
            if (names != null) {
                names.remove(at);
            }
            return of(names, values);
        }));
    }

    /** Adds an entry at the end of an array. */
    Edit append(String path, Json value) {
        return new Edit(change(root, path, array -> {
            List<Json> values = new ArrayList<>(children(array));
            values.add(value);
            return of(null, values);
        }));
    }

    /** Adds a field at the end of an object; the path of the whole certificate is empty. */
    Edit field(String path, String name, Json value) {
        UnaryOperator<Json> add = object -> {
            List<String> names = names(object);
            names.add(name);
            List<Json> values = new ArrayList<>(children(object));
            values.add(value);
            return of(names, values);
        };
        return new Edit(path.isEmpty() ? add.apply(root) : change(root, path, add));
    }

    /** Gives a line other premises, named by rule. */
    Edit premises(String rule, String... premises) {
        return set(
                "lines/" + rule + "/premises",
                Texts.array(Stream.of(premises)
                        .map(premise -> Texts.count(number(premise)))
                        .toList()));
    }

    /** Adds a line; its premises are named by rule. */
    Edit line(String rule, List<String> premises, Texts.Field... witness) {
        List<Texts.Field> fields = new ArrayList<>();
        fields.add(Texts.field("line", Texts.count(children(get("lines")).size() + 1)));
        fields.add(Texts.field("rule", Texts.string(rule)));
        fields.add(Texts.field(
                "premises",
                Texts.array(premises.stream()
                        .map(premise -> Texts.count(number(premise)))
                        .toList())));
        fields.addAll(List.of(witness));
        return append("lines", Texts.object(fields));
    }

    /** Removes a line on which no other depends, and numbers the rest anew. */
    Edit drop(String rule) {
        int removed = number(rule);
        List<Json> lines = new ArrayList<>();
        for (Json line : children(get("lines"))) {
            Edit edit = new Edit(line);
            int number = Math.toIntExact(((Json.Int) edit.get("line")).value());
            if (number == removed) {
                continue;
            }
            List<Json> premises = new ArrayList<>();
            for (Json premise : children(edit.get("premises"))) {
                long value = ((Json.Int) premise).value();
                if (value == removed) {
                    throw new IllegalArgumentException(rule + " is a premise of line " + number);
                }
                premises.add(Texts.count(value > removed ? value - 1 : value));
            }
            lines.add(edit.set("line", number > removed ? number - 1 : number)
                    .set("premises", Texts.array(premises))
                    .root);
        }
        return set("lines", Texts.array(lines));
    }

    /** The number of the last line of this rule. */
    int number(String rule) {
        return index(get("lines"), rule) + 1;
    }

    /** The bytes as they stand. */
    byte[] print() {
        return Json.print(root);
    }

    /** The bytes after declaring length and digits anew, so that nothing but the change is wrong. */
    byte[] seal() {
        Edit edit = set("cost/digits", Math.max(digits(get("instance")), digits(get("lines"))));
        long bytes = 1;
        while (true) {
            byte[] text = edit.set("cost/bytes", bytes).print();
            if (text.length == bytes) {
                return text;
            }
            bytes = text.length;
        }
    }

    private static int digits(Json tree) {
        int largest = 1;
        Deque<Json> stack = new ArrayDeque<>(List.of(tree));
        while (!stack.isEmpty()) {
            Json value = stack.pop();
            if (value instanceof Json.Str text) {
                if (NUMBER.matcher(text.text()).matches()) {
                    for (String integer : text.text().split("[-/]")) {
                        largest = Math.max(largest, integer.length());
                    }
                }
            } else if (!(value instanceof Json.Int)) {
                children(value).forEach(stack::push);
            }
        }
        return largest;
    }

    private static Json change(Json value, String path, UnaryOperator<Json> change) {
        int slash = path.indexOf('/');
        int at = index(value, slash < 0 ? path : path.substring(0, slash));
        List<Json> values = new ArrayList<>(children(value));
        Json child = values.get(at);
        values.set(at, slash < 0 ? change.apply(child) : change(child, path.substring(slash + 1), change));
        return of(names(value), values);
    }

    private static Json of(List<String> names, List<Json> values) {
        return names == null ? new Json.Arr(0, values) : new Json.Obj(0, names, values);
    }

    private static List<String> names(Json value) {
        return value instanceof Json.Obj object ? new ArrayList<>(object.names()) : null;
    }

    private static List<Json> children(Json value) {
        return value instanceof Json.Obj object ? object.values() : ((Json.Arr) value).items();
    }

    private static int index(Json parent, String step) {
        int found = -1;
        if (parent instanceof Json.Obj object) {
            found = object.names().indexOf(step);
        } else if (DIGITS.matcher(step).matches()) {
            found = Integer.parseInt(step);
        } else {
            List<Json> lines = children(parent);
            for (int i = 0; i < lines.size(); i++) {
                if (new Edit(lines.get(i)).get("rule") instanceof Json.Str rule
                        && rule.text().equals(step)) {
                    found = i;
                }
            }
        }
        if (found < 0) {
            throw new IllegalArgumentException("no " + step);
        }
        return found;
    }
}
