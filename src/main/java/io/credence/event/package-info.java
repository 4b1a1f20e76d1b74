/** Avro in and out: user records to observations, predictions to enriched records, and the Schema Registry. */
@NullMarked
package io.credence.event;

import org.jspecify.annotations.NullMarked;
