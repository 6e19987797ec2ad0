package org.loopcert.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FontsTest {
    @TempDir
    Path folder;

    /** Draws on a Java machine of its own: fonts are looked for once in its life. */
    public static final class Draw {
        private Draw() {}

        public static void main(String[] args) {
            Figure figure = new Figure(SampleReport.tiny());
            for (Runnable drawing : new Runnable[] {figure::svg, figure::png}) {
                try {
                    drawing.run();
                    System.out.println("drawn, headless " + System.getProperty("java.awt.headless"));
                } catch (FontsUnavailableException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private String draw(boolean fonts) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Draw.class.getName());
        builder.environment().remove("DISPLAY");
        if (!fonts) {
            Path none = Files.writeString(folder.resolve("none.conf"), "<fontconfig></fontconfig>");
            builder.environment().put("FONTCONFIG_FILE", none.toString());
        }
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMachineWithoutFontsIsToldWhatToInstall() throws IOException, InterruptedException {
        assertThat(draw(false).lines())
                .hasSize(2)
                .allMatch(line -> line.equals("plots need a font, and Java finds none: install fontconfig and a font"
                        + " (Debian: apt-get install fontconfig fonts-dejavu-core)"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noDisplayIsNeeded() throws IOException, InterruptedException {
        assertThat(draw(true).lines()).containsExactly("drawn, headless true", "drawn, headless true");
    }
}
