/**
 * The registry of claims: what the papers print, what became of it, and the evidence, checked again on demand. The data
 * is in {@code org/loopcert/claims}, one file a paper; this package reads it, refuses what does not hold together, and
 * compares what is recorded of every line of the shipped derivations with what the kernel says now.
 */
package org.loopcert.claim;
