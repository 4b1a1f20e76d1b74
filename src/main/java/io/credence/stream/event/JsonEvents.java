package io.credence.stream.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Features of events that are JSON objects in the user's field names, encoded as those of records are. Immutable. */
public final class JsonEvents {
    private final FeatureEncoder features;

    /** @param features those of the model */
    public JsonEvents(FeatureEncoder features) {
        this.features = features;
    }

    /**
     * Encodes one event. Fields that are no feature are not looked at, as in a record.
     *
     * @param event its fields; those of a dotted path in objects within it. A feature of the past may be given by its
     *     name, such as {@code lag(label,1)}, and else counts as missing
     */
    public Outcome<FeatureVector> read(JsonNode event) {
        @Nullable Object[] values = new Object[features.specs().size()];
        for (int i = 0; i < values.length; i++) {
            FeatureSpec spec = features.specs().get(i);
            String field = spec.field();
            JsonNode found = spec.kind() == FeatureSpec.Kind.PAST ? event.get(field) : at(event, field);
            if (found != null && found.isContainerNode()) {
                return Outcome.reject(Reason.BAD_FEATURE, "feature '" + field + "' is no scalar");
            }
            values[i] = found == null ? null : scalar(found);
        }
        return features.encode(i -> values[i]);
    }

    /** The field that a rejection of {@link #read} is about; the text may hold its value too. Null if it is no feature's. */
    public @Nullable String field(Rejection rejection) {
        return features.specs().stream()
                .map(FeatureSpec::field)
                .filter(field -> rejection.detail().startsWith("feature '" + field + "'"))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable JsonNode at(JsonNode event, String path) {
        JsonNode at = event;
        for (String name : path.split("\\.", -1)) {
            at = at == null ? null : at.get(name);
        }
        return at;
    }

    private static @Nullable Object scalar(JsonNode value) {
        return value.isNumber()
                ? value.numberValue()
                : value.isBoolean() ? (Object) value.booleanValue() : value.isNull() ? null : value.asText();
    }
}
