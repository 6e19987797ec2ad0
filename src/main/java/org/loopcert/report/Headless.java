package org.loopcert.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The class library's drawing, without a display. */
final class Headless {
    static {
        System.setProperty("java.awt.headless", "true"); // read once, before anything is drawn
    }

    private Headless() {}

    /**
     * Makes drawing possible without a display; to be called before anything is drawn.
     *
     * @throws FontsUnavailableException if the machine has no fonts
     */
    static void require() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("x", new FontRenderContext(null, true, true));
        } catch (LinkageError | RuntimeException | InternalError e) {
            // the class library has no better word for a machine without fontconfig or without fonts
            throw new FontsUnavailableException(e);
        }
    }
}
