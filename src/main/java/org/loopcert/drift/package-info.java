/**
 * How far a floating-point run strays from the exact one: the rounded run itself in any
 * rounding format and run configuration, its measured distance from the exact iterates, rigorous
 * bounds on that distance, and rigorous enclosures of iterates too long to be written down exactly. Every comparison is decided by integers; doubles
 * occur only as the object of study. Sees model, spectrum, exact, matrix and ring.
 */
package org.loopcert.drift;
