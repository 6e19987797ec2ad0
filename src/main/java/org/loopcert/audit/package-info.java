/**
 * What an audit of rounded runs found, for people: in words ({@link org.loopcert.audit.RunWords}), as plots and as a page
 * ({@link org.loopcert.audit.AuditPage}). Decides nothing: what is decided comes from drift and certify, and decimals are
 * rounded so that sentences stay true. Sees certify, certificate, kernel, input, report, drift, spectrum, exact,
 * matrix and ring.
 */
package org.loopcert.audit;
