/** The Confluent wire format: registry client, serdes, and Avro read and written within bounds. */
@NullMarked
package io.credence.stream.wire;

import org.jspecify.annotations.NullMarked;
