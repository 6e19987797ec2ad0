/**
 * The trusted checker of derivations: terms with shapes, normal forms, rules that compute their conclusions. Only
 * {@code Theorem} objects made here count as proved. Sees {@code kernel} and java.base.
 */
package org.loopcert.kernel.proof;
