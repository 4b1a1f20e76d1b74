package io.credence.bayes.predict;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Standardizer;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.SampledNetworks;
import io.credence.bayes.network.SampledPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Predicts with weight samples that were drawn once and are shared by every event. */
public final class SampledPredictor implements Predictor {
    private static final int BLOCK = 256;
    private static final Moments[] NONE = {};

    /**
     * One network of the mixture that predicts.
     *
     * @param networks its samples, S
     * @param likelihood with its noise
     * @param weight in the mixture; the weights of all sum to 1
     * @param shift of a real target, added to every output
     * @param known what is to be learned by its posterior
     */
    public record Voice(
            SampledNetworks networks, Likelihood likelihood, double weight, double shift, Knowledge known) {}

    private final ModelInfo info;
    private final int width;
    private final Standardizer standardizer;
    private final List<Voice> voices;
    private final Correction correction;
    private final PredictionMaker maker;
    private final Flagging flagging;
    private final double[] classRates;
    private final FarField farField;

    /**
     * @param info which posterior this is
     * @param width of the input
     * @param standardizer frozen statistics of the features
     * @param voices one network, or two whose moments are mixed
     * @param correction of the network's moments
     * @param maker turns moments into predictions
     * @param flagging puts flags on them
     * @param classRates how frequent each class is; empty if there are none
     */
    public SampledPredictor(
            ModelInfo info,
            int width,
            Standardizer standardizer,
            List<Voice> voices,
            Correction correction,
            PredictionMaker maker,
            Flagging flagging,
            double[] classRates) {
        this.info = info;
        this.width = width;
        this.standardizer = standardizer;
        this.voices = List.copyOf(voices);
        this.correction = correction;
        this.maker = maker;
        this.flagging = flagging;
        this.classRates = classRates;
        this.farField = new FarField(
                voices.get(0).known().ignorance().ridge(),
                voices.get(0).networks().samples());
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
                i -> streamed(events.get(i).timestamp()));
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
        float[] x = new float[n * width];
        for (int i = 0; i < n; i++) {
            standardizer.apply(fitting(features.apply(from + i)), x, i * width);
        }
        double[] variance = new double[n];
        double[] unknown = voices.get(0).known().ignorance().of(n, x, variance);
        List<Prediction> made = standardised(n, x, variance, i -> time.applyAsLong(from + i));
        for (int i = 0; i < n; i++) {
            float[] event = Arrays.copyOfRange(x, i * width, (i + 1) * width);
            predictions.add(flagging.flag(made.get(i), features.apply(from + i), event, unknown[i]));
        }
    }

    /** Predictions of standardised features, n × width, without flags; the variance is that of the champion's posterior. */
    private List<Prediction> standardised(int n, float[] x, double[] variance, IntToLongFunction time) {
        Moments[] network = moments(voices.get(0), n, x);
        Moments[] other = voices.size() == 2 ? moments(voices.get(1), n, x) : NONE;
        boolean both = voices.size() == 2 && voices.get(1).known().both();
        double[] others = both ? voices.get(1).known().variance(n, x) : variance;
        for (int i = 0; i < n; i++) {
            Moments rival = other.length == 0 ? null : other[i];
            network[i] = voices.get(0)
                    .known()
                    .mixed(network[i], rival, voices.get(voices.size() - 1).weight(), variance[i], others[i]);
        }
        List<Prediction> made = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            float[] event = Arrays.copyOfRange(x, i * width, (i + 1) * width);
            Moments corrected = correction.apply(network[i], event, time.applyAsLong(i));
            made.add(maker.make(farField.towards(corrected, event, classRates)));
        }
        return made;
    }

    @Override
    public Attribution attribute(Observation event) {
        float[] to = new float[width];
        standardizer.apply(fitting(event.features()), to, 0);
        float[] from = new float[width];
        double[] missing = new double[width];
        Arrays.fill(missing, Double.NaN);
        standardizer.apply(new FeatureVector(missing), from, 0);
        List<String> fields = IntStream.range(0, width)
                .mapToObj(flagging.features()::featureOf)
                .toList();
        long time = streamed(event.timestamp());
        return new PathAttribution(from, to, fields).over((n, x) -> blocks(n, x, time));
    }

    private List<Prediction> blocks(int n, float[] x, long time) {
        List<Prediction> made = new ArrayList<>(n);
        for (int from = 0; from < n; from += BLOCK) {
            int count = Math.min(BLOCK, n - from);
            float[] rows = Arrays.copyOfRange(x, from * width, (from + count) * width);
            made.addAll(standardised(count, rows, voices.get(0).known().variance(count, rows), i -> time));
        }
        return made;
    }

    /** An event time, which is never the one that means none. */
    private static long streamed(long time) {
        return Math.max(Correction.ANYTIME + 1, time);
    }

    private Moments[] moments(Voice voice, int n, float[] x) {
        int samples = voice.networks().samples();
        int outputs = voice.likelihood().outputs();
        float[] f = new float[n * samples * outputs];
        SampledPass.of(voice.networks()).forward(voice.networks(), n, x, f);
        Moments[] moments = new Moments[n];
        for (int i = 0; i < n; i++) {
            int at = i * samples * outputs;
            farField.add(x, i * width, width, voice.likelihood(), f, at, outputs);
            moments[i] = Moments.of(voice.likelihood(), f, at, outputs, samples).shifted(voice.shift());
        }
        return moments;
    }
}
