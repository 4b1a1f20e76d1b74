package io.credence.stream.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an event are found in the user's own record.
 *
 * @param label dotted path of the label's field. Null only when there is no labelled topic
 * @param modelKey dotted path of the field whose value chooses the model, or null for one model
 * @param eventId dotted path of the field that identifies the event, or null for topic-partition-offset
 * @param valueSerde a {@code Serde<GenericRecord>} of the user's, or null for Credence's own
 */
public record EventConfig(
        @Nullable String label,
        @Nullable String modelKey,
        @Nullable String eventId,
        @Nullable Class<?> valueSerde) {}
