/** The Confluent wire format: registry client, serdes, and Avro read and written within bounds. */
@Internal(except = {ConfluentAvroSerde.class, CredenceSerde.class, RegistryUnavailableException.class})
@NullMarked
package io.credence.stream.wire;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
