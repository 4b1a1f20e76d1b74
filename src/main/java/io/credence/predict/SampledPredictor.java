package io.credence.predict;

import io.credence.feature.FeatureVector;
import io.credence.feature.Observation;
import io.credence.feature.Standardizer;
import io.credence.network.Activation;
import io.credence.network.Likelihood;
import io.credence.network.ParameterLayout;
import io.credence.network.WeightPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/** Predicts with S weight samples that were drawn once and are shared by every event. */
public final class SampledPredictor implements Predictor {
    private static final int BLOCK = 256;

    private final ModelInfo info;
    private final Standardizer standardizer;
    private final float[][] weights;
    private final Correction correction;
    private final PredictionMaker maker;
    private final WeightPass pass;
    private final int inputs;
    private final int outputs;

    /**
     * @param info which posterior this is
     * @param layout of the parameters
     * @param activation of the hidden layers
     * @param standardizer frozen statistics of the features
     * @param weights the samples, [S][parameters]
     * @param correction of the network's moments
     * @param maker turns moments into predictions
     */
    public SampledPredictor(
            ModelInfo info,
            ParameterLayout layout,
            Activation activation,
            Standardizer standardizer,
            float[][] weights,
            Correction correction,
            PredictionMaker maker) {
        this.info = info;
        this.standardizer = standardizer;
        this.weights = weights;
        this.correction = correction;
        this.maker = maker;
        this.pass = new WeightPass(layout, activation, BLOCK);
        this.inputs = layout.inputs();
        this.outputs = layout.outputs();
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public List<Prediction> predict(List<FeatureVector> events) {
        return predict(events.size(), events::get, i -> Correction.ANYTIME);
    }

    @Override
    public List<Prediction> predictStream(List<Observation> events) {
        return predict(
                events.size(),
                i -> events.get(i).features(),
                i -> Math.max(Correction.ANYTIME + 1, events.get(i).timestamp()));
    }

    private List<Prediction> predict(int count, IntFunction<FeatureVector> features, IntToLongFunction time) {
        List<Prediction> predictions = new ArrayList<>(count);
        for (int from = 0; from < count; from += BLOCK) {
            block(from, Math.min(BLOCK, count - from), features, time, predictions);
        }
        return predictions;
    }

    private void block(
            int from,
            int n,
            IntFunction<FeatureVector> features,
            IntToLongFunction time,
            List<Prediction> predictions) {
        float[] x = new float[n * inputs];
        for (int i = 0; i < n; i++) {
            standardizer.apply(features.apply(from + i), x, i * inputs);
        }
        Likelihood likelihood = maker.likelihood();
        int stride = n * outputs;
        float[] f = new float[weights.length * stride];
        for (int s = 0; s < weights.length; s++) {
            System.arraycopy(pass.forward(n, x, weights[s]), 0, f, s * stride, stride);
        }
        for (int i = 0; i < n; i++) {
            Moments network = Moments.of(likelihood, f, i * outputs, stride, weights.length);
            float[] event = Arrays.copyOfRange(x, i * inputs, (i + 1) * inputs);
            predictions.add(maker.make(correction.apply(network, event, time.applyAsLong(from + i))));
        }
    }
}
