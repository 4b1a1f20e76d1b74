/** The command line of Credence. */
@Internal
@NullMarked
package io.credence.cli;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
