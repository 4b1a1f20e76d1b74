package io.credence.stream.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.predict.Attribution;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import java.util.Collection;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;

/** Predictions as JSON: the fields that a scored record has, by the same names. */
public final class SpokenPrediction {
    private SpokenPrediction() {}

    /**
     * The object of a prediction: what the scored topic says.
     *
     * @param labels tell the names of the classes
     * @param uncertain whether it is
     * @param tooOld whether the model was published too long ago
     */
    public static ObjectNode of(
            LabelEncoder labels, Prediction prediction, ModelInfo model, boolean uncertain, boolean tooOld) {
        return object(Predictions.record(labels, prediction, model, uncertain, tooOld));
    }

    /** What a prediction owes to each feature, in the order of the features. */
    public static ObjectNode attribution(Attribution told) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("mean", told.mean())
                .put("variance", told.variance())
                .put("baseMean", told.baseMean())
                .put("baseVariance", told.baseVariance());
        ArrayNode parts = object.putArray("parts");
        told.parts().forEach(part -> parts.addObject()
                .put("feature", part.feature())
                .put("mean", part.mean())
                .put("variance", part.variance()));
        return object;
    }

    /** Any record of numbers, texts, records and lists of them as an object. */
    public static ObjectNode object(IndexedRecord record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof Collection<?> values) {
                ArrayNode array = object.putArray(field.name());
                values.forEach(item -> {
                    if (item instanceof IndexedRecord inner) {
                        array.add(object(inner));
                    } else {
                        array.addPOJO(item);
                    }
                });
            } else if (value instanceof IndexedRecord inner) {
                object.set(field.name(), object(inner));
            } else {
                object.putPOJO(field.name(), value);
            }
        }
        return object;
    }
}
