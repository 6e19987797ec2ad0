package org.loopcert.corpus;

import static org.loopcert.certificate.Texts.field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.loopcert.certificate.CertificateWriter;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;

/** A small certificate written line by line, with premises named by the rule of an earlier line. */
final class CertificateText {
    private final CertificateWriter writer;
    private final Map<String, Integer> numbers = new HashMap<>();

    private CertificateText(CertificateWriter writer) {
        this.writer = writer;
    }

    static CertificateText about(Json.Obj instance) {
        int n = ((Json.Arr) get(instance, "y")).items().size();
        int d = ((Json.Arr) get(instance, "start")).items().size();
        long loops = ((Json.Int) get(instance, "loops")).value();
        return new CertificateText(new CertificateWriter(instance, n, d, loops));
    }

    private static Json get(Json.Obj object, String name) {
        return object.values().get(object.names().indexOf(name));
    }

    /** An instance; theta is empty where the instance names none. */
    static Json.Obj instance(
            String alpha, long loops, Json.Obj step, Json.Arr start, Optional<Json.Arr> theta, Json.Arr y, Json.Arr x) {
        List<Texts.Field> fields = new ArrayList<>();
        fields.add(field("alpha", text(alpha)));
        fields.add(field("loops", Texts.count(loops)));
        fields.add(field("step", step));
        fields.add(field("start", start));
        theta.ifPresent(vector -> fields.add(field("theta", vector)));
        fields.add(field("y", y));
        fields.add(field("X", x));
        return Texts.object(fields);
    }

    static Json.Obj constant(String eta) {
        return Texts.object(field("kind", text("constant")), field("eta", text(eta)));
    }

    static Json.Obj schedule(String... etas) {
        return Texts.object(field("kind", text("schedule")), field("etas", numbers(etas)));
    }

    static Json.Obj lambdaMax() {
        return Texts.object(field("kind", text("lambda-max")));
    }

    static Json.Str text(String value) {
        return Texts.string(value);
    }

    /** An array of numbers in their text form. */
    static Json.Arr numbers(String... values) {
        return Texts.array(Stream.of(values).map(Texts::string).toList());
    }

    static Json.Arr rows(Json.Arr... rows) {
        return Texts.array(List.of(rows));
    }

    static Texts.Field elimination() {
        return field("witness", Texts.object(field("method", text("elimination"))));
    }

    static Texts.Field factor(long scale, Json.Arr... rows) {
        return field(
                "witness",
                Texts.object(
                        field("method", text("factor")),
                        field("scale", Texts.count(scale)),
                        field("rows", rows(rows))));
    }

    static Texts.Field number(String name, String value) {
        return field(name, text(value));
    }

    static Texts.Field vector(String name, String... values) {
        return field(name, numbers(values));
    }

    static Texts.Field count(String name, long value) {
        return field(name, Texts.count(value));
    }

    /** Adds a line. */
    CertificateText line(String rule, List<String> premises, Texts.Field... witness) {
        List<Integer> lines = new ArrayList<>();
        for (String premise : premises) {
            lines.add(
                    Optional.ofNullable(numbers.get(premise)).orElseThrow(() -> new IllegalArgumentException(premise)));
        }
        numbers.put(rule, writer.line(rule, lines, witness));
        return this;
    }

    byte[] certificate() {
        return writer.write(false, Optional.empty());
    }

    byte[] refutation() {
        return writer.write(true, Optional.empty());
    }
}
