/**
 * Certificates and instances as text: building and writing them, and putting verdicts into words and JSON. Sees kernel,
 * matrix, ring and Jackson.
 */
package org.loopcert.certificate;
