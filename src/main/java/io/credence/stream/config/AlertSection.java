package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;

import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.PredictiveSpec;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * When a prediction counts as uncertain.
 *
 * @param std total predictive standard deviation above which it is, in the label's unit, or null to use the share
 */
public record AlertSection(@Nullable Double std) {
    /** {@code credence.flag.share}. */
    public static final String SHARE = CredenceConfig.PREFIX + "flag.share";

    /** {@code credence.alarm.share}. */
    public static final String ALARM_SHARE = CredenceConfig.PREFIX + "alarm.share";

    /** {@code credence.alert.std}. */
    public static final String STD = CredenceConfig.PREFIX + "alert.std";

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
                                + " is uncertain. If unset, " + SHARE + " decides.")
                .end();
    }

    /** Whether a prediction is uncertain; none is while its model is warming up. */
    public boolean uncertain(Prediction prediction, ModelInfo model) {
        return std == null ? prediction.flags().uncertain() : !model.warmingUp() && !(prediction.deviation() <= std);
    }

    static AlertSection alerts(AbstractConfig config) {
        return new AlertSection(config.getDouble(STD));
    }

    static void apply(AbstractConfig config, ModelSpecBuilder model) {
        model.flagShare(config.getDouble(SHARE)).alarmShare(config.getDouble(ALARM_SHARE));
    }
}
