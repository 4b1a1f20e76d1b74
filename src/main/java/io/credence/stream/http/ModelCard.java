package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.PrequentialSums;
import io.credence.bayes.network.ParameterLayout;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
        layers(card.putArray("layers"), spec, state);
        features(card.putArray("features"), spec, state);
    }

    /** Weights whose mean is less than a deviation from zero may as well have the other sign: there the prior rules. */
    private static void layers(ArrayNode json, ModelSpec spec, LearnerState state) {
        List<Layer> layers = layout(spec).layers();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double[] ratios = IntStream.range(layer.weights(), layer.biases())
                    .mapToDouble(w -> Math.abs(state.mu()[w]) / Math.log1p(Math.exp(state.rho()[w])))
                    .sorted()
                    .toArray();
            ObjectNode one = json.addObject();
            one.put("name", i == layers.size() - 1 ? "output" : "hidden " + (i + 1));
            one.put("weights", ratios.length);
            number(one, "median", ratios[ratios.length / 2]);
            number(one, "open", Arrays.stream(ratios).filter(ratio -> ratio < 1).count() / (double) ratios.length);
        }
    }

    private static ParameterLayout layout(ModelSpec spec) {
        int inputs = spec.features().width();
        int left = spec.shape().parameters();
        for (int units : spec.network().hidden()) {
            left -= (inputs + 1) * units;
            inputs = units;
        }
        return new ParameterLayout(spec.features().width(), spec.network().hidden(), left / (inputs + 1));
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

    /** Mean and deviation are those of the only column of a feature that is numeric or of the past. */
    private static void features(ArrayNode json, ModelSpec spec, LearnerState state) {
        RunningMoments moments = RunningMoments.of(state.standardisation());
        for (FeatureSpec feature : spec.features().specs()) {
            ObjectNode one = json.addObject();
            one.put("field", feature.field());
            one.put("kind", feature.kind().name().toLowerCase(Locale.ROOT));
            ArrayNode arguments = one.putArray("arguments");
            feature.arguments().forEach(arguments::add);
            one.put("nullable", feature.nullable());
            int column = feature.kind().number() ? spec.features().columns().indexOf(feature.field()) : -1;
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
