package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.CLASS;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an event are found in the user's own record.
 *
 * @param label dotted path of the label's field. Null only when there is no labelled topic
 * @param modelKey dotted path of the field whose value chooses the model, or null for one model
 * @param eventId dotted path of the field that identifies the event, or null for topic-partition-offset
 * @param seriesKey dotted path of the field that names an event's series, or null where a model's events are one
 * @param horizon how far ahead labels are predicted where features tell of their past, a number of events or a time as in 24h
 * @param valueSerde a {@code Serde<GenericRecord>} of the user's, or null for Credence's own
 * @param prediction name of the field that scored records have more
 */
public record EventSection(
        @Nullable String label,
        @Nullable String modelKey,
        @Nullable String eventId,
        @Nullable String seriesKey,
        String horizon,
        @Nullable Class<?> valueSerde,
        String prediction) {
    /** {@code credence.task}. */
    public static final String TASK = CredenceConfig.PREFIX + "task";

    /** {@code credence.label}. */
    public static final String LABEL = CredenceConfig.PREFIX + "label";

    /** {@code credence.classes}. */
    public static final String CLASSES = CredenceConfig.PREFIX + "classes";

    /** {@code credence.label.min}. */
    public static final String LABEL_MIN = CredenceConfig.PREFIX + "label.min";

    /** {@code credence.label.max}. */
    public static final String LABEL_MAX = CredenceConfig.PREFIX + "label.max";

    /** {@code credence.features}. */
    public static final String FEATURES = CredenceConfig.PREFIX + "features";

    /** {@code credence.features.unseen}. */
    public static final String UNSEEN = CredenceConfig.PREFIX + "features.unseen";

    /** {@code credence.model.key}. */
    public static final String MODEL_KEY = CredenceConfig.PREFIX + "model.key";

    /** {@code credence.event.id}. */
    public static final String EVENT_ID = CredenceConfig.PREFIX + "event.id";

    /** {@code credence.series.key}. */
    public static final String SERIES_KEY = CredenceConfig.PREFIX + "series.key";

    /** {@code credence.horizon}. */
    public static final String HORIZON = CredenceConfig.PREFIX + "horizon";

    /** {@code credence.value.serde}. */
    public static final String SERDE = CredenceConfig.PREFIX + "value.serde";

    /** {@code credence.prediction.field}. */
    public static final String PREDICTION = CredenceConfig.PREFIX + "prediction.field";

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Events")
                .add(
                        FEATURES,
                        STRING,
                        Section.REQUIRED,
                        Allowed.features(),
                        HIGH,
                        "The features: a comma-separated list of `field[?][:kind[(arguments)]]`, where a"
                                + " field may be a dotted path and `?` lets it be missing. The kinds are `numeric` (the"
                                + " default), `boolean`, `onehot(a,b,c)`, `hash(buckets)`, `cyclic(period[,harmonics])`"
                                + " and `time(hour,weekday[,zone])`. A function of the past is a feature, too:"
                                + " `lag(label,1,24)`, `mean(field,24h)` and others, see [Features](features.md).")
                .add(
                        LABEL,
                        STRING,
                        null,
                        Allowed.field(),
                        HIGH,
                        "The field of the label. It is needed with a labelled topic.")
                .add(
                        TASK,
                        STRING,
                        "regression",
                        Allowed.oneOf(Task.class),
                        HIGH,
                        "What the label is: a real number for `regression`, one of two classes for `binary`,"
                                + " one of several for `multiclass`, a whole number from 0 for `count`.")
                .add(
                        CLASSES,
                        LIST,
                        List.of(),
                        Allowed.distinct(),
                        HIGH,
                        "The names of the classes in the order of their index. Multiclass needs at least two;"
                                + " binary takes two, or none if the labels are 0/1, true/false or no/yes; other tasks"
                                + " take none.")
                .add(
                        LABEL_MIN,
                        DOUBLE,
                        null,
                        Allowed.finite(),
                        MEDIUM,
                        "The least label that there can be, for `regression`: no mean and no end of an interval is"
                                + " below it, and a record whose label is becomes a dead letter. It may be changed"
                                + " while a model exists; scoring takes that of the service that learns. If unset,"
                                + " there is none: it is not guessed from the labels.")
                .add(
                        LABEL_MAX,
                        DOUBLE,
                        null,
                        Allowed.finite(),
                        MEDIUM,
                        "The largest label that there can be, in the same way.")
                .add(
                        UNSEEN,
                        STRING,
                        "zero",
                        Allowed.oneOf(UnseenCategory.class),
                        LOW,
                        "What becomes of an event with a category that a one-hot feature does not list:"
                                + " `zero` sets all columns of the feature to zero, `reject` makes the event a dead"
                                + " letter.")
                .add(
                        MODEL_KEY,
                        STRING,
                        null,
                        Allowed.field(),
                        MEDIUM,
                        "The field whose value chooses the model: each value has a model of its own. If"
                                + " unset, there is one model.")
                .add(
                        EVENT_ID,
                        STRING,
                        null,
                        Allowed.field(),
                        LOW,
                        "The field that identifies the event in predictions and alerts. If unset, an event is"
                                + " known by topic-partition-offset.")
                .add(
                        SERIES_KEY,
                        STRING,
                        null,
                        Allowed.field(),
                        MEDIUM,
                        "The field that names the series of an event, whose past features such as `lag(label,1)` are"
                                + " told of. If unset, it is that of `" + MODEL_KEY
                                + "`, and without one all events are"
                                + " one series.")
                .add(
                        HORIZON,
                        STRING,
                        "1",
                        Allowed.horizon(),
                        MEDIUM,
                        "How far ahead labels are predicted where features tell of their past: a number of events of"
                                + " the series, or a time as in `24h`. The labels of nearer events are not told, in"
                                + " what is learned as in what is scored, so that questions may be asked as early.")
                .add(
                        SERDE,
                        CLASS,
                        null,
                        Allowed.serde(),
                        LOW,
                        "The class of the serde for the records that are read and those that are scored. If"
                                + " unset, it is Credence's own for Avro in the Confluent wire format.")
                .add(
                        PREDICTION,
                        STRING,
                        "prediction",
                        Allowed.avroName(),
                        LOW,
                        "The name of the field that a scored record has in addition. Choose another one where"
                                + " the input already has a field of that name, as in a chain of two services.")
                .end();
    }

    static EventSection events(AbstractConfig config) {
        return new EventSection(
                config.getString(LABEL),
                config.getString(MODEL_KEY),
                config.getString(EVENT_ID),
                config.getString(SERIES_KEY),
                config.getString(HORIZON),
                config.getClass(SERDE),
                config.getString(PREDICTION));
    }
}
