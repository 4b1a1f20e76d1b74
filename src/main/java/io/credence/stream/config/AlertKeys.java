package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The keys that say when a prediction counts as uncertain. */
final class AlertKeys {
    static final String STD = CredenceConfig.PREFIX + "alert.std";
    static final String RATIO = CredenceConfig.PREFIX + "alert.ratio";

    private AlertKeys() {}

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Alerts")
                .add(
                        STD,
                        DOUBLE,
                        null,
                        Allowed.from(0, false),
                        MEDIUM,
                        "Total predictive standard deviation, in the label's unit, above which an event is uncertain."
                                + " Unset: " + RATIO + " decides.")
                .add(
                        RATIO,
                        DOUBLE,
                        3.0,
                        Allowed.from(1, true),
                        MEDIUM,
                        "An event is uncertain if its total predictive standard deviation is above this multiple of the"
                                + " running median. Not used when " + STD + " is set.")
                .end();
    }

    static AlertConfig alerts(AbstractConfig config) {
        return new AlertConfig(config.getDouble(STD), config.getDouble(RATIO));
    }
}
