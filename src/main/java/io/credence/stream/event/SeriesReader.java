package io.credence.stream.event;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection.Reason;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Finds the series of a record, and the fields whose past is asked for. Compiled once a schema. One thread. */
public final class SeriesReader {
    private static final int MAX_SCHEMAS = 1_000;

    private final @Nullable String key;
    private final PastPlan plan;
    private final Map<Schema, Paths> compiled = new IdentityHashMap<>();

    private record Paths(@Nullable FieldPath key, @Nullable FieldPath[] fields) {}

    /**
     * @param key dotted path of the field that names the series, or null where all events are one
     * @param plan which fields are asked for
     */
    public SeriesReader(@Nullable String key, PastPlan plan) {
        this.key = key;
        this.plan = plan;
    }

    /** The name of the series, empty where there is one only; or that it is null or missing. */
    public Outcome<String> series(GenericRecord record) {
        if (key == null) {
            return Outcome.of("");
        }
        Object name = value(record, paths(record.getSchema()).key());
        return name == null
                ? Outcome.reject(
                        Reason.NULL_SERIES_KEY,
                        "series key '" + key + "' is null, or no scalar field of schema "
                                + record.getSchema().getFullName())
                : Outcome.of(name.toString());
    }

    /** The numbers of the fields, NaN where one is missing; or the first that is no number. */
    public Outcome<double[]> fields(GenericRecord record) {
        @Nullable FieldPath[] fields = paths(record.getSchema()).fields();
        return plan.read(i -> value(record, fields[i]));
    }

    private static @Nullable Object value(GenericRecord record, @Nullable FieldPath path) {
        Object value = path == null ? null : path.read(record);
        return value == FieldValue.UNUSABLE ? null : value;
    }

    private Paths paths(Schema schema) {
        if (compiled.size() >= MAX_SCHEMAS && !compiled.containsKey(schema)) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(
                schema,
                any -> new Paths(
                        key == null ? null : FieldPath.compile(schema, key),
                        plan.fields().stream()
                                .map(field -> FieldPath.compile(schema, field))
                                .toArray(FieldPath[]::new)));
    }
}
