/**
 * Derivations: their language, dimension checking with places, the search for rules and facts, and a second route that
 * expands equations to entries at small shapes. Untrusted: only {@code kernel.proof} makes theorems.
 */
package org.loopcert.derivation;
