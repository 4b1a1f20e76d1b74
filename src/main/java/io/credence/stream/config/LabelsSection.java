package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.jspecify.annotations.Nullable;

/**
 * Labels that come after their event, with nothing but its id, and events that come twice.
 *
 * @param eventId dotted path of the event's id in a record of the labels topic; null where no field is named
 * @param label dotted path of the label there; null where no field is named
 * @param time dotted path of the time of the label there, or null for the record's timestamp
 * @param settleMs milliseconds after which a label is learned; until then a correction replaces it
 * @param second what becomes of a label of an event whose label was learned
 * @param waitMs milliseconds for which an event waits for its label, and a label for its event
 * @param waitBytes most bytes of what waits in a partition
 * @param deduplicateMs milliseconds within which the same event again is a repeat; 0 looks for none
 * @param deduplicateBytes most bytes of what is remembered of a partition for that
 */
public record LabelsSection(
        @Nullable String eventId,
        @Nullable String label,
        @Nullable String time,
        long settleMs,
        Second second,
        long waitMs,
        long waitBytes,
        long deduplicateMs,
        long deduplicateBytes) {
    /** {@code credence.topic.labels}. */
    public static final String TOPIC = CredenceConfig.PREFIX + "topic.labels";

    /** {@code credence.topic.waiting}. */
    public static final String WAITING = CredenceConfig.PREFIX + "topic.waiting";

    /** {@code credence.topic.events}. */
    public static final String EVENTS = CredenceConfig.PREFIX + "topic.events";

    /** {@code credence.labels.event.id}. */
    public static final String EVENT_ID = CredenceConfig.PREFIX + "labels.event.id";

    /** {@code credence.labels.label}. */
    public static final String LABEL = CredenceConfig.PREFIX + "labels.label";

    /** {@code credence.labels.time}. */
    public static final String TIME = CredenceConfig.PREFIX + "labels.time";

    /** {@code credence.label.settle.ms}. */
    public static final String SETTLE = CredenceConfig.PREFIX + "label.settle.ms";

    /** {@code credence.labels.second}. */
    public static final String SECOND = CredenceConfig.PREFIX + "labels.second";

    /** {@code credence.labels.wait.ms}. */
    public static final String WAIT = CredenceConfig.PREFIX + "labels.wait.ms";

    /** {@code credence.labels.wait.bytes}. */
    public static final String WAIT_BYTES = CredenceConfig.PREFIX + "labels.wait.bytes";

    /** {@code credence.deduplicate.ms}. */
    public static final String DEDUPLICATE = CredenceConfig.PREFIX + "deduplicate.ms";

    /** {@code credence.deduplicate.bytes}. */
    public static final String DEDUPLICATE_BYTES = CredenceConfig.PREFIX + "deduplicate.bytes";

    private static final long WEEK = 7L * 24 * 60 * 60 * 1000;

    /** What becomes of a further label of an event whose label was learned. */
    public enum Second {
        /** The first one stays; the other is counted. */
        FIRST,
        /** The last one counts: a correction goes into the training log. */
        LAST,
        /** The first one stays; the other is a dead letter. */
        REJECT
    }

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Delayed labels and repeats")
                .add(
                        TOPIC,
                        STRING,
                        null,
                        Allowed.topic(),
                        HIGH,
                        "The topic of labels that come after their event: each record has the event's id and the"
                                + " label. It needs " + TopicSection.UNLABELLED + " and " + EventSection.EVENT_ID
                                + "; what is learned are the events that were scored, once their label has come.")
                .add(
                        EVENT_ID,
                        STRING,
                        null,
                        Allowed.field(),
                        MEDIUM,
                        "The field of the event's id in a record of " + TOPIC + ". If unset, it is "
                                + EventSection.EVENT_ID + ".")
                .add(
                        LABEL,
                        STRING,
                        null,
                        Allowed.field(),
                        MEDIUM,
                        "The field of the label in a record of " + TOPIC + ". If unset, it is " + EventSection.LABEL
                                + ".")
                .add(
                        TIME,
                        STRING,
                        null,
                        Allowed.field(),
                        LOW,
                        "The field of the label's time in a record of " + TOPIC
                                + ". If unset, it is the record's timestamp.")
                .add(
                        SETTLE,
                        LONG,
                        0L,
                        Range.atLeast(0L),
                        MEDIUM,
                        "How long after its label an event is learned, in milliseconds of the labels' time: until then"
                                + " another label of the event replaces it.")
                .add(
                        SECOND,
                        STRING,
                        EnumText.name(Second.FIRST),
                        Allowed.oneOf(Second.class),
                        MEDIUM,
                        "What becomes of another label of an event that was learned: `first` keeps what was learned and"
                                + " counts the other, `last` corrects what was learned, `reject` keeps what was learned"
                                + " and makes the other a dead letter with reason `SECOND_LABEL`.")
                .add(
                        WAIT,
                        LONG,
                        WEEK,
                        Range.atLeast(1L),
                        MEDIUM,
                        "How long an event waits for its label, and a label for its event, in milliseconds of event time."
                                + " Then the event is forgotten and counted, and the label is a dead letter with"
                                + " reason `UNMATCHED_LABEL`. So long it is remembered that an event was learned.")
                .add(
                        WAIT_BYTES,
                        LONG,
                        64L << 20,
                        Range.atLeast(1L),
                        MEDIUM,
                        "The number of bytes that what waits may take, for each partition of " + WAITING
                                + ". Of more, the oldest waits no longer.")
                .add(
                        WAITING,
                        STRING,
                        null,
                        Allowed.topic(),
                        LOW,
                        TopicSection.ours(
                                "waiting",
                                "The topic of the events that were scored and of their labels, by event id; only with "
                                        + TOPIC + "."))
                .add(
                        DEDUPLICATE,
                        LONG,
                        0L,
                        Range.atLeast(0L),
                        MEDIUM,
                        "The event time, in milliseconds, within which a record with the same event id and of the same"
                                + " kind, to be scored or to be learned, is a repeat: it is counted and left out. It"
                                + " needs " + EventSection.EVENT_ID + "; 0 looks for no repeats.")
                .add(
                        DEDUPLICATE_BYTES,
                        LONG,
                        16L << 20,
                        Range.atLeast(1L),
                        LOW,
                        "The number of bytes that may be remembered to find repeats, for each partition of " + EVENTS
                                + ". Of more, the oldest is forgotten.")
                .add(
                        EVENTS,
                        STRING,
                        null,
                        Allowed.topic(),
                        LOW,
                        TopicSection.ours(
                                "events",
                                "The topic of the input's records by event id, where repeats are found; only with "
                                        + DEDUPLICATE + "."))
                .end();
    }

    static LabelsSection labels(AbstractConfig config) {
        return new LabelsSection(
                otherwise(config.getString(EVENT_ID), config.getString(EventSection.EVENT_ID)),
                otherwise(config.getString(LABEL), config.getString(EventSection.LABEL)),
                config.getString(TIME),
                config.getLong(SETTLE),
                EnumText.of(Second.class, config.getString(SECOND)),
                config.getLong(WAIT),
                config.getLong(WAIT_BYTES),
                config.getLong(DEDUPLICATE),
                config.getLong(DEDUPLICATE_BYTES));
    }

    /** The topic where labels meet their events; null where none come later. */
    static @Nullable String waiting(AbstractConfig config, String scope) {
        return config.getString(TOPIC) == null ? null : TopicSection.name(config.getString(WAITING), scope, "waiting");
    }

    /** The topic where repeats are found; null where they are not looked for. */
    static @Nullable String events(AbstractConfig config, String scope) {
        return config.getLong(DEDUPLICATE) == 0 ? null : TopicSection.name(config.getString(EVENTS), scope, "events");
    }

    private static @Nullable String otherwise(@Nullable String given, @Nullable String usual) {
        return given == null ? usual : given;
    }

    /** Whether repeats are looked for. */
    public boolean deduplicates() {
        return deduplicateMs > 0;
    }
}
