package org.loopcert.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Opens pages in Chromium without a display: nothing is loaded, nothing is complained of, everything is seen. */
class PageIT {
    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    private static Path sample;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open(folder);
        sample = Files.writeString(
                folder.resolve("sample.html"), SampleReport.page().html());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void forgetEarlierPages() {
        browser.get("about:blank");
        complaints();
        browser.manage().logs().get(LogType.PERFORMANCE);
    }

    private static List<String> complaints() {
        return Browser.complaints(browser);
    }

    private static List<String> requests() throws IOException {
        return Browser.requests(browser);
    }

    @Test
    void nothingIsAskedForAndNothingComplainedOf() throws IOException {
        browser.get(sample.toUri().toString());
        assertThat(browser.getTitle()).isEqualTo("Audit of one instance");
        assertThat(complaints()).isEmpty();
        assertThat(requests()).hasSize(1).allMatch(url -> url.endsWith("/sample.html"));
    }

    @Test
    void aRequestIsForbiddenAndSeenByTheseTests() throws IOException {
        Path loading = Files.writeString(
                folder.resolve("loading.html"),
                SampleReport.page().html().replace("<main>", "<main><img src=\"https://localhost/x.png\" alt=\"\">"));
        browser.get(loading.toUri().toString());
        assertThat(complaints()).anyMatch(message -> message.contains("Content Security Policy"));
        Path free = Files.writeString(folder.resolve("free.html"), "<img src=\"absent.png\">");
        browser.get(free.toUri().toString());
        assertThat(requests()).anyMatch(url -> url.endsWith("/absent.png"));
    }

    @Test
    void everyFigureIsSeen() {
        browser.get(sample.toUri().toString());
        List<WebElement> figures = browser.findElements(By.cssSelector("figure svg"));
        assertThat(figures).hasSize(3);
        for (WebElement figure : figures) {
            assertThat(figure.isDisplayed()).isTrue();
            assertThat(figure.getRect().getWidth()).isGreaterThan(300);
            assertThat(figure.getRect().getHeight()).isGreaterThan(180);
            Object drawn = browser.executeScript(
                    "return [...arguments[0].querySelectorAll('path,text,rect,circle,polygon,line')].filter(each => {"
                            + " const box = each.getBBox(); return box.width + box.height > 0; }).length",
                    figure);
            assertThat((Long) drawn).isGreaterThan(20);
        }
    }

    @Test
    void aPhoneShowsAllWithoutScrollingSideways() {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 640, "deviceScaleFactor", 2, "mobile", true));
        try {
            browser.get(sample.toUri().toString());
            assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
                    .isEqualTo(360L);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void theButtonCopiesToTheLastCharacter() {
        browser.get(sample.toUri().toString());
        browser.executeCdpCommand(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        WebElement details = browser.findElement(By.tagName("details"));
        details.findElement(By.tagName("summary")).click();
        details.findElement(By.tagName("button")).click();
        Object copied = browser.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "setTimeout(() => navigator.clipboard.readText().then(done, error => done('refused: ' + error)), 200);");
        assertThat(details.findElement(By.cssSelector("[role=status]")).getText())
                .isEqualTo("Copied.");
        assertThat((String) copied)
                .isEqualTo(details.findElement(By.tagName("textarea")).getDomProperty("value"))
                .startsWith("theta[0] = 4/5\n")
                .endsWith("\n");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void withoutAClipboardTheTextIsSelected() {
        browser.get(sample.toUri().toString());
        browser.executeScript("Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                + "document.execCommand = () => false;");
        WebElement details = browser.findElement(By.tagName("details"));
        details.findElement(By.tagName("summary")).click();
        details.findElement(By.tagName("button")).click();
        assertThat(details.findElement(By.cssSelector("[role=status]")).getText())
                .isEqualTo("Selected: press Ctrl+C to copy.");
        WebElement text = details.findElement(By.tagName("textarea"));
        assertThat(browser.executeScript(
                        "const t = arguments[0]; return t.selectionEnd - t.selectionStart === t.value.length"
                                + " && document.activeElement === t",
                        text))
                .isEqualTo(true);
    }

    /** WCAG 2.2, 1.4.3 (AA): the contrast of text is at least 4.5 to 1. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "print"})
    void textStandsOutFromItsBackground(String medium) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                medium.equals("print")
                        ? Map.of("media", "print")
                        : Map.of(
                                "media",
                                "screen",
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", medium))));
        try {
            browser.get(sample.toUri().toString());
            browser.executeScript("document.querySelectorAll('details').forEach(each => each.open = true)");
            Object result = browser.executeScript(CONTRASTS);
            @SuppressWarnings("unchecked") // as the script returns it
            List<String> weak = (List<String>) result;
            assertThat(weak.get(0)).isNotEqualTo("0 texts");
            assertThat(weak.subList(1, weak.size())).isEmpty();
            String paper = (String) browser.executeScript("return getComputedStyle(document.body).backgroundColor");
            assertThat(paper).isEqualTo(medium.equals("dark") ? "rgb(22, 24, 28)" : "rgb(255, 255, 255)");
        } finally {
            browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
        }
    }

    private static final String CONTRASTS = """
            const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
            const background = element => {
              for (let each = element; each; each = each.parentElement) {
                const colour = numbers(getComputedStyle(each).backgroundColor);
                if (colour.length === 3 || colour[3] === 1) return colour;
              }
              return [255, 255, 255];
            };
            let count = 0;
            const weak = [];
            for (const element of document.querySelectorAll("main *")) {
              const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== "");
              const box = element.getBoundingClientRect();
              if (!own || box.width === 0 || ["title", "desc"].includes(element.tagName)) continue;
              const style = getComputedStyle(element);
              const ink = luminance(numbers(element.namespaceURI.endsWith("svg") ? style.fill : style.color));
              const paper = luminance(background(element));
              const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
              count++;
              if (ratio < 4.5) weak.push(element.tagName + " " + element.textContent.slice(0, 30) + ": " + ratio);
            }
            return [count + " texts", ...weak];
            """;
}
