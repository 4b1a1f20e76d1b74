package io.credence.tool.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Mean and band of a model as each feature runs over its range, while the others stay in the middle of theirs. */
final class FeatureCurves {
    private static final int STEPS = 25;
    private static final double DEVIATIONS = 3;
    private static final int MOST = 40;

    private final ModelSpec spec;
    private final RunningMoments moments;
    private final long time;
    private final Predictor predictor;

    private FeatureCurves(ModelSpec spec, LearnerState state, long time) {
        this.spec = spec;
        this.moments = RunningMoments.of(state.standardisation());
        this.time = time;
        this.predictor = Predictors.of(spec, state);
    }

    /**
     * The curves.
     *
     * @param time of the events, milliseconds since the epoch
     * @return for each feature its field and rows of value, mean, lower and upper; features without a range have none
     */
    static ArrayNode of(ModelSpec spec, LearnerState state, long time) {
        FeatureCurves curves = new FeatureCurves(spec, state, time);
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < spec.features().specs().size(); i++) {
            ArrayNode rows = curves.rows(i);
            if (!rows.isEmpty()) {
                all.addObject()
                        .put("field", spec.features().specs().get(i).field())
                        .set("rows", rows);
            }
        }
        return all;
    }

    private ArrayNode rows(int feature) {
        List<FeatureSpec> specs = spec.features().specs();
        List<Object> values = range(specs.get(feature));
        List<FeatureVector> events = new ArrayList<>();
        for (Object value : values) {
            spec.features()
                    .encode(i -> i == feature ? value : middle(specs.get(i)))
                    .take(events::add, bad -> {});
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        if (events.isEmpty() || events.size() < values.size()) {
            return rows;
        }
        List<Prediction> told = predictor.predict(events);
        for (int i = 0; i < told.size(); i++) {
            ArrayNode row = rows.addArray().addPOJO(values.get(i));
            Highlights.number(row, told.get(i).mean());
            Highlights.number(row, told.get(i).lower());
            Highlights.number(row, told.get(i).upper());
        }
        return rows;
    }

    /** What the feature runs over; nothing where there is no order and no list. */
    private List<Object> range(FeatureSpec feature) {
        return switch (feature.kind()) {
            case NUMERIC, PAST -> steps(mean(feature) - DEVIATIONS * spread(feature), 2 * DEVIATIONS * spread(feature));
            case CYCLIC -> steps(0, period(feature));
            case BOOLEAN -> List.of(false, true);
            case ONEHOT ->
                feature.arguments().stream()
                        .limit(MOST)
                        .map(name -> (Object) name)
                        .toList();
            case HASH, TIME -> List.of();
        };
    }

    private static List<Object> steps(double from, double length) {
        return IntStream.range(0, STEPS)
                .mapToObj(i -> (Object) (from + length * i / (STEPS - 1)))
                .toList();
    }

    private Object middle(FeatureSpec feature) {
        return switch (feature.kind()) {
            case NUMERIC, PAST -> mean(feature);
            case CYCLIC -> period(feature) / 2;
            case BOOLEAN -> false;
            case ONEHOT -> feature.arguments().get(0);
            case HASH -> "a";
            case TIME -> Instant.ofEpochMilli(time).toString();
        };
    }

    private static double period(FeatureSpec feature) {
        return Double.parseDouble(feature.arguments().get(0));
    }

    private double mean(FeatureSpec feature) {
        return moments.mean(spec.features().columns().indexOf(feature.field()));
    }

    private double spread(FeatureSpec feature) {
        double deviation = moments.deviation(spec.features().columns().indexOf(feature.field()));
        return deviation > 0 ? deviation : 1;
    }
}
