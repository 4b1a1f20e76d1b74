/** The command line of Credence. */
@NullMarked
package io.credence;

import org.jspecify.annotations.NullMarked;
