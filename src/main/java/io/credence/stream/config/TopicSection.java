package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.SHORT;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one service.
 *
 * @param labelled records with a label train; may equal {@code unlabelled}. Null when this service only scores
 * @param unlabelled records to score. Null when this service only trains
 * @param training the log that is learned
 * @param posteriors the published models, compacted
 * @param scored the scored records with their prediction
 * @param notices what is told of events, of which the alerts are made
 * @param alerts what becomes of episodes of unusual events
 * @param changes of the stream that the learner has noticed
 * @param metrics one record for each model and publish interval
 * @param series both kinds of events by series, where features ask for the past; null where none does
 * @param deadLetters records that could not be used, with reason and coordinates
 * @param labels records with an event id and a label that comes later. Null when there are none
 * @param waiting events and labels that wait for each other. Null without {@code labels}
 * @param events what came on the input topics, by event id. Null unless repeats are looked for
 * @param feedback what is said of alerts. Null when nothing is
 * @param create whether missing topics are created
 * @param partitions of the topics that are created, except those that need one
 * @param replicationFactor of the topics that are created; −1 is the broker's default
 * @param trainingRetentionMs milliseconds that a created training topic keeps its records; −1 is for ever
 */
public record TopicSection(
        @Nullable String labelled,
        @Nullable String unlabelled,
        String training,
        String posteriors,
        String scored,
        String notices,
        String alerts,
        String changes,
        String metrics,
        @Nullable String series,
        String deadLetters,
        @Nullable String labels,
        @Nullable String waiting,
        @Nullable String events,
        @Nullable String feedback,
        boolean create,
        int partitions,
        short replicationFactor,
        long trainingRetentionMs) {
    /** {@code credence.topic.labelled}. */
    public static final String LABELLED = CredenceConfig.PREFIX + "topic.labelled";

    /** {@code credence.topic.unlabelled}. */
    public static final String UNLABELLED = CredenceConfig.PREFIX + "topic.unlabelled";

    /** {@code credence.topic.training}. */
    public static final String TRAINING = CredenceConfig.PREFIX + "topic.training";

    /** {@code credence.topic.posteriors}. */
    public static final String POSTERIORS = CredenceConfig.PREFIX + "topic.posteriors";

    /** {@code credence.topic.scored}. */
    public static final String SCORED = CredenceConfig.PREFIX + "topic.scored";

    /** {@code credence.topic.notices}. */
    public static final String NOTICES = CredenceConfig.PREFIX + "topic.notices";

    /** {@code credence.topic.alerts}. */
    public static final String ALERTS = CredenceConfig.PREFIX + "topic.alerts";

    /** {@code credence.topic.changes}. */
    public static final String CHANGES = CredenceConfig.PREFIX + "topic.changes";

    /** {@code credence.topic.metrics}. */
    public static final String METRICS = CredenceConfig.PREFIX + "topic.metrics";

    /** {@code credence.topic.series}. */
    public static final String SERIES = CredenceConfig.PREFIX + "topic.series";

    /** {@code credence.topic.dead.letters}. */
    public static final String DEAD_LETTERS = CredenceConfig.PREFIX + "topic.dead.letters";

    /** {@code credence.prefix}. */
    public static final String NAME_PREFIX = CredenceConfig.PREFIX + "prefix";

    /** {@code credence.topics.create}. */
    public static final String CREATE = CredenceConfig.PREFIX + "topics.create";

    /** {@code credence.topics.partitions}. */
    public static final String PARTITIONS = CredenceConfig.PREFIX + "topics.partitions";

    /** {@code credence.topics.replication.factor}. */
    public static final String REPLICATION = CredenceConfig.PREFIX + "topics.replication.factor";

    /** {@code credence.topics.training.retention.ms}. */
    public static final String TRAINING_RETENTION = CredenceConfig.PREFIX + "topics.training.retention.ms";

    /** Whether one topic carries both kinds: a record with a null label is scored. */
    public boolean shared() {
        return labelled != null && labelled.equals(unlabelled);
    }

    /** Whether anything is learned. */
    public boolean learns() {
        return labelled != null || labels != null;
    }

    /** The distinct topics that are read and not ours: one to four. */
    public Stream<String> inputs() {
        return Stream.of(labelled, unlabelled, labels, feedback)
                .filter(Objects::nonNull)
                .distinct();
    }

    /**
     * The topics of ours, some or none, that are read again by event id. What hangs on them is keyed by data: their
     * number of partitions stays what it was when they were created.
     */
    public Stream<String> hops() {
        return Stream.of(events, waiting).filter(Objects::nonNull);
    }

    /** The topics that this service writes, in the order of the data flow. */
    public Stream<String> outputs() {
        Stream<@Nullable String> ours =
                Stream.of(series, training, posteriors, scored, notices, alerts, changes, metrics, deadLetters);
        return Stream.concat(hops(), ours.flatMap(Stream::ofNullable));
    }

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Topics")
                .topic(
                        LABELLED,
                        HIGH,
                        "The topic whose records carry a label and train the model. At least one of this and "
                                + UNLABELLED + " is needed.")
                .topic(
                        UNLABELLED,
                        HIGH,
                        "The topic whose records are scored. It may be the labelled topic: then a record with"
                                + " a null label is scored, and any other trains.")
                .topic(
                        TRAINING,
                        LOW,
                        ours("training", "The log of the labelled events, in the order in which they are learned."))
                .topic(POSTERIORS, LOW, ours("posteriors", "The topic of the published models."))
                .topic(SCORED, MEDIUM, ours("scored", "The topic of the scored records, each with its prediction."))
                .topic(
                        NOTICES,
                        LOW,
                        ours(
                                "notices",
                                "The topic of what scorer and learner tell of events, of which alerts are made."
                                        + " Its number of partitions must stay what it was at first."))
                .topic(
                        ALERTS,
                        MEDIUM,
                        ours(
                                "alerts",
                                "The topic of the alerts: a record when an episode of unusual events fires, when it"
                                        + " has grown, and when it is over."))
                .topic(
                        CHANGES,
                        MEDIUM,
                        ours("changes", "The topic of changes of the stream, one record for each change."))
                .topic(
                        METRICS,
                        LOW,
                        ours("metrics", "The topic of the metrics, one record for each model and publish interval."))
                .topic(
                        SERIES,
                        LOW,
                        ours(
                                "series",
                                "The topic of both kinds of events by series, where features ask for the past; its order"
                                        + " is what has arrived."))
                .topic(
                        DEAD_LETTERS,
                        MEDIUM,
                        ours(
                                "dead-letters",
                                "The topic of the records that could not be used, with reason and coordinates."))
                .add(
                        NAME_PREFIX,
                        STRING,
                        "",
                        Allowed.prefix(),
                        LOW,
                        "The prefix that tells several models of one application apart: stores, nodes and"
                                + " metrics of this model begin with it, and the topics that are unset have it behind"
                                + " `<application.id>-`.")
                .add(
                        CREATE,
                        BOOLEAN,
                        true,
                        null,
                        MEDIUM,
                        "Whether missing topics are created at start, the input topics among them. If false,"
                                + " the service waits for them.")
                .add(
                        PARTITIONS,
                        INT,
                        1,
                        Range.between(1, 10_000),
                        MEDIUM,
                        "The number of partitions of the topics that are created. The training, posteriors"
                                + " and notices topics have one partition unless " + EventSection.MODEL_KEY
                                + " is set; the scored topic has as many as the unlabelled topic, if that exists"
                                + " already.")
                .add(
                        REPLICATION,
                        SHORT,
                        (short) -1,
                        Range.between((short) -1, (short) 100),
                        MEDIUM,
                        "The number of replicas of the topics that are created; -1 is the broker's default.")
                .add(
                        TRAINING_RETENTION,
                        LONG,
                        -1L,
                        Range.atLeast(-1L),
                        LOW,
                        "How long a training topic that is created keeps its records, in milliseconds; -1"
                                + " keeps them for ever, which an audit from the first event on needs.")
                .end();
    }

    /**
     * @param scope what the names of our topics begin with, where they are unset
     * @param past whether features ask for the past
     */
    static TopicSection topics(AbstractConfig config, String scope, boolean past) {
        return new TopicSection(
                config.getString(LABELLED),
                config.getString(UNLABELLED),
                name(config.getString(TRAINING), scope, "training"),
                name(config.getString(POSTERIORS), scope, "posteriors"),
                name(config.getString(SCORED), scope, "scored"),
                name(config.getString(NOTICES), scope, "notices"),
                name(config.getString(ALERTS), scope, "alerts"),
                name(config.getString(CHANGES), scope, "changes"),
                name(config.getString(METRICS), scope, "metrics"),
                past ? name(config.getString(SERIES), scope, "series") : null,
                name(config.getString(DEAD_LETTERS), scope, "dead-letters"),
                config.getString(LabelsSection.TOPIC),
                LabelsSection.waiting(config, scope),
                LabelsSection.events(config, scope),
                config.getString(AlertSection.FEEDBACK),
                config.getBoolean(CREATE),
                config.getInt(PARTITIONS),
                config.getShort(REPLICATION),
                config.getLong(TRAINING_RETENTION));
    }

    /** The topics of ours by key: what an unset one has become. */
    static Map<String, String> names(TopicSection topics) {
        Map<String, String> names = new LinkedHashMap<>(Map.of(
                TRAINING, topics.training(),
                POSTERIORS, topics.posteriors(),
                SCORED, topics.scored(),
                NOTICES, topics.notices(),
                ALERTS, topics.alerts(),
                CHANGES, topics.changes(),
                METRICS, topics.metrics(),
                DEAD_LETTERS, topics.deadLetters()));
        if (topics.series() != null) {
            names.put(SERIES, topics.series());
        }
        if (topics.waiting() != null) {
            names.put(LabelsSection.WAITING, topics.waiting());
        }
        if (topics.events() != null) {
            names.put(LabelsSection.EVENTS, topics.events());
        }
        return names;
    }

    static String ours(String suffix, String doc) {
        return doc + " If unset, it is `<application.id>-" + suffix + "`.";
    }

    static String name(@Nullable String given, String scope, String suffix) {
        return given == null ? scope + "-" + suffix : given;
    }
}
