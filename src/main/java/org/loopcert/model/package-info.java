/**
 * The papers' definitions, once each and for any ring: prompt, linear attention, the looped
 * Transformer and gradient descent, in row and in column convention. And the ways to compare them:
 * for all dimensions and data in blocks of matrix words, for all data of one shape with
 * indeterminate entries, for one instance and all queries, or by replaying the steps. Sees the packages matrix and ring only.
 */
package org.loopcert.model;
