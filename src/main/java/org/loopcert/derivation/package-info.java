/**
 * Derivations as text: reads them, finds the shapes of literals, and says of every statement whether its dimensions
 * fit. Untrusted: what it hands on are terms and formulas of {@code kernel.proof}, which checks them again.
 */
package org.loopcert.derivation;
