package io.credence.predict;

import io.credence.feature.FeatureVector;
import io.credence.feature.Observation;
import io.credence.feature.Standardizer;
import io.credence.linalg.SampleStack;
import io.credence.network.Activation;
import io.credence.network.ParameterLayout;
import io.credence.network.WeightPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Predicts with S weight samples that were drawn once and are shared by every event. */
public final class SampledPredictor implements Predictor {
    /*
     * Small micro-batches pass through the samples one by one on Java arrays; from BULK events on, all samples pass at
     * once on ND4J arrays, whose operations cost tens of microseconds of dispatch each but nothing for each event.
     */
    private static final int BULK = 128;
    private static final int BLOCK = 256;

    private final ModelInfo info;
    private final ParameterLayout layout;
    private final Activation activation;
    private final Standardizer standardizer;
    private final float[][] weights;
    private final Correction correction;
    private final PredictionMaker maker;
    private final FarField farField;
    private final WeightPass pass;
    private @Nullable SampleStack stack;

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
        this.layout = layout;
        this.activation = activation;
        this.standardizer = standardizer;
        this.weights = weights;
        this.correction = correction;
        this.maker = maker;
        this.farField = new FarField(weights.length);
        this.pass = new WeightPass(layout, activation, BULK);
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
        int width = layout.inputs();
        float[] x = new float[n * width];
        for (int i = 0; i < n; i++) {
            standardizer.apply(features.apply(from + i), x, i * width);
        }
        float[] f = outputs(n, x);
        int outputs = layout.outputs();
        for (int i = 0; i < n; i++) {
            int at = i * weights.length * outputs;
            farField.add(x, i * width, width, f, at, outputs);
            Moments network = Moments.of(maker.likelihood(), f, at, outputs, weights.length);
            float[] event = Arrays.copyOfRange(x, i * width, (i + 1) * width);
            predictions.add(maker.make(correction.apply(network, event, time.applyAsLong(from + i))));
        }
    }

    /** Outputs of every sample: those of event i and sample s from {@code (i·S + s)·outputs}. */
    private float[] outputs(int n, float[] x) {
        int samples = weights.length;
        int outputs = layout.outputs();
        float[] f = new float[n * samples * outputs];
        if (n >= BULK) {
            stack().forward(n, x, f);
            return f;
        }
        for (int s = 0; s < samples; s++) {
            float[] one = pass.forward(n, x, weights[s]);
            for (int i = 0; i < n; i++) {
                System.arraycopy(one, i * outputs, f, (i * samples + s) * outputs, outputs);
            }
        }
        return f;
    }

    private SampleStack stack() {
        if (stack == null) {
            List<SampleStack.Dense> dense = layout.layers().stream()
                    .map(l -> new SampleStack.Dense(l.fanIn(), l.fanOut(), l.weights(), l.biases()))
                    .toList();
            stack = new SampleStack(dense, activation.onArrays(), weights, BLOCK);
        }
        return stack;
    }
}
