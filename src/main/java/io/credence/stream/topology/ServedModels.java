package io.credence.stream.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.SpokenPrediction;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The published models of this instance for whoever asks from outside the streams: which there are, and what they predict.
 *
 * <p>Reads the store that the scoring tasks read, with weight samples of its own. For several threads, one of which
 * predicts at a time.
 */
public final class ServedModels implements AutoCloseable {
    /** Models that are kept ready: each costs what its weight samples take. */
    private static final int READY = 4;

    private static final String FIRST = PosteriorChunks.key("", 0);

    private final CredenceConfig config;
    private final Supplier<ReadOnlyKeyValueStore<Bytes, byte[]>> store;
    private final CredenceSerde<PosteriorChunk> codec;
    private final PosteriorView view;
    private Map<Bytes, Listed> listed = Map.of();

    /** The bytes of a first part, by whose identity a newer one is recognised, and what they say. */
    private record Listed(byte[] bytes, @Nullable Published published) {}

    /**
     * What is published of a model.
     *
     * @param modelKey the model
     * @param version the newest
     * @param events labelled events learned
     * @param warmingUp whether too few of them for its uncertainty to be trusted
     * @param publishedAt wall clock of the learner
     */
    public record Published(
            String modelKey, ModelVersion version, long events, boolean warmingUp, Instant publishedAt) {}

    /**
     * @param store of the published models as it is now; throws while there is none
     */
    public ServedModels(CredenceConfig config, Supplier<ReadOnlyKeyValueStore<Bytes, byte[]>> store) {
        this.config = config;
        this.store = store;
        this.codec = CredenceSerde.of(PosteriorChunk.class, config.serde());
        long fit = config.scoring().sampleBytes() / Predictors.sampleBytes(config.model());
        this.view = new PosteriorView(key -> store.get().get(key), codec, config.model(), new SharedSamples(), (int)
                Math.max(1, Math.min(READY, fit)));
    }

    /** The newest version of each model, by model key. Only what is new since the last time is decoded. */
    public synchronized List<Published> list() {
        List<Published> models = new ArrayList<>();
        Map<Bytes, Listed> now = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.get().all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (new String(entry.key.get(), StandardCharsets.UTF_8).endsWith(FIRST)) {
                    Listed known = listed.get(entry.key);
                    if (known == null || known.bytes != entry.value) {
                        known = new Listed(entry.value, published(entry.value));
                    }
                    now.put(entry.key, known);
                    if (known.published != null) {
                        models.add(known.published);
                    }
                }
            }
        }
        listed = now;
        return models;
    }

    /** The newest version of a model; empty where none is published. */
    public synchronized Optional<Published> find(String modelKey) {
        return Optional.ofNullable(published(chunk(modelKey, 0)));
    }

    /** The whole of a model; empty where none is published, or a new version is just arriving. */
    public synchronized Optional<LearnerState> state(String modelKey) {
        return Optional.ofNullable(PosteriorChunks.assemble(i -> decoded(chunk(modelKey, i))));
    }

    /**
     * What the newest version says of events, as the scored topic would; the prior's word where none is published.
     *
     * @param times event times, milliseconds since the epoch, one for each event
     * @param now wall clock, milliseconds since the epoch
     * @param explain whether each is to say what it owes to the features
     */
    public synchronized List<ObjectNode> predict(
            String modelKey, List<FeatureVector> events, List<Long> times, long now, boolean explain) {
        List<Observation> asked = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            asked.add(new Observation(modelKey, "", times.get(i), events.get(i), Double.NaN));
        }
        Predictor predictor = view.latest(modelKey);
        Instant published = view.publishedAt(modelKey);
        Long limit = config.scoring().maxModelAgeMs();
        boolean tooOld = limit != null && published != null && now - published.toEpochMilli() > limit;
        List<ObjectNode> spoken = new ArrayList<>(events.size());
        for (Prediction prediction : predictor.predictStream(asked)) {
            boolean uncertain = config.alerts().uncertain(prediction, predictor.info());
            spoken.add(SpokenPrediction.of(config.model().label(), prediction, predictor.info(), uncertain, tooOld));
        }
        for (int i = 0; explain && i < asked.size(); i++) {
            spoken.get(i).set("attribution", SpokenPrediction.attribution(predictor.attribute(asked.get(i))));
        }
        return spoken;
    }

    @Override
    public void close() {
        codec.close();
    }

    private @Nullable Published published(byte @Nullable [] bytes) {
        PosteriorChunk first = decoded(bytes);
        return first == null
                ? null
                : new Published(
                        first.getModelKey(),
                        new ModelVersion(first.getEpoch(), first.getStep()),
                        first.getEvents(),
                        first.getEvents() < config.model().predictive().warmupEvents(),
                        first.getPublishedAt());
    }

    private byte @Nullable [] chunk(String modelKey, int index) {
        return store.get().get(Bytes.wrap(PosteriorChunks.key(modelKey, index).getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable PosteriorChunk decoded(byte @Nullable [] bytes) {
        return bytes == null ? null : codec.decode(bytes).<@Nullable PosteriorChunk>fold(chunk -> chunk, fault -> null);
    }
}
