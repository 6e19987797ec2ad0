package org.loopcert.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClaimPageTest {
    private static final ClaimRegistry REGISTRY = ClaimRegistry.shipped();

    /** To write it anew: {@code claims list --markdown}. */
    @Test
    void thePageIsThatOfTheRegistry() throws IOException {
        assertThat(ClaimPage.of(REGISTRY)).isEqualTo(Files.readString(Path.of("src", "site", "markdown", "claims.md")));
    }

    @Test
    void everyLinkHasItsTarget() {
        String page = ClaimPage.of(REGISTRY);
        List<String> targets = Pattern.compile("\\]\\(#([^)]*)\\)")
                .matcher(page)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
        assertThat(targets).hasSameSizeAs(REGISTRY.claims());
        assertThat(targets).allSatisfy(each -> assertThat(page).contains("<a id=\"" + each + "\"></a>"));
    }

    @Test
    void signsOfMarkdownAreEscaped() {
        assertThat(ClaimPage.of(REGISTRY)).contains("<TF, theta\\*\\>".replace("<", "\\<"));
    }
}
