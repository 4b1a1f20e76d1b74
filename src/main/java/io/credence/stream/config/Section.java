package io.credence.stream.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** One heading of the reference: adds its keys, in order, to the definition. */
final class Section {
    /** The default of a key that must be given. */
    static final Object REQUIRED = ConfigDef.NO_DEFAULT_VALUE;

    private final ConfigDef definition;
    private final String heading;
    private int order;

    Section(ConfigDef definition, String heading) {
        this.definition = definition;
        this.heading = heading;
    }

    /**
     * @param key the full key
     * @param otherwise the default: a value, {@link #REQUIRED}, or null for a key that may stay unset
     * @param valid the allowed values, or null for any of the type; must let an unset value pass
     * @param doc one or two sentences, with the unit
     */
    Section add(
            String key,
            Type type,
            @Nullable Object otherwise,
            @Nullable Validator valid,
            Importance importance,
            String doc) {
        order++;
        definition.define(key, type, otherwise, valid, importance, doc, heading, order, Width.MEDIUM, key);
        return this;
    }

    /** A key that names a topic and may stay unset. */
    Section topic(String key, Importance importance, String doc) {
        return add(key, Type.STRING, null, Allowed.topic(), importance, doc);
    }

    ConfigDef end() {
        return definition;
    }
}
