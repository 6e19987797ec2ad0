package org.loopcert.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loopcert.kernel.Verdict.Reason;

/** A certificate checked against the user's own instance: any difference is refused. */
class OwnInputTest {
    private static byte[] certificate;
    private static byte[] bound;
    private static String instance;

    @BeforeAll
    static void read() throws IOException, Refusal {
        certificate = Files.readAllBytes(Path.of("certificates/accept/twins/minimal.json"));
        Json.Obj root = (Json.Obj) Json.read(certificate, Limits.DEFAULT);
        Json.Obj text = (Json.Obj) root.values().get(root.names().indexOf("instance"));
        instance = new String(Json.print(text), StandardCharsets.US_ASCII);
        bound = bind(new String(certificate, StandardCharsets.US_ASCII), Kernel.fingerprint(text));
    }

    /** Puts the hash in place of the instance. */
    private static byte[] bind(String text, String hash) {
        int from = text.indexOf(" \"instance\"");
        String changed = text.substring(0, from)
                + " \"instance\": {\n  \"sha256\": \"" + hash + "\"\n }"
                + text.substring(text.indexOf(",\n \"lines\""));
        String declared = "\"bytes\": " + text.length();
        changed = changed.replace("\"digits\": 2", "\"digits\": 1"); // the lines alone
        return changed.replace(declared, "\"bytes\": " + String.format("%04d", changed.length()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Verdict check(byte[] file, String own) {
        return Kernel.check(file, own.getBytes(StandardCharsets.US_ASCII), Limits.DEFAULT);
    }

    @Test
    void acceptsItsOwnInstance() {
        for (byte[] file : List.of(certificate, bound)) {
            assertThat(check(file, instance))
                    .isInstanceOfSatisfying(Verdict.Accepted.class, verdict -> assertThat(verdict.bound())
                            .isTrue());
        }
        assertThat(Kernel.check(certificate, Limits.DEFAULT))
                .isInstanceOfSatisfying(Verdict.Accepted.class, verdict -> assertThat(verdict.bound())
                        .isFalse());
    }

    @Test
    void aHashAloneIsUndecided() {
        assertThat(Kernel.check(bound, Limits.DEFAULT))
                .isInstanceOfSatisfying(Verdict.Undecided.class, verdict -> assertThat(verdict.reason())
                        .isEqualTo(Reason.NEEDS_INPUT));
    }

    @TestFactory
    Stream<DynamicTest> refusesAnyOtherInstance() {
        return Stream.of(
                        new String[] {"alpha", "\"alpha\": \"1\"", "\"alpha\": \"2\""},
                        new String[] {"loops", "\"loops\": 3", "\"loops\": 4"},
                        new String[] {"step", "\"1/9\"", "\"1/10\""},
                        new String[] {
                            "step kind",
                            "{\n  \"kind\": \"constant\",\n  \"eta\": \"1/9\"\n }",
                            "{\n  \"kind\": \"lambda-max\"\n }"
                        },
                        new String[] {"start", "\"start\": [\"0\", \"0\"]", "\"start\": [\"0\", \"1\"]"},
                        new String[] {"theta", " \"theta\": [\"3/5\", \"4/5\"],\n", ""},
                        new String[] {"y", "\"11/5\"", "\"12/5\""},
                        new String[] {"X", "[\"2\", \"1\"]", "[\"2\", \"0\"]"})
                .map(change -> DynamicTest.dynamicTest(change[0], () -> {
                    assertThat(instance).contains(change[1]);
                    String other = instance.replace(change[1], change[2]);
                    for (byte[] file : List.of(certificate, bound)) {
                        assertThat(check(file, other))
                                .isInstanceOfSatisfying(Verdict.Rejected.class, verdict -> assertThat(verdict.reason())
                                        .isEqualTo(Reason.OTHER_INSTANCE));
                    }
                }));
    }

    @Test
    void theCallerMustGiveACanonicalInstance() {
        assertThatIllegalArgumentException().isThrownBy(() -> check(certificate, instance.replace("\n", "\r\n")));
    }
}
