/**
 * The arithmetics that the one reference program runs over: elements are plain values, a ring
 * object carries the operations and declares which laws hold. Sees big-math, apfloat and the Rings
 * library; shares no code with the trusted kernel, so that the two can be tested against each
 * other.
 */
package org.loopcert.ring;
