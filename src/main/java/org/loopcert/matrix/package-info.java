/**
 * Immutable matrices, vectors and entrywise masks whose operations are given a ring. Sees the
 * package ring only; shapes are checked, indices start at zero.
 */
package org.loopcert.matrix;
