package io.credence.event;

import io.credence.avro.ClassificationPrediction;
import io.credence.avro.RegressionPrediction;
import io.credence.feature.LabelEncoder;
import io.credence.feature.Task;
import io.credence.predict.ClassPrediction;
import io.credence.predict.CountPrediction;
import io.credence.predict.ModelInfo;
import io.credence.predict.Prediction;
import io.credence.predict.RealPrediction;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Predictions as Avro records, in the schema of their task. */
final class Predictions {
    private static final Schema REGRESSION = PortableSchema.of(RegressionPrediction.getClassSchema());
    private static final Schema CLASSIFICATION = PortableSchema.of(ClassificationPrediction.getClassSchema());

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
        GenericData.Record record = record(labels, prediction, model, uncertain);
        record.put("modelTooOld", tooOld);
        return record;
    }

    private static GenericData.Record record(
            LabelEncoder labels, Prediction prediction, ModelInfo model, boolean uncertain) {
        if (prediction instanceof RealPrediction p) {
            return common(interval(p.lower(), p.upper()), p, model, uncertain);
        }
        if (prediction instanceof CountPrediction p) {
            return common(interval(p.lower(), p.upper()), p, model, uncertain);
        }
        ClassPrediction p = (ClassPrediction) prediction;
        return common(classes(labels, p), p, model, uncertain);
    }

    private static GenericData.Record interval(double lower, double upper) {
        GenericData.Record record = new GenericData.Record(REGRESSION);
        record.put("lower", lower);
        record.put("upper", upper);
        return record;
    }

    private static GenericData.Record classes(LabelEncoder labels, ClassPrediction p) {
        int likeliest = 0;
        for (int i = 1; i < p.probabilities().length; i++) {
            likeliest = p.probabilities()[i] > p.probabilities()[likeliest] ? i : likeliest;
        }
        GenericData.Record record = new GenericData.Record(CLASSIFICATION);
        record.put("predictedClass", labels.className(likeliest));
        record.put("predictedIndex", likeliest);
        record.put("probabilities", Arrays.stream(p.probabilities()).boxed().toList());
        record.put("entropy", p.entropy());
        record.put("mutualInformation", p.mutualInformation());
        return record;
    }

    private static GenericData.Record common(GenericData.Record to, Prediction p, ModelInfo model, boolean uncertain) {
        to.put("mean", p.mean());
        to.put("variance", p.variance());
        to.put("epistemicVariance", p.epistemicVariance());
        to.put("aleatoricVariance", p.aleatoricVariance());
        to.put("samples", model.samples());
        to.put("modelKey", model.modelKey());
        to.put("modelEpoch", model.epoch());
        to.put("modelStep", model.step());
        to.put("eventsSeen", model.events());
        to.put("warmingUp", model.warmingUp());
        to.put("uncertain", uncertain);
        return to;
    }
}
