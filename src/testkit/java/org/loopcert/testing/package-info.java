/**
 * Assertions about instances, certificates and derivations for a user's own tests, in the style of AssertJ; {@code junit}
 * holds a JUnit Jupiter extension and {@code jqwik} arbitraries.
 *
 * <p>Needs AssertJ, and neither JUnit nor jqwik. Every assertion decides by a verdict of the kernel; nothing is checked
 * a second way here. Shipped as the artifact's classifier {@code test-support}, and no package of the program sees it.
 */
package org.loopcert.testing;
