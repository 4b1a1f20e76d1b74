package io.credence.stream.event;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.ValueSource;
import io.credence.stream.wire.Origin;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds features, label, model key and event id in records of any schema. Compiled once a schema. One thread. */
public final class ObservationReader {
    private static final Logger LOG = LoggerFactory.getLogger(ObservationReader.class);

    private static final Outcome<Double> NOT_READ = Outcome.of(Double.NaN);

    /** Reached only if schemas were made anew for every record; then it is better to compile them again. */
    private static final int MAX_SCHEMAS = 1_000;

    private final Fields fields;
    private final FeatureEncoder features;
    private final PastPlan past;
    private final LabelEncoder labels;
    private final LabelRule rule;
    private final Map<Schema, Compiled> compiled = new IdentityHashMap<>();

    /**
     * Which fields of the input have a meaning besides the features.
     *
     * @param label dotted path of the label
     * @param modelKey dotted path of the model key, or null for a single model
     * @param eventId dotted path of the event's identity, or null for topic-partition-offset
     */
    public record Fields(
            String label,
            @Nullable String modelKey,
            @Nullable String eventId) {}

    /** The paths of one schema; null where it has no such field. */
    private record Compiled(
            @Nullable FieldPath[] features,
            @Nullable FieldPath label,
            @Nullable FieldPath modelKey,
            @Nullable FieldPath eventId) {}

    /** A reader for one topic. */
    public ObservationReader(Fields fields, FeatureEncoder features, LabelEncoder labels, LabelRule rule) {
        this.fields = fields;
        this.features = features;
        this.past = PastPlan.of(features.specs());
        this.labels = labels;
        this.rule = rule;
    }

    /**
     * Reads one record.
     *
     * @param timestamp event time, milliseconds since the epoch
     * @param source where the record lies
     */
    public Outcome<Observation> read(GenericRecord record, long timestamp, Origin source) {
        return read(record, timestamp, source, new double[0]);
    }

    /**
     * Reads one record that was told of its past.
     *
     * @param recalled a number for each function of the past, NaN where there is none; empty if nobody has asked
     */
    public Outcome<Observation> read(GenericRecord record, long timestamp, Origin source, double[] recalled) {
        Compiled paths = compiled(record.getSchema());
        return label(record, paths).flatMap(y -> read(record, timestamp, source, recalled, paths, y));
    }

    private Outcome<Observation> read(
            GenericRecord record, long timestamp, Origin source, double[] recalled, Compiled paths, double label) {
        Object modelKey = fields.modelKey() == null ? "" : valueAt(record, paths.modelKey());
        if (modelKey == null || modelKey == FieldValue.UNUSABLE) {
            return Outcome.reject(
                    Reason.NULL_MODEL_KEY, "model key " + absent(record, fields.modelKey(), paths.modelKey()));
        }
        @Nullable Object[] values = new Object[paths.features().length];
        for (int i = 0; i < values.length; i++) {
            FieldPath path = paths.features()[i];
            values[i] = valueAt(record, path);
            if (path == null || values[i] == FieldValue.UNUSABLE) {
                Rejection fault = fault(record, features.specs().get(i), path);
                if (fault != null) {
                    return Outcome.reject(fault);
                }
            }
        }
        Object id = valueAt(record, paths.eventId());
        String eventId = id == null || id == FieldValue.UNUSABLE ? source.toString() : id.toString();
        ValueSource own = i -> values[i];
        // A stored event may have been told by another feature list: then it is as if nobody had asked.
        return features.encode(recalled.length == past.size() ? past.with(recalled, own) : own)
                .map(x -> new Observation(modelKey.toString(), eventId, timestamp, x, label));
    }

    private Outcome<Double> label(GenericRecord record, Compiled paths) {
        if (rule == LabelRule.IGNORED) {
            return NOT_READ;
        }
        Object raw = valueAt(record, paths.label());
        if (raw == FieldValue.UNUSABLE) {
            return Outcome.reject(Reason.BAD_LABEL, "label " + unusable(record, fields.label(), paths.label()));
        }
        if (raw == null && rule == LabelRule.REQUIRED) {
            return Outcome.reject(Reason.MISSING_LABEL, "label " + absent(record, fields.label(), paths.label()));
        }
        return labels.encode(raw);
    }

    /** What is wrong with a feature that has no path or no usable value; a nullable one may be absent. */
    private static @Nullable Rejection fault(GenericRecord record, FeatureSpec spec, @Nullable FieldPath path) {
        if (path != null) {
            return new Rejection(Reason.BAD_FEATURE, "feature " + unusable(record, spec.field(), path));
        }
        return spec.nullable()
                ? null
                : new Rejection(Reason.MISSING_FEATURE, "feature " + absent(record, spec.field(), null));
    }

    private static @Nullable Object valueAt(GenericRecord record, @Nullable FieldPath path) {
        return path == null ? null : path.read(record);
    }

    private static String absent(GenericRecord record, @Nullable String field, @Nullable FieldPath path) {
        return "'" + field + "' is " + (path == null ? "not a field of" : "null or not a scalar in") + " schema "
                + record.getSchema().getFullName();
    }

    private static String unusable(GenericRecord record, String field, @Nullable FieldPath path) {
        return "'" + field + "' of schema " + record.getSchema().getFullName() + " has the unusable type "
                + (path == null ? "null" : path.describe())
                + ", expected a number, boolean, text, enum or timestamp";
    }

    private Compiled compiled(Schema schema) {
        Compiled known = compiled.get(schema);
        if (known == null) {
            if (compiled.size() >= MAX_SCHEMAS) {
                compiled.clear();
            }
            known = compile(schema);
            compiled.put(schema, known);
        }
        return known;
    }

    private Compiled compile(Schema schema) {
        List<FeatureSpec> specs = features.specs();
        @Nullable FieldPath[] paths = new FieldPath[specs.size()];
        for (int i = 0; i < paths.length; i++) {
            boolean recalled = past.asks(i);
            paths[i] = recalled ? null : FieldPath.compile(schema, specs.get(i).field());
            if (paths[i] == null && !recalled) {
                tell(
                        schema,
                        specs.get(i).field(),
                        specs.get(i).nullable()
                                ? "this feature counts as missing in its records"
                                : "its records are dead letters");
            }
        }
        FieldPath label = path(schema, fields.label());
        FieldPath modelKey = path(schema, fields.modelKey());
        FieldPath eventId = path(schema, fields.eventId());
        if (label == null && rule == LabelRule.OPTIONAL) {
            tell(schema, fields.label(), "its records have no label, none is learned and each is scored");
        }
        if (label == null && rule == LabelRule.REQUIRED) {
            tell(schema, fields.label(), "its records have no label and are dead letters");
        }
        if (modelKey == null && fields.modelKey() != null) {
            tell(schema, fields.modelKey(), "its records have no model and are dead letters");
        }
        if (eventId == null && fields.eventId() != null) {
            tell(schema, fields.eventId(), "its records are identified by topic, partition and offset");
        }
        return new Compiled(paths, label, modelKey, eventId);
    }

    /** Says once for each schema that a configured field is not there, and which one may be meant. */
    private static void tell(Schema schema, String field, String consequence) {
        String meant = schema.getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> name.equalsIgnoreCase(field))
                .findFirst()
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
        LOG.warn("Schema {} has no field '{}': {}{}", schema.getFullName(), field, consequence, meant);
    }

    private static @Nullable FieldPath path(Schema schema, @Nullable String field) {
        return field == null ? null : FieldPath.compile(schema, field);
    }
}
