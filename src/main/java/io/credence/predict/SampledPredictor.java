package io.credence.predict;

import io.credence.feature.FeatureVector;
import io.credence.feature.Standardizer;
import io.credence.network.Activation;
import io.credence.network.Likelihood;
import io.credence.network.ParameterLayout;
import io.credence.network.WeightPass;
import java.util.ArrayList;
import java.util.List;

/** Predicts with S weight samples that were drawn once and are shared by every event. */
public final class SampledPredictor implements Predictor {
    private static final int BLOCK = 256;

    private final ModelInfo info;
    private final Standardizer standardizer;
    private final float[][] weights;
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
     * @param maker turns moments into predictions
     */
    public SampledPredictor(
            ModelInfo info,
            ParameterLayout layout,
            Activation activation,
            Standardizer standardizer,
            float[][] weights,
            PredictionMaker maker) {
        this.info = info;
        this.standardizer = standardizer;
        this.weights = weights;
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
        List<Prediction> predictions = new ArrayList<>(events.size());
        for (int from = 0; from < events.size(); from += BLOCK) {
            block(events.subList(from, Math.min(events.size(), from + BLOCK)), predictions);
        }
        return predictions;
    }

    private void block(List<FeatureVector> events, List<Prediction> predictions) {
        int n = events.size();
        float[] x = new float[n * inputs];
        for (int i = 0; i < n; i++) {
            standardizer.apply(events.get(i), x, i * inputs);
        }
        Likelihood likelihood = maker.likelihood();
        int stride = n * outputs;
        float[] f = new float[weights.length * stride];
        for (int s = 0; s < weights.length; s++) {
            System.arraycopy(pass.forward(n, x, weights[s]), 0, f, s * stride, stride);
        }
        for (int i = 0; i < n; i++) {
            predictions.add(maker.make(Moments.of(likelihood, f, i * outputs, stride, weights.length)));
        }
    }
}
