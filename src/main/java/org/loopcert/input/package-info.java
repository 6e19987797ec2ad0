/**
 * Reads a user's data into exact numbers: CSV and TSV tables, JSON instances, NumPy
 * and safetensors arrays, Matrix Market files, vectors in files of their own. Everything read here is untrusted: sizes, digits and exponents are capped before any
 * conversion, and every refusal names the file, the place, what was expected and what was found.
 *
 * <p>Sees {@code matrix} and {@code ring}; FastCSV splits tables into fields, Jackson splits JSON
 * into tokens, and neither converts a number. Binary formats are taken apart here, with
 * {@code java.util.zip} for deflate.
 */
package org.loopcert.input;
