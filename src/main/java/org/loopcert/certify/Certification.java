package org.loopcert.certify;

import java.util.List;
import org.loopcert.kernel.Verdict;

/**
 * What {@link Certifier} made of an instance.
 *
 * @param certificate the bytes of the certificate or refutation; empty when there is none to write
 * @param verdict the kernel's verdict on these bytes; undecided when there are none
 * @param undecided forms of bounds that could not be decided at the precision used, in words; hypotheses that fail are
 *     theorems of the certificate (kernel.Statement.Unmet) and not listed here
 */
public record Certification(byte[] certificate, Verdict verdict, List<Undecided> undecided) {
    public Certification {
        undecided = List.copyOf(undecided);
    }

    /** A form that is neither established nor refuted: its identifier and what was missing. */
    public record Undecided(String id, String because) {}
}
