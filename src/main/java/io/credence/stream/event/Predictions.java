package io.credence.stream.event;

import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Interval;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.ClassificationPrediction;
import io.credence.stream.avro.RegressionPrediction;
import io.credence.stream.wire.PortableSchema;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Predictions as Avro records, in the schema of their task. */
final class Predictions {
    private static final Schema REGRESSION = PortableSchema.of(RegressionPrediction.getClassSchema());
    private static final Schema INTERVAL =
            REGRESSION.getField("intervals").schema().getElementType();
    private static final Schema CLASSIFICATION = PortableSchema.of(ClassificationPrediction.getClassSchema());
    private static final Schema SET = CLASSIFICATION.getField("sets").schema().getElementType();

    /**
     * The end of an interval that nobody knows: before the first label a model does not know in which unit it predicts.
     * Finite, because not every reader can take infinity, and the difference of two such ends is finite as well.
     */
    private static final double UNKNOWN_END = Double.MAX_VALUE / 2;

    private Predictions() {}

    /** The schema of a task's predictions. */
    static Schema schema(Task task) {
        return switch (task) {
            case REGRESSION, COUNT -> REGRESSION;
            case BINARY, MULTICLASS -> CLASSIFICATION;
        };
    }

    /** The record of a prediction. */
    static GenericRecord record(
            LabelEncoder labels, Prediction prediction, ModelInfo model, boolean uncertain, boolean tooOld) {
        if (prediction instanceof RealPrediction p) {
            return model.events() == 0
                    ? unknown(
                            p,
                            Math.max(labels.min(), -UNKNOWN_END),
                            Math.min(labels.max(), UNKNOWN_END),
                            model,
                            uncertain,
                            tooOld)
                    : interval(p, p.lower(), p.upper(), model, uncertain, tooOld);
        }
        if (prediction instanceof CountPrediction p) {
            return model.events() == 0
                    ? unknown(p, 0, UNKNOWN_END, model, uncertain, tooOld)
                    : interval(p, p.lower(), p.upper(), model, uncertain, tooOld);
        }
        return classes(labels, (ClassPrediction) prediction, model, uncertain, tooOld);
    }

    private static GenericRecord interval(
            Prediction p, double lower, double upper, ModelInfo model, boolean uncertain, boolean tooOld) {
        return record(
                REGRESSION,
                p.mean(),
                p.variance(),
                p.epistemicVariance(),
                p.aleatoricVariance(),
                lower,
                upper,
                model.samples(),
                model.modelKey(),
                model.version().epoch(),
                model.version().step(),
                model.events(),
                model.warmingUp(),
                uncertain,
                tooOld,
                p.intervals().stream().map(Predictions::interval).toList(),
                p.flags().outOfRange(),
                p.flags().outOfRangeScore(),
                p.flags().outOfRangeFeatures());
    }

    /** The prior's prediction is in units of the standardised label, which say nothing about the label's own. */
    private static GenericRecord unknown(
            Prediction p, double lower, double upper, ModelInfo model, boolean uncertain, boolean tooOld) {
        GenericRecord record = interval(p, lower, upper, model, uncertain, tooOld);
        record.put("variance", Double.MAX_VALUE);
        record.put("epistemicVariance", Double.MAX_VALUE);
        record.put(
                "intervals",
                p.intervals().stream()
                        .map(i -> interval(new Interval(i.level(), lower, upper, lower, upper)))
                        .toList());
        return record;
    }

    private static GenericRecord interval(Interval i) {
        return record(INTERVAL, i.level(), i.lower(), i.upper(), i.rawLower(), i.rawUpper());
    }

    private static GenericRecord classes(
            LabelEncoder labels, ClassPrediction p, ModelInfo model, boolean uncertain, boolean tooOld) {
        int likeliest = p.likeliest();
        return record(
                CLASSIFICATION,
                labels.className(likeliest),
                likeliest,
                Arrays.stream(p.probabilities()).boxed().toList(),
                p.entropy(),
                p.mutualInformation(),
                p.mean(),
                p.variance(),
                p.epistemicVariance(),
                p.aleatoricVariance(),
                model.samples(),
                model.modelKey(),
                model.version().epoch(),
                model.version().step(),
                model.events(),
                model.warmingUp(),
                uncertain,
                tooOld,
                p.flags().outOfRange(),
                p.flags().outOfRangeScore(),
                p.flags().outOfRangeFeatures(),
                p.sets().stream().map(set -> set(labels, set)).toList());
    }

    private static GenericRecord set(LabelEncoder labels, ClassPrediction.Set set) {
        return record(
                SET, set.level(), set.classes().stream().map(labels::className).toList());
    }

    /** Fields by position, in the schema's order: looking up their names would cost more than writing them. */
    private static GenericRecord record(Schema schema, Object... fields) {
        GenericData.Record record = new GenericData.Record(schema);
        for (int i = 0; i < fields.length; i++) {
            record.put(i, fields[i]);
        }
        return record;
    }
}
