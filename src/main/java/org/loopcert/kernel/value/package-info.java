/**
 * The trusted evaluation of terms and formulas of derivations at given values, by rational enclosures; it alone decides
 * that values refute a line. Sees {@code kernel}, {@code kernel.proof} and java.base.
 */
package org.loopcert.kernel.value;
