package io.credence.bayes.predict;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Standardizer;
import io.credence.bayes.network.SampledNetworks;
import io.credence.bayes.network.SampledPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/** Predicts with S weight samples that were drawn once and are shared by every event. */
public final class SampledPredictor implements Predictor {
    private static final int BLOCK = 256;

    private final ModelInfo info;
    private final int width;
    private final Standardizer standardizer;
    private final SampledNetworks networks;
    private final Correction correction;
    private final PredictionMaker maker;
    private final FarField farField;

    /**
     * @param info which posterior this is
     * @param width of the input
     * @param standardizer frozen statistics of the features
     * @param networks the samples
     * @param correction of the network's moments
     * @param maker turns moments into predictions
     */
    public SampledPredictor(
            ModelInfo info,
            int width,
            Standardizer standardizer,
            SampledNetworks networks,
            Correction correction,
            PredictionMaker maker) {
        this.info = info;
        this.width = width;
        this.standardizer = standardizer;
        this.networks = networks;
        this.correction = correction;
        this.maker = maker;
        this.farField = new FarField(networks.samples());
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

    private FeatureVector fitting(FeatureVector event) {
        if (event.width() != width) {
            throw new IllegalArgumentException(
                    "an event has " + event.width() + " columns, and model '" + info.modelKey() + "' was made for "
                            + width + ": encode events with the encoder of its ModelSpec");
        }
        return event;
    }

    private void block(
            int from,
            int n,
            IntFunction<FeatureVector> features,
            IntToLongFunction time,
            List<Prediction> predictions) {
        int samples = networks.samples();
        int outputs = maker.likelihood().outputs();
        float[] x = new float[n * width];
        for (int i = 0; i < n; i++) {
            standardizer.apply(fitting(features.apply(from + i)), x, i * width);
        }
        float[] f = new float[n * samples * outputs];
        SampledPass.of(networks).forward(networks, n, x, f);
        for (int i = 0; i < n; i++) {
            int at = i * samples * outputs;
            farField.add(x, i * width, width, maker.likelihood(), f, at, outputs);
            Moments network = Moments.of(maker.likelihood(), f, at, outputs, samples);
            float[] event = Arrays.copyOfRange(x, i * width, (i + 1) * width);
            predictions.add(maker.make(correction.apply(network, event, time.applyAsLong(from + i))));
        }
    }
}
