/**
 * The papers' definitions, once each and for any ring: prompt, linear attention, the looped
 * Transformer and gradient descent, and the two ways to compare them (symbolically for all queries
 * at once, or by replaying the steps). Sees the packages matrix and ring only.
 */
package org.loopcert.model;
