/** The command line of Credence. */
@NullMarked
package io.credence.cli;

import org.jspecify.annotations.NullMarked;
