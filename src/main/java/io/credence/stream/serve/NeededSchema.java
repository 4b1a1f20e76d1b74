package io.credence.stream.serve;

import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.StreamChange;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.avro.WaitingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.event.EnrichedWriter;
import io.credence.stream.wire.PortableSchema;
import io.credence.stream.wire.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schema that the service writes with.
 *
 * @param topic whose values have it
 * @param subject under which the registry must have it
 * @param schema itself, or null while the schema of the input, which it follows, is not known
 * @param registered whether the registry has it
 */
public record NeededSchema(
        String topic, String subject, @Nullable Schema schema, boolean registered) {
    /** Those of a configuration, in the order of the data flow. */
    public static List<NeededSchema> of(CredenceConfig config, SchemaRegistry registry) {
        TopicSection topics = config.topics();
        List<NeededSchema> needed = new ArrayList<>();
        if (topics.learns()) {
            needed.add(ours(registry, topics.training(), TrainingRecord.getClassSchema()));
            needed.add(ours(registry, topics.posteriors(), PosteriorChunk.getClassSchema()));
            needed.add(ours(registry, topics.changes(), StreamChange.getClassSchema()));
            needed.add(ours(registry, topics.metrics(), TrainingMetrics.getClassSchema()));
        }
        if (topics.waiting() != null) {
            needed.add(ours(registry, topics.waiting(), WaitingRecord.getClassSchema()));
        }
        String events = topics.unlabelled();
        if (events != null) {
            needed.add(scored(config, registry, events));
        }
        needed.add(ours(registry, topics.notices(), AlertNotice.getClassSchema()));
        needed.add(ours(registry, topics.alerts(), Alert.getClassSchema()));
        return needed;
    }

    /** One sentence that names what is missing, where nobody registers it by itself; empty if nothing is. */
    static Optional<String> missing(CredenceConfig config, SchemaRegistry registry) {
        if (registry.registersItself()) {
            return Optional.empty();
        }
        List<String> subjects = of(config, registry).stream()
                .filter(needed -> !needed.registered)
                .map(NeededSchema::subject)
                .toList();
        return subjects.isEmpty()
                ? Optional.empty()
                : Optional.of("auto.register.schemas=false, and the registry lacks our schema under the subject(s) "
                        + String.join(", ", subjects)
                        + ": the service stops at the first record that needs one; 'credence schemas --config FILE' prints"
                        + " them, to be registered");
    }

    private static NeededSchema ours(SchemaRegistry registry, String topic, Schema schema) {
        Schema portable = PortableSchema.of(schema);
        String subject = registry.subject(topic, portable);
        return new NeededSchema(topic, subject, portable, registry.holds(subject, portable));
    }

    /** Derived from the newest schema of the input, which is found where subjects are named after topics. */
    private static NeededSchema scored(CredenceConfig config, SchemaRegistry registry, String events) {
        String topic = config.topics().scored();
        EnrichedWriter writer =
                new EnrichedWriter(config.model().label(), config.events().prediction());
        return registry.newest(events + "-value")
                .flatMap(input -> writer.schema(input).fold(Optional::of, bad -> Optional.<Schema>empty()))
                .map(schema -> {
                    String subject = registry.subject(topic, schema);
                    return new NeededSchema(topic, subject, schema, registry.holds(subject, schema));
                })
                .orElseGet(() -> new NeededSchema(topic, topic + "-value", null, false));
    }
}
