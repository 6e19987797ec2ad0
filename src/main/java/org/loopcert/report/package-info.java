/**
 * What a run found, for people: plots ({@link org.loopcert.report.Plot}, drawn by {@link org.loopcert.report.Figure} as
 * SVG and PNG), self-contained pages ({@link org.loopcert.report.Page}) and tables
 * ({@link org.loopcert.report.CsvTable}), and for build servers ({@link org.loopcert.report.JUnitXml}). Nothing
 * here decides anything: values arrive exact or rounded, are rounded once more to be drawn, and every value that a plot
 * cannot show is counted in the figure's notes. The same description always gives the same bytes on the same machine;
 * another machine may measure text with another font.
 * Sees certificate, drift, matrix and ring, JFreeChart, Batik's SVG generator and FastCSV; knows nothing of the commands.
 */
package org.loopcert.report;
