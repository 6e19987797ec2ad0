/**
 * The command line: Main and one class per subcommand. Results go to standard output, everything else to standard error;
 * nothing is decided here. Sees every package, picocli and the progress bar.
 */
package org.loopcert.cli;
