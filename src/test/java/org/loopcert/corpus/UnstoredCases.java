package org.loopcert.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loopcert.certificate.Texts;
import org.loopcert.kernel.Json;
import org.loopcert.kernel.Limits;

/**
 * Checks that a stored file alone cannot carry: against the instance of the user's own file, as {@code check --input}
 * makes them, and of files of megabytes.
 */
public final class UnstoredCases {
    /**
     * A check and what it must end in.
     *
     * @param instance the canonical text of the own instance, empty where none is given
     */
    public record Given(
            String name, byte[] certificate, Optional<byte[]> instance, String verdict, Optional<String> reason) {}

    private final List<Given> cases = new ArrayList<>();

    private UnstoredCases() {}

    /** All cases, the large ones last. */
    public static List<Given> all() {
        UnstoredCases unstored = new UnstoredCases();
        unstored.own();
        unstored.large();
        return List.copyOf(unstored.cases);
    }

    /** Certificates that hold their instance or its hash, with that instance and with others. */
    private void own() {
        Map<String, byte[]> twins = Twins.all();
        byte[] bound = AcceptCorpus.bound();
        byte[] own = AcceptCorpus.boundInstance();
        byte[] minimal = twins.get("minimal");
        byte[] data = Json.print(Edit.of(minimal).get("instance"));
        byte[] otherStep = Json.print(Edit.of(twins.get("fit")).get("instance"));
        byte[] withoutTask =
                Json.print(Edit.of(minimal).remove("instance/theta").get("instance"));
        accepted("hash with its own data", bound, own);
        other("hash with other data", bound, data);
        accepted("instance with its own data", minimal, data);
        other("instance with other data", minimal, own);
        other("instance with another step", minimal, otherStep);
        other("instance with theta* where the data have none", minimal, withoutTask);
    }

    /** Each is valid but for one limit, in the field that no rule reads. */
    private void large() {
        Json.Int one = Texts.count(1);
        int values = Limits.DEFAULT.values();
        longProduct();
        limit("more bytes than allowed", Texts.string("x".repeat(Limits.DEFAULT.bytes())));
        limit("more values than allowed", Texts.array(Collections.nCopies(values, one)));
        limit("more arrays than allowed", Texts.array(Collections.nCopies(values / 2, Texts.array(List.of(one)))));
    }

    /** A gain of 4.6 million bits by 140 steps of 9,990 digits each. */
    private void longProduct() {
        List<String> etas = Collections.nCopies(140, "1" + "0".repeat(9_990));
        byte[] certificate = Edit.of(AcceptCorpus.refutedSchedule())
                .set("instance/step", CertificateText.schedule(etas.toArray(String[]::new)))
                .set("instance/loops", etas.size())
                .set("cost/loops", etas.size())
                .seal();
        cases.add(
                new Given("more bits than allowed", certificate, Optional.empty(), "undecided", Optional.of("limit")));
    }

    private void accepted(String name, byte[] certificate, byte[] instance) {
        cases.add(new Given(name, certificate, Optional.of(instance), "accepted", Optional.empty()));
    }

    private void other(String name, byte[] certificate, byte[] instance) {
        cases.add(new Given(name, certificate, Optional.of(instance), "rejected", Optional.of("other-instance")));
    }

    private void limit(String name, Json measured) {
        byte[] certificate = Edit.of(Twins.all().get("minimal"))
                .field("", "measured", measured)
                .seal();
        cases.add(new Given(name, certificate, Optional.empty(), "undecided", Optional.of("limit")));
    }
}
