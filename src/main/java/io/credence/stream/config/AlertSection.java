package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * When a prediction counts as uncertain.
 *
 * @param std total predictive standard deviation above which it is, in the label's unit, or null to use the ratio
 * @param ratio multiple of the running median of the total predictive deviation above which it is
 */
public record AlertSection(@Nullable Double std, double ratio) {
    /** {@code credence.alert.std}. */
    public static final String STD = CredenceConfig.PREFIX + "alert.std";

    /** {@code credence.alert.ratio}. */
    public static final String RATIO = CredenceConfig.PREFIX + "alert.ratio";

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Alerts")
                .add(
                        STD,
                        DOUBLE,
                        null,
                        Allowed.from(0, false),
                        MEDIUM,
                        "The total predictive standard deviation, in the label's unit, above which an event"
                                + " is uncertain. If unset, " + RATIO + " decides.")
                .add(
                        RATIO,
                        DOUBLE,
                        3.0,
                        Allowed.from(1, true),
                        MEDIUM,
                        "An event is uncertain if its total predictive standard deviation is above this"
                                + " multiple of the running median. It has no effect when " + STD + " is set.")
                .end();
    }

    static AlertSection alerts(AbstractConfig config) {
        return new AlertSection(config.getDouble(STD), config.getDouble(RATIO));
    }
}
