package org.loopcert.report;

/** The machine has no fonts, so that no text can be measured and nothing drawn; the message says what to install. */
public final class FontsUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    FontsUnavailableException(Throwable cause) {
        super(
                "plots need a font, and Java finds none: install fontconfig and a font"
                        + " (Debian: apt-get install fontconfig fonts-dejavu-core)",
                cause);
    }
}
