package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.PrequentialSums;
import java.util.Locale;

/** What can be told of a model: how well it predicted, what it stands for, and its features with what they were like. */
final class ModelCard {
    private ModelCard() {}

    static void fill(ObjectNode card, ModelSpec spec, LearnerState state) {
        card.put("task", spec.label().task().name().toLowerCase(Locale.ROOT));
        card.put("parameters", spec.shape().parameters());
        card.put("interval", spec.predictive().interval());
        card.put("rejectedUpdates", state.rejected());
        card.put("memory", state.remembered());
        card.put("rivalWeight", state.rivalWeight());
        card.put("takeOvers", state.takeOvers());
        prequential(card.putObject("prequential"), spec.label().task(), PrequentialSums.of(state.counters()));
        features(card.putArray("features"), spec, state);
    }

    private static void prequential(ObjectNode json, Task task, PrequentialSums sums) {
        boolean classes = task == Task.BINARY || task == Task.MULTICLASS;
        json.put("events", sums.n());
        number(json, "rmse", classes ? Double.NaN : sums.rmse());
        number(json, "mae", classes ? Double.NaN : sums.mae());
        number(json, "nll", sums.nll());
        number(json, "coverage", classes ? Double.NaN : sums.coverage());
        number(json, "accuracy", classes ? sums.accuracy() : Double.NaN);
        number(json, "lastValueRmse", classes ? Double.NaN : Math.sqrt(sums.lastValueSquaredError() / sums.n()));
        number(json, "runningMeanRmse", classes ? Double.NaN : Math.sqrt(sums.runningMeanSquaredError() / sums.n()));
    }

    /** Mean and deviation are those of a numeric feature's only column. */
    private static void features(ArrayNode json, ModelSpec spec, LearnerState state) {
        RunningMoments moments = RunningMoments.of(state.standardisation());
        for (FeatureSpec feature : spec.features().specs()) {
            ObjectNode one = json.addObject();
            one.put("field", feature.field());
            one.put("kind", feature.kind().name().toLowerCase(Locale.ROOT));
            ArrayNode arguments = one.putArray("arguments");
            feature.arguments().forEach(arguments::add);
            one.put("nullable", feature.nullable());
            int column = feature.kind() == FeatureSpec.Kind.NUMERIC
                    ? spec.features().columns().indexOf(feature.field())
                    : -1;
            number(one, "mean", column < 0 ? Double.NaN : moments.mean(column));
            number(one, "deviation", column < 0 ? Double.NaN : moments.deviation(column));
        }
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
