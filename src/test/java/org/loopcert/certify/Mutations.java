package org.loopcert.certify;

import ch.obermuhlner.math.big.BigRational;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Kernel;
import org.loopcert.ring.RationalField;

/**
 * Changes certificates at random. Most results keep the canonical spelling and declare their cost rightly, so that they get
 * past the reader and the rules themselves must refuse them; the others are changed as texts.
 */
public final class Mutations {
    /** What is changed. */
    public enum Kind {
        NUMBER(3),
        SIGN(1),
        /** A bound that then says more. */
        SHARPER(3),
        COUNT(1),
        /** Two lines change places. */
        ORDER(1),
        PREMISES(2),
        LINE_DROPPED(1),
        RULE(1),
        FOREIGN_LINE(1),
        FOREIGN_WITNESS(1),
        FOREIGN_PREMISES(1),
        FOREIGN_INSTANCE(1),
        /** Another instance of consistent shape. */
        SHAPE(1),
        STEP(1),
        WORDS(1),
        /** Fields that are missing, unknown, in another order or of another type. */
        FIELDS(1),
        /** A cost that the certificate does not have. */
        COST(0),
        /** Another spelling of a number. */
        SPELLING(0),
        /** Other encodings of the text, and bytes that are not ASCII. */
        ENCODING(0),
        BYTE_ORDER_MARK(0),
        ESCAPE(0),
        LINE_ENDS(0),
        SPACES(0),
        TRUNCATION(0),
        BYTES(0),
        /** The beginning of one file and the end of another. */
        FOREIGN_TEXT(0);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** Whether the result still has one text in canonical form, and the cost that it declares. */
        boolean keepsForm() {
            return weight > 0;
        }
    }

    /**
     * A changed certificate.
     *
     * @param kinds the changes, at least one
     */
    public record Mutant(byte[] bytes, Set<Kind> kinds) {}

    /** Fields whose numbers must be integers. */
    private static final Set<String> INTEGERS = Set.of("vector", "nullSpace", "weight", "rows");

    private static final List<Kind> TREE_KINDS = Arrays.stream(Kind.values())
            .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
            .toList();

    /** Changes of bytes and lines more often, since few of them leave a certificate. */
    private static final List<Kind> TEXT_KINDS = Arrays.stream(Kind.values())
            .filter(kind -> !kind.keepsForm())
            .flatMap(
                    kind -> Collections.nCopies(kind == Kind.BYTES || kind == Kind.FOREIGN_TEXT ? 4 : 1, kind).stream())
            .toList();

    private static final int MOST_LOOPS = 40;

    /** Largest values of counts, so that a mutant costs milliseconds. */
    private static final Map<String, Integer> MOST =
            Map.of("bits", 3000, "scale", 300, "grid", 1500, "t", MOST_LOOPS, "loops", MOST_LOOPS);

    /** Fields that bound something, with the rule and the direction in which the bound says more. */
    private static final Map<String, Integer> SHARPER = Map.of(
            "lambda-max-at-most bound", -1,
            "smallest-positive-at-least bound", 1,
            "lambda-max-at-least bound", 1,
            "smallest-positive-at-most bound", -1,
            "error-by-replay lower", 1,
            "error-by-replay upper", -1,
            "error-by-powering lower", 1,
            "error-by-powering upper", -1,
            "theorem-4.4-value lower", 1,
            "theorem-4.4-value upper", -1);

    private final List<ObjectNode> pool;
    private final List<String> numbers = new ArrayList<>();
    private final TextMutations texts = new TextMutations();
    private final List<String> rules = List.copyOf(new TreeSet<>(Kernel.ruleNames()));

    public Mutations(List<byte[]> certificates) {
        pool = certificates.stream().map(CertificateTree::read).toList();
        for (ObjectNode certificate : pool) {
            for (Slot slot : slots(certificate.get("lines"), "")) {
                if (slot.isNumber() && slot.value().asText().length() < 60) {
                    numbers.add(slot.value().asText());
                }
            }
        }
    }

    /** A place in a container that holds a plain value, and the name of the field it belongs to. */
    private record Slot(JsonNode container, String name, int index, String field) {
        JsonNode value() {
            return container.isArray() ? container.get(index) : container.get(name);
        }

        void set(JsonNode value) {
            if (container.isArray()) {
                ((ArrayNode) container).set(index, value);
            } else {
                ((ObjectNode) container).set(name, value);
            }
        }

        boolean isNumber() {
            return value().isTextual() && value().asText().matches("-?[0-9]+(/[0-9]+)?");
        }
    }

    private static List<Slot> slots(JsonNode node, String field) {
        List<Slot> result = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                if (node.get(i).isValueNode()) {
                    result.add(new Slot(node, "", i, field));
                } else {
                    result.addAll(slots(node.get(i), field));
                }
            }
        } else {
            node.properties().forEach(entry -> {
                if (entry.getValue().isValueNode()) {
                    result.add(new Slot(node, entry.getKey(), 0, entry.getKey()));
                } else {
                    String inner = INTEGERS.contains(field) ? field : entry.getKey();
                    result.addAll(slots(entry.getValue(), inner));
                }
            });
        }
        return result;
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** One to three changes of a random certificate of the pool; it differs from every change of none. */
    public Mutant mutant(Random random) {
        while (true) {
            ObjectNode certificate = pick(random, pool).deepCopy();
            if (random.nextInt(10) > 0) {
                certificate.remove("measured");
            }
            byte[] before = CertificateTree.write(certificate);
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            boolean asText = random.nextInt(4) == 0;
            if (!asText || random.nextInt(4) == 0) {
                change(random, certificate, kinds);
            }
            byte[] after = CertificateTree.write(certificate);
            if (Arrays.equals(before, after)) {
                kinds.clear();
            }
            if (asText) {
                Kind kind = pick(random, TEXT_KINDS);
                byte[] text = texts.changed(kind, after, CertificateTree.write(pick(random, pool)), random);
                if (!Arrays.equals(text, after)) {
                    kinds.add(kind);
                    after = text;
                }
            }
            if (!kinds.isEmpty()) {
                return new Mutant(after, kinds);
            }
        }
    }

    private void change(Random random, ObjectNode certificate, Set<Kind> kinds) {
        int changes = 1 + random.nextInt(8) / 6 + random.nextInt(8) / 7;
        for (int k = 0; k < changes && !kinds.contains(Kind.FIELDS); k++) { // after FIELDS nothing is where it was
            Kind kind = pick(random, TREE_KINDS);
            ArrayNode lines = (ArrayNode) certificate.get("lines");
            if (!lines.isEmpty()) {
                kinds.add(kind);
                change(kind, random, certificate, lines);
            }
        }
    }

    private void change(Kind kind, Random random, ObjectNode certificate, ArrayNode lines) {
        ObjectNode instance = (ObjectNode) certificate.get("instance");
        ObjectNode line = (ObjectNode) lines.get(random.nextInt(lines.size()));
        switch (kind) {
            case NUMBER -> editNumber(random, slots(random.nextInt(5) < 2 ? instance : lines, ""));
            case SIGN -> changeSign(random, slots(random.nextBoolean() ? instance : lines, ""));
            case SHARPER -> sharpen(random, lines);
            case COUNT -> editCount(random, lines, instance);
            case ORDER -> swap(random, lines);
            case PREMISES -> editPremises(random, line);
            case LINE_DROPPED -> drop(lines, random.nextInt(lines.size()));
            case RULE -> rename(random, line);
            case FOREIGN_LINE -> insertForeign(random, lines);
            case FOREIGN_WITNESS -> foreignWitness(random, line);
            case FOREIGN_PREMISES -> foreignPremises(random, line);
            case FOREIGN_INSTANCE -> foreignInstance(random, certificate);
            case SHAPE -> reshape(random, instance);
            case STEP -> changeStep(random, instance);
            case WORDS -> changeWords(random, certificate, lines);
            case FIELDS -> changeFields(random, certificate, line);
            default -> throw new IllegalStateException(kind + " is a change of texts");
        }
    }

    private static void changeSign(Random random, List<Slot> slots) {
        List<Slot> candidates = slots.stream().filter(Slot::isNumber).toList();
        if (!candidates.isEmpty()) {
            Slot slot = pick(random, candidates);
            slot.set(negated(slot.value()));
        }
    }

    /** The premises of a line of the same rule in another certificate. */
    private void foreignPremises(Random random, ObjectNode line) {
        for (int attempt = 0; attempt < 20; attempt++) {
            for (JsonNode other : pick(random, pool).get("lines")) {
                if (other.get("rule").equals(line.get("rule"))
                        && !other.get("premises").equals(line.get("premises"))) {
                    line.set("premises", other.get("premises").deepCopy());
                    return;
                }
            }
        }
    }

    private static void changeFields(Random random, ObjectNode certificate, ObjectNode line) {
        List<ObjectNode> objects =
                new ArrayList<>(List.of(certificate, line, (ObjectNode) certificate.get("instance")));
        objects.add((ObjectNode) certificate.get("instance").get("step"));
        if (line.path("witness").isObject()) {
            objects.add((ObjectNode) line.get("witness"));
        }
        ObjectNode object = pick(random, objects);
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        object.properties().forEach(entry -> fields.add(Map.entry(entry.getKey(), entry.getValue())));
        fields.removeIf(entry -> entry.getKey().equals("cost"));
        if (fields.isEmpty()) {
            return;
        }
        Map.Entry<String, JsonNode> field = pick(random, fields);
        switch (random.nextInt(5)) {
            case 0 -> object.remove(field.getKey());
            case 1 ->
                object.set(
                        random.nextBoolean() ? "note" : field.getKey() + "s",
                        field.getValue().deepCopy());
            case 2 -> { // to the end
                object.remove(field.getKey());
                object.set(field.getKey(), field.getValue());
            }
            case 3 -> object.set(field.getKey(), object.arrayNode().add(field.getValue()));
            default ->
                object.set(
                        field.getKey(),
                        field.getValue().isTextual()
                                ? IntNode.valueOf(field.getValue().asText().length())
                                : TextNode.valueOf(field.getValue().asText("0")));
        }
    }

    private void editNumber(Random random, List<Slot> slots) {
        List<Slot> candidates = slots.stream().filter(Slot::isNumber).toList();
        if (!candidates.isEmpty()) {
            Slot slot = pick(random, candidates);
            set(slot, edited(random, Naive.rational(slot.value().asText())));
        }
    }

    private static void set(Slot slot, BigRational value) {
        BigRational kept = INTEGERS.contains(slot.field())
                ? RationalField.of(
                        value.getNumeratorBigInteger().divide(value.getDenominatorBigInteger()), BigInteger.ONE)
                : value;
        slot.set(TextNode.valueOf(Texts.fraction(kept)));
    }

    private BigRational edited(Random random, BigRational value) {
        BigInteger p = value.getNumeratorBigInteger();
        BigInteger q = value.getDenominatorBigInteger();
        return switch (random.nextInt(10)) {
            case 0, 1 -> RationalField.of(p.add(BigInteger.ONE), q);
            case 2, 3 -> RationalField.of(p.subtract(BigInteger.ONE), q);
            case 4 -> RationalField.of(p, q.add(BigInteger.ONE));
            case 5 -> Naive.negate(value);
            case 6 -> RationalField.of(digit(random, p), q);
            case 7 -> nudged(random, value, random.nextBoolean() ? 1 : -1);
            case 8 -> Naive.rational(pick(random, numbers));
            default -> Naive.integer(random.nextInt(3) - 1);
        };
    }

    /** Another last, first or middle digit. */
    private static BigInteger digit(Random random, BigInteger p) {
        BigInteger place = BigInteger.TEN.pow(random.nextInt(p.abs().toString().length()));
        BigInteger change = place.multiply(BigInteger.valueOf(1 + random.nextInt(8)));
        return random.nextBoolean() ? p.add(change) : p.subtract(change);
    }

    /** value (1 +- 2^-k), upwards for direction 1. */
    private static BigRational nudged(Random random, BigRational value, int direction) {
        BigRational size = value.signum() == 0 ? Naive.ONE : Naive.abs(value);
        BigInteger part = BigInteger.ONE.shiftLeft(1 + random.nextInt(80));
        BigRational change = Naive.multiply(size, RationalField.of(BigInteger.valueOf(direction), part));
        return Naive.add(value, change);
    }

    private void sharpen(Random random, ArrayNode lines) {
        List<Slot> candidates = new ArrayList<>();
        List<Integer> directions = new ArrayList<>();
        for (JsonNode line : lines) {
            for (Slot slot : slots(line, "")) {
                String name = line.get("rule").asText() + " " + slot.name();
                if (SHARPER.containsKey(name) || slot.name().equals("distance")) {
                    candidates.add(slot);
                    directions.add(SHARPER.getOrDefault(name, -1));
                }
            }
        }
        if (!candidates.isEmpty()) {
            int k = random.nextInt(candidates.size());
            BigRational value = Naive.rational(candidates.get(k).value().asText());
            set(candidates.get(k), nudged(random, value, directions.get(k)));
        }
    }

    private static void editCount(Random random, ArrayNode lines, ObjectNode instance) {
        List<Slot> candidates = new ArrayList<>();
        slots(lines, "").stream()
                .filter(slot -> slot.value().isInt() && MOST.containsKey(slot.name()))
                .forEach(candidates::add);
        candidates.add(new Slot(instance, "loops", 0, "loops"));
        Slot slot = pick(random, candidates);
        int value = slot.value().asInt();
        int[] choices = {value + 1, value - 1, 2 * value, value / 2, random.nextInt(20)};
        int most = MOST.get(slot.name());
        int changed = Math.min(most, Math.max(0, choices[random.nextInt(choices.length)]));
        slot.set(IntNode.valueOf(changed));
        if (slot.name().equals("loops") && instance.get("step").has("etas")) {
            ArrayNode etas = (ArrayNode) instance.get("step").get("etas");
            while (etas.size() > changed) {
                etas.remove(etas.size() - 1);
            }
            while (etas.size() < changed) {
                etas.add(
                        etas.isEmpty()
                                ? "1/7"
                                : etas.get(random.nextInt(etas.size())).asText());
            }
        }
    }

    private static void renumber(ArrayNode lines) {
        for (int i = 0; i < lines.size(); i++) {
            ((ObjectNode) lines.get(i)).put("line", i + 1);
        }
    }

    /** Premises above the given number move by the given amount. */
    private static void shiftPremises(ArrayNode lines, int above, int by) {
        for (JsonNode line : lines) {
            ArrayNode premises = (ArrayNode) line.get("premises");
            for (int k = 0; k < premises.size(); k++) {
                int premise = premises.get(k).asInt();
                premises.set(k, IntNode.valueOf(Math.max(1, premise > above ? premise + by : premise)));
            }
        }
    }

    private static void swap(Random random, ArrayNode lines) {
        int i = random.nextInt(lines.size());
        int j = random.nextInt(lines.size());
        JsonNode first = lines.get(i);
        lines.set(i, lines.get(j));
        lines.set(j, first);
        if (random.nextBoolean()) {
            for (JsonNode line : lines) {
                ArrayNode premises = (ArrayNode) line.get("premises");
                for (int k = 0; k < premises.size(); k++) {
                    int premise = premises.get(k).asInt() - 1;
                    premises.set(k, IntNode.valueOf((premise == i ? j : premise == j ? i : premise) + 1));
                }
            }
        }
        renumber(lines);
    }

    private static void drop(ArrayNode lines, int index) {
        lines.remove(index);
        shiftPremises(lines, index + 1, -1);
        renumber(lines);
    }

    private static void editPremises(Random random, ObjectNode line) {
        ArrayNode premises = (ArrayNode) line.get("premises");
        int self = line.get("line").asInt();
        int choice = random.nextInt(4);
        int other = 1 + random.nextInt(random.nextInt(4) == 0 ? self + 2 : Math.max(1, self - 1));
        if (premises.isEmpty() || choice == 0) {
            premises.insert(random.nextInt(premises.size() + 1), other);
        } else if (choice == 1) {
            premises.remove(random.nextInt(premises.size()));
        } else {
            premises.set(random.nextInt(premises.size()), IntNode.valueOf(other));
        }
    }

    private void rename(Random random, ObjectNode line) {
        line.put("rule", pick(random, rules));
        if (random.nextBoolean()) { // a rule without witness
            List<String> witness = new ArrayList<>();
            line.fieldNames().forEachRemaining(witness::add);
            witness.removeAll(List.of("line", "rule", "premises"));
            line.remove(witness);
        }
    }

    private void insertForeign(Random random, ArrayNode lines) {
        JsonNode other = pick(random, pool).get("lines");
        ObjectNode line = other.get(random.nextInt(other.size())).deepCopy();
        int at = random.nextInt(lines.size() + 1);
        shiftPremises(lines, at, 1);
        lines.insert(at, line);
        ArrayNode premises = (ArrayNode) line.get("premises");
        for (int k = 0; k < premises.size(); k++) {
            // where a line of this certificate has the same rule, its premises are a good guess
            int guess = 1 + random.nextInt(Math.max(1, at));
            for (JsonNode own : lines) {
                boolean same = own != line && own.get("rule").equals(line.get("rule"));
                if (same && own.get("premises").size() == premises.size()) {
                    guess = own.get("premises").get(k).asInt();
                }
            }
            premises.set(k, IntNode.valueOf(guess));
        }
        renumber(lines);
    }

    private void foreignWitness(Random random, ObjectNode line) {
        for (int attempt = 0; attempt < 20; attempt++) {
            for (JsonNode other : pick(random, pool).get("lines")) {
                if (other.get("rule").equals(line.get("rule")) && other.size() > 3) {
                    other.properties().forEach(entry -> {
                        boolean witness = !Set.of("line", "rule", "premises").contains(entry.getKey());
                        if (witness && random.nextBoolean()) {
                            line.set(entry.getKey(), entry.getValue().deepCopy());
                        }
                    });
                    return;
                }
            }
        }
    }

    private void foreignInstance(Random random, ObjectNode certificate) {
        ObjectNode other = (ObjectNode) pick(random, pool).get("instance");
        if (random.nextInt(4) == 0) {
            certificate.set("instance", other.deepCopy());
            return;
        }
        ObjectNode own = (ObjectNode) certificate.get("instance");
        String name = pick(random, List.of("alpha", "step", "start", "y", "X", "theta"));
        JsonNode mine = own.get(name);
        JsonNode theirs = other.get(name);
        if (mine != null && theirs != null && fits(mine, theirs)) {
            own.set(name, theirs.deepCopy());
            if (own.get("step").has("etas")) {
                own.put("loops", own.get("step").get("etas").size());
            }
        }
    }

    private static boolean fits(JsonNode mine, JsonNode theirs) {
        return !mine.isArray()
                || mine.size() == theirs.size()
                        && mine.get(0).size() == theirs.get(0).size();
    }

    /** Changes of the instance that keep its shape consistent. */
    private static void reshape(Random random, ObjectNode instance) {
        ArrayNode x = (ArrayNode) instance.get("X");
        ArrayNode y = (ArrayNode) instance.get("y");
        int i = random.nextInt(x.size());
        int d = x.get(0).size();
        int j = random.nextInt(d);
        switch (random.nextInt(6)) {
            case 0 -> { // an example is dropped
                if (x.size() > 1) {
                    x.remove(i);
                    y.remove(i);
                }
            }
            case 1 -> { // an example is repeated
                x.add(x.get(i).deepCopy());
                y.add(y.get(i).deepCopy());
            }
            case 2 -> { // an example changes its sign, which keeps X'X and X'y
                ArrayNode row = (ArrayNode) x.get(i);
                for (int k = 0; k < d; k++) {
                    row.set(k, negated(row.get(k)));
                }
                y.set(i, negated(y.get(i)));
            }
            case 3 -> { // a label changes its sign
                y.set(i, negated(y.get(i)));
            }
            case 4 -> { // theta* appears or goes
                if (!instance.has("theta")) {
                    JsonNode start = instance.get("start").deepCopy();
                    List<Map.Entry<String, JsonNode>> rest = new ArrayList<>();
                    instance.properties().forEach(entry -> rest.add(Map.entry(entry.getKey(), entry.getValue())));
                    instance.removeAll();
                    for (Map.Entry<String, JsonNode> entry : rest) {
                        instance.set(entry.getKey(), entry.getValue());
                        if (entry.getKey().equals("start")) {
                            instance.set("theta", start);
                        }
                    }
                } else {
                    instance.remove("theta");
                }
            }
            default -> { // a feature is dropped
                if (d > 1) {
                    x.forEach(row -> ((ArrayNode) row).remove(j));
                    ((ArrayNode) instance.get("start")).remove(j);
                    if (instance.has("theta")) {
                        ((ArrayNode) instance.get("theta")).remove(j);
                    }
                }
            }
        }
    }

    private static JsonNode negated(JsonNode number) {
        return TextNode.valueOf(Texts.fraction(Naive.negate(Naive.rational(number.asText()))));
    }

    private static void changeStep(Random random, ObjectNode instance) {
        ObjectNode step = (ObjectNode) instance.get("step");
        long loops = Math.min(instance.get("loops").asLong(), 10 * MOST_LOOPS); // beyond that the sizes do not fit
        String eta = step.has("eta") ? step.get("eta").asText() : "1/50";
        step.removeAll();
        switch (random.nextInt(3)) {
            case 0 -> step.put("kind", "lambda-max");
            case 1 -> step.put("kind", "constant").put("eta", eta);
            default -> {
                ArrayNode etas = step.put("kind", "schedule").putArray("etas");
                for (int t = 0; t < loops; t++) {
                    etas.add(eta);
                }
            }
        }
    }

    private static void changeWords(Random random, ObjectNode certificate, ArrayNode lines) {
        List<Consumer<ObjectNode>> changes = List.of(
                root -> root.put(
                        "kind", root.get("kind").asText().equals("certificate") ? "refutation" : "certificate"),
                root -> unmetLines(lines)
                        .forEach(line -> line.put(
                                "theorem",
                                pick(random, List.of("theorem-4.4", "two-sided", "tight-bound", "doubled-exponent")))),
                root -> unmetLines(lines).stream()
                        .min(Comparator.comparing(line -> random.nextInt()))
                        .ifPresent(line -> line.put(
                                "hypothesis",
                                pick(random, List.of("label-noise", "rank-deficient", "start", "norm", "step")))),
                root -> lines.forEach(line -> {
                    if (line.has("witness")) {
                        ((ObjectNode) line.get("witness")).removeAll().put("method", "elimination");
                    }
                }));
        pick(random, changes).accept(certificate);
    }

    private static List<ObjectNode> unmetLines(ArrayNode lines) {
        List<ObjectNode> result = new ArrayList<>();
        lines.forEach(line -> {
            if (line.has("hypothesis")) {
                result.add((ObjectNode) line);
            }
        });
        return result;
    }
}
