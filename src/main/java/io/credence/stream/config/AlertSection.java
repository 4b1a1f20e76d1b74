package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.PredictiveSpec;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.jspecify.annotations.Nullable;

/**
 * When a prediction counts as uncertain, and when unusual events make an alert. Times are event times, milliseconds.
 *
 * @param std total predictive standard deviation above which it is, in the label's unit, or null to use the share
 * @param forMs how long events have to be unusual before an episode fires
 * @param forEvents how many events have to be
 * @param keepFiringMs how long after the last such event it goes on at least
 * @param keepFiringEvents how many usual events in a row end it
 * @param cooldownMs how long after its end no other fires
 * @param deviationMin least difference of label and expected value of a far label, in the label's unit
 * @param relativeDeviationMin the same as a share of the expected value
 * @param direction on which side of the expected value a far label may lie
 * @param silenceMs how long no event has to come before silence is an alert; −1 if that is learned, 0 for never
 */
public record AlertSection(
        @Nullable Double std,
        long forMs,
        long forEvents,
        long keepFiringMs,
        long keepFiringEvents,
        long cooldownMs,
        double deviationMin,
        double relativeDeviationMin,
        Direction direction,
        long silenceMs) {
    /** {@code credence.flag.share}. */
    public static final String SHARE = CredenceConfig.PREFIX + "flag.share";

    /** {@code credence.alarm.share}. */
    public static final String ALARM_SHARE = CredenceConfig.PREFIX + "alarm.share";

    /** {@code credence.alert.std}. */
    public static final String STD = CredenceConfig.PREFIX + "alert.std";

    /** {@code credence.alert.for.ms}. */
    public static final String FOR_MS = CredenceConfig.PREFIX + "alert.for.ms";

    /** {@code credence.alert.for.events}. */
    public static final String FOR_EVENTS = CredenceConfig.PREFIX + "alert.for.events";

    /** {@code credence.alert.keep.firing.ms}. */
    public static final String KEEP_MS = CredenceConfig.PREFIX + "alert.keep.firing.ms";

    /** {@code credence.alert.keep.firing.events}. */
    public static final String KEEP_EVENTS = CredenceConfig.PREFIX + "alert.keep.firing.events";

    /** {@code credence.alert.cooldown.ms}. */
    public static final String COOLDOWN = CredenceConfig.PREFIX + "alert.cooldown.ms";

    /** {@code credence.alert.deviation.min}. */
    public static final String DEVIATION = CredenceConfig.PREFIX + "alert.deviation.min";

    /** {@code credence.alert.deviation.relative.min}. */
    public static final String RELATIVE = CredenceConfig.PREFIX + "alert.deviation.relative.min";

    /** {@code credence.alert.direction}. */
    public static final String DIRECTION = CredenceConfig.PREFIX + "alert.direction";

    /** {@code credence.topic.feedback}. */
    public static final String FEEDBACK = CredenceConfig.PREFIX + "topic.feedback";

    /** {@code credence.alert.silence.ms}. */
    public static final String SILENCE = CredenceConfig.PREFIX + "alert.silence.ms";

    private static final long FIVE = 5;

    /** On which side of the expected value a label may surprise. */
    public enum Direction {
        /** Only a label that is higher. */
        ABOVE,
        /** Only a label that is lower. */
        BELOW,
        /** Either. */
        BOTH
    }

    /** Episodes by default rules. */
    public AlertSection(@Nullable Double std) {
        this(std, 0, 1, 0, FIVE, 0, 0, 0, Direction.BOTH, 0);
    }

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Flags and alerts")
                .add(
                        SHARE,
                        DOUBLE,
                        PredictiveSpec.defaults().flagShare(),
                        Allowed.within(0, PredictiveSpec.MOST_FLAGGED),
                        MEDIUM,
                        "The share of events that are flagged as uncertain: those about which the model has more to"
                                + " learn than about all others of the last 10,000 to 20,000, by the epistemic"
                                + " deviation, of counts that of their logarithm, of classes by the mutual"
                                + " information. It works with every task.")
                .add(
                        ALARM_SHARE,
                        DOUBLE,
                        PredictiveSpec.defaults().alarmShare(),
                        Allowed.within(0, PredictiveSpec.MOST_ALARMS),
                        MEDIUM,
                        "The share of events that may be alarms on a stream without anomalies: a sixth for labels"
                                + " that are far from what was predicted, two thirds for labels that have shifted, where"
                                + " one shift is many alarms, and a sixth for features that lie far out of what was seen."
                                + " Alarms that belong together are one episode.")
                .add(
                        STD,
                        DOUBLE,
                        null,
                        Allowed.from(0, false),
                        MEDIUM,
                        "The total predictive standard deviation, in the label's unit, above which an event"
                                + " is uncertain, and raises an alert by that alone. If unset, " + SHARE + " decides.")
                .add(
                        FOR_MS,
                        LONG,
                        0L,
                        Range.atLeast(0L),
                        MEDIUM,
                        "How long, in milliseconds of event time, events have to be unusual before an episode of them"
                                + " fires; a usual one lets it begin anew. 0 fires at once.")
                .add(
                        FOR_EVENTS,
                        LONG,
                        1L,
                        Range.atLeast(1L),
                        MEDIUM,
                        "The number of events that have to be unusual before an episode of them fires.")
                .add(
                        KEEP_MS,
                        LONG,
                        0L,
                        Range.atLeast(0L),
                        MEDIUM,
                        "How long, in milliseconds of event time, an episode goes on firing at least after the last"
                                + " unusual event.")
                .add(
                        KEEP_EVENTS,
                        LONG,
                        FIVE,
                        Range.atLeast(1L),
                        MEDIUM,
                        "The number of usual events, with no unusual one between, that end an episode. One of a stream"
                                + " that has stopped ends after four times the longest gap between events of late, five"
                                + " minutes at least.")
                .add(
                        COOLDOWN,
                        LONG,
                        0L,
                        Range.atLeast(0L),
                        MEDIUM,
                        "How long, in milliseconds of event time, no other episode fires after the end of one that"
                                + " fired. What is still unusual then fires.")
                .add(
                        DEVIATION,
                        DOUBLE,
                        0.0,
                        Allowed.from(0, true),
                        MEDIUM,
                        "The least difference of label and expected value, in the label's unit, of a label that raises an"
                                + " alert by being far. Labels that have shifted and repeated values are judged by that"
                                + " alone.")
                .add(
                        RELATIVE,
                        DOUBLE,
                        0.0,
                        Allowed.from(0, true),
                        MEDIUM,
                        "The least difference of label and expected value, as a share of the expected value, of a label"
                                + " that raises an alert by being far.")
                .add(
                        DIRECTION,
                        STRING,
                        EnumText.name(Direction.BOTH),
                        Allowed.oneOf(Direction.class),
                        MEDIUM,
                        "On which side of the expected value a label has to lie to raise an alert by being far: `above`,"
                                + " `below` or `both`.")
                .add(
                        SILENCE,
                        LONG,
                        0L,
                        Range.atLeast(-1L),
                        MEDIUM,
                        "How long, in milliseconds, no event of a model has to come before its silence is an alert; -1"
                                + " takes four times the longest gap between events of late, five minutes at least; 0"
                                + " makes silence no alert. After a start it takes five minutes at least, and longer than"
                                + " it takes another instance to take over a task it should be.")
                .add(
                        FEEDBACK,
                        STRING,
                        null,
                        Allowed.topic(),
                        MEDIUM,
                        "The topic of what is said of alerts: each record has the `id` of an episode or event and the"
                                + " `verdict` FALSE_ALARM or MISSED, as in the schema AlarmFeedback. It becomes a command"
                                + " in the training log that moves the thresholds of the model's alarms of that kind.")
                .end();
    }

    /** Whether a prediction is uncertain; none is while its model is warming up. */
    public boolean uncertain(Prediction prediction, ModelInfo model) {
        return std == null ? prediction.flags().uncertain() : !model.warmingUp() && !(prediction.deviation() <= std);
    }

    /**
     * Whether an event raises an alert when it is scored.
     *
     * @param uncertain whether the prediction is
     */
    public boolean raises(Prediction prediction, boolean uncertain) {
        return std != null && uncertain || prediction.flags().raises();
    }

    /**
     * Whether an event helps to end an alert when it is scored.
     *
     * @param uncertain whether the prediction is
     */
    public boolean clears(Prediction prediction, boolean uncertain) {
        return !(std != null && uncertain) && prediction.flags().clears();
    }

    static AlertSection alerts(AbstractConfig config) {
        return new AlertSection(
                config.getDouble(STD),
                config.getLong(FOR_MS),
                config.getLong(FOR_EVENTS),
                config.getLong(KEEP_MS),
                config.getLong(KEEP_EVENTS),
                config.getLong(COOLDOWN),
                config.getDouble(DEVIATION),
                config.getDouble(RELATIVE),
                EnumText.of(Direction.class, config.getString(DIRECTION)),
                config.getLong(SILENCE));
    }

    static void apply(AbstractConfig config, ModelSpecBuilder model) {
        model.flagShare(config.getDouble(SHARE)).alarmShare(config.getDouble(ALARM_SHARE));
    }
}
