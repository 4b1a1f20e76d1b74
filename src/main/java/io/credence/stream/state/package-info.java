/** The only place that knows the stored bytes: formats, chunks, rings and store builders. */
@NullMarked
package io.credence.stream.state;

import org.jspecify.annotations.NullMarked;
