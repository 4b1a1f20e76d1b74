/** The HTTP API: what a program or a person may ask of a running service, and what it costs the service at most. */
@Internal
@NullMarked
package io.credence.stream.http;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
