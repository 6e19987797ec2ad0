/** Compares independent checkers of certificates. */
package org.loopcert.agreement;
