/**
 * The papers' figures and experiments again, in exact arithmetic and in binary64: what was observed, decided by exact
 * comparisons and backed by certificates. Sees everything that makes and checks instances, and {@code report} for pages.
 */
package org.loopcert.reproduce;
