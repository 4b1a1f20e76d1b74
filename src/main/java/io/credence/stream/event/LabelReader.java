package io.credence.stream.event;

import io.credence.bayes.feature.EventTimes;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.config.LabelsSection;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.RawRecord;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Finds event id, label and time in records of the labels topic, of any schema. Compiled once a schema. One thread. */
public final class LabelReader {
    /** Reached only if schemas were made anew for every record; then it is better to compile them again. */
    private static final int MAX_SCHEMAS = 1_000;

    private final LabelsSection fields;
    private final LabelEncoder labels;
    private final Map<Schema, Compiled> compiled = new IdentityHashMap<>();

    /** The paths of one schema; null where it has no such field. */
    private record Compiled(
            @Nullable FieldPath eventId,
            @Nullable FieldPath label,
            @Nullable FieldPath time) {}

    /** @param fields which of them have a meaning */
    public LabelReader(LabelsSection fields, LabelEncoder labels) {
        this.fields = fields;
        this.labels = labels;
    }

    /**
     * Reads one record.
     *
     * @param raw as it came
     * @param record its value
     */
    public Outcome<Arrived> read(RawRecord raw, GenericRecord record) {
        Compiled paths = compiled(record.getSchema());
        Object id = at(record, paths.eventId);
        if (id == null || id == FieldValue.UNUSABLE) {
            return Outcome.reject(Reason.MISSING_EVENT_ID, absent("event id", fields.eventId(), record));
        }
        Object label = at(record, paths.label);
        if (label == null) {
            return Outcome.reject(Reason.MISSING_LABEL, absent("label", fields.label(), record));
        }
        if (label == FieldValue.UNUSABLE) {
            return Outcome.reject(Reason.BAD_LABEL, absent("label", fields.label(), record));
        }
        Long time = fields.time() == null ? (Long) raw.record().timestamp() : millis(at(record, paths.time));
        if (time == null) {
            return Outcome.reject(
                    Reason.BAD_LABEL, absent("time of the label", fields.time(), record) + ", expected a time");
        }
        return labels.encode(label)
                .flatMap(y -> y.isNaN()
                        ? Outcome.reject(Reason.MISSING_LABEL, "the label is NaN")
                        : Outcome.of(new Arrived(id.toString(), y, time, raw)));
    }

    /** A time as milliseconds since the epoch, not before; null if it is none. */
    private static @Nullable Long millis(@Nullable Object time) {
        Long millis = null;
        if (time instanceof Instant instant) {
            millis = instant.toEpochMilli();
        } else if (time instanceof Number number) {
            double n = number.doubleValue();
            millis = EventTimes.Unit.of(Math.abs(n)).millis(n);
        } else if (time instanceof String text) {
            millis = EventTimes.millis(text);
        }
        return millis == null || millis < 0 ? null : millis;
    }

    private static @Nullable Object at(GenericRecord record, @Nullable FieldPath path) {
        return path == null ? null : path.read(record);
    }

    private static String absent(String what, @Nullable String field, GenericRecord record) {
        return what + " '" + field + "' is missing, null or no scalar in schema "
                + record.getSchema().getFullName();
    }

    private Compiled compiled(Schema schema) {
        if (compiled.size() >= MAX_SCHEMAS) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(
                schema,
                s -> new Compiled(
                        FieldPath.compile(s, Objects.requireNonNullElse(fields.eventId(), "")),
                        FieldPath.compile(s, Objects.requireNonNullElse(fields.label(), "")),
                        fields.time() == null ? null : FieldPath.compile(s, fields.time())));
    }
}
