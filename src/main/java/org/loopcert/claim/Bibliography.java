package org.loopcert.claim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The texts whose claims are registered. */
public enum Bibliography {
    /** Theorem numbers as in the first version. */
    CHEN2024(
            "Bo Chen, Xiaoyu Li, Yingyu Liang, Zhenmei Shi, Zhao Song",
            "Bypassing the Exponential Dependency: Looped Transformers Efficiently Learn In-context by Multi-step Gradient"
                    + " Descent",
            "arXiv:2410.11268, 2024"),
    /** What a reader's service says about it. */
    CHEN2024_SUMMARY("", "Summary of and open questions about CHEN2024", "2024"),
    /** Results beyond the papers. */
    LOOPCERT("", "Stronger than the paper: results of loopcert", "design, mathematics, section 3");

    private final String authors;
    private final String title;
    private final String source;

    Bibliography(String authors, String title, String source) {
        this.authors = authors;
        this.title = title;
        this.source = source;
    }

    /** As claims are named after it: {@code CHEN2024-SUMMARY}. */
    public String id() {
        return name().replace('_', '-');
    }

    /** Empty if nobody is named. */
    public String authors() {
        return authors;
    }

    public String title() {
        return title;
    }

    public String source() {
        return source;
    }

    /** The name of the file that holds the claims. */
    String file() {
        return id().toLowerCase(Locale.ROOT) + ".json";
    }

    /** The text of an id. */
    public static Optional<Bibliography> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }
}
