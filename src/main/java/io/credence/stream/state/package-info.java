/** The only place that knows the stored bytes: formats, chunks, rings and store builders. */
@Internal
@NullMarked
package io.credence.stream.state;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
