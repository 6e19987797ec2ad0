/**
 * A JUnit Jupiter extension: one invocation of a test method for each file of a folder or glob.
 *
 * <p>Needs the Jupiter API alone, from 5.10 on.
 */
package org.loopcert.testing.junit;
