/**
 * The trusted kernel: reads a certificate, recomputes every conclusion with integers alone and
 * answers accepted, rejected, undecided or malformed. Sees java.base only; nothing outside this
 * package can make a theorem.
 */
package org.loopcert.kernel;
