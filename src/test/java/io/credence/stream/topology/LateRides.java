package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/** Rides whose fares come later, on a topic of their own and with nothing but the ride's id. */
final class LateRides {
    static final String LABELS = "late-fares";

    private static final Schema SCHEMA = SchemaBuilder.record("Fare")
            .namespace("test")
            .fields()
            .optionalString("ride")
            .optionalDouble("paid")
            .endRecord();

    private LateRides() {}

    static Rides rides(String... overrides) {
        String[] late = {
            "credence.topic.labels", LABELS,
            "credence.labels.event.id", "ride",
            "credence.labels.label", "paid",
            "credence.score.linger.ms", "0"
        };
        return new Rides(Stream.of(late, overrides).flatMap(Stream::of).toArray(String[]::new))
                .without("credence.topic.labelled");
    }

    static CredenceConfig config(String... overrides) {
        return rides(overrides).config();
    }

    static GenericRecord fare(@Nullable String ride, @Nullable Double paid) {
        return new GenericRecordBuilder(SCHEMA)
                .set("ride", ride)
                .set("paid", paid)
                .build();
    }
}
