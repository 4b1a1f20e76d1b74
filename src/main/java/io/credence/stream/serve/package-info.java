/** The running service: health, lifecycle and metrics. */
@NullMarked
package io.credence.stream.serve;

import org.jspecify.annotations.NullMarked;
