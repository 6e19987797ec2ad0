/**
 * Immutable matrices, vectors and entrywise masks whose operations are given a ring; entries may be
 * blocks. Matrix words take their values here. Sees the
 * package ring only; shapes are checked, indices start at zero.
 */
package org.loopcert.matrix;
