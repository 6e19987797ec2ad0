package org.loopcert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loopcert.report.Browser;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Opens the pages of audits in Chromium. */
class AuditPageIT {
    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open(folder);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    private static Path page(String name, Path input, Object... options) {
        Path page = folder.resolve(name + ".html");
        Object[] args = new Object[options.length + 4];
        args[0] = "audit";
        args[1] = input;
        args[2] = "--report";
        args[3] = page;
        System.arraycopy(options, 0, args, 4, options.length);
        Cli run = Cli.run(args);
        assertThat(run.code()).as(run.err()).isLessThan(ExitCode.MALFORMED);
        return page;
    }

    private static List<String> texts(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static void opened(Path page) throws IOException {
        browser.get("about:blank");
        Browser.complaints(browser);
        Browser.requests(browser);
        browser.get(page.toUri().toString());
        assertThat(Browser.complaints(browser)).isEmpty();
        assertThat(Browser.requests(browser)).hasSize(1);
    }

    @Test
    void anAuditIsSeenWithoutComplaint() throws IOException {
        opened(page("audit", Cli.gaussian(folder, 8, 3, 90), "--certify", "1e-4"));
        assertThat(browser.getTitle()).isEqualTo("Floating-point audit of gaussian-8-3-90.json");
        assertThat(texts("h2"))
                .containsExactly(
                        "Convergence",
                        "Drift",
                        "Events",
                        "Where the drift comes from",
                        "Hypotheses and verdicts",
                        "Exact values");
        assertThat(texts("main > p .badge")).containsExactly("accepted", "accepted", "rejected", "accepted");
        List<WebElement> figures = browser.findElements(By.cssSelector("figure svg"));
        assertThat(figures).hasSize(2).allMatch(WebElement::isDisplayed);
        assertThat(texts("tbody th")).contains("binary64", "binary32", "bfloat16", "step-equivalence", "two-sided");
        browser.findElements(By.tagName("summary")).forEach(WebElement::click);
        assertThat(browser.findElements(By.tagName("textarea")))
                .anyMatch(area -> area.getDomProperty("value").contains("kappa lower = "));
    }

    /** Overflow, and steps that do not contract: no theorem applies, and a certificate refutes. */
    @Test
    void aRunThatFailsHasItsPage() throws IOException {
        Path table = Files.writeString(folder.resolve("table.csv"), "a,b,y\n1,0,3\n0,2,4\n");
        opened(page("failing", table, "--step", 1000, "--loops", 20, "--formats", "binary64,bfloat16,e4m3"));
        assertThat(texts("main > p .badge")).contains("overflows", "rejected");
        assertThat(texts("td .badge")).anyMatch(text -> text.startsWith("t = 11, "));
    }

    @Test
    void aLongRunIsThinnedAndSaysSo() throws IOException {
        Path page = page("long", Cli.gaussian(folder, 6, 2, 4000), "--formats", "binary32");
        opened(page);
        assertThat(texts("figcaption")).allMatch(text -> text.contains(" of the 4001 iterates"));
        assertThat(Files.size(page)).isLessThan(1_000_000);
        opened(page("none", Cli.gaussian(folder, 6, 2, 0), "--formats", "binary32"));
    }
}
