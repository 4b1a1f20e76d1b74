/** The running service: health, lifecycle and metrics. */
@NullMarked
package io.credence.serve;

import org.jspecify.annotations.NullMarked;
