package io.credence.stream.topology;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The published models as one scoring task sees them: the latest complete version of each, ready to predict.
 *
 * <p>The global thread overwrites the chunks of a model one by one. A look at the first chunk tells whether a new
 * version has begun; it is taken over once all of its chunks agree, and until then the last complete one stays.
 */
final class PosteriorView {
    private static final Logger LOG = LoggerFactory.getLogger(PosteriorView.class);

    private final Function<Bytes, byte[]> store;
    private final CredenceSerde<PosteriorChunk> codec;
    private final ModelSpec spec;
    private final SharedSamples samples;
    private final LeastRecent<Held> held;

    /**
     * @param store the value of a key, or null
     * @param samples of this instance
     * @param most models that are kept ready
     */
    PosteriorView(
            Function<Bytes, byte[]> store,
            CredenceSerde<PosteriorChunk> codec,
            ModelSpec spec,
            SharedSamples samples,
            int most) {
        this.held = new LeastRecent<>(most, gone -> {});
        this.store = store;
        this.samples = samples;
        this.codec = codec;
        this.spec = spec;
    }

    /** The predictor of the latest complete version; of the prior before there is one. */
    Predictor latest(String modelKey) {
        Held known = held.get(modelKey);
        byte[] first = chunk(modelKey, 0);
        if (known == null || !known.isOf(first)) {
            known = refreshed(modelKey, first, known);
            held.put(modelKey, known);
        }
        return known.predictor;
    }

    /** When the version that {@link #latest} last gave was published; null for the prior. */
    @Nullable
    Instant publishedAt(String modelKey) {
        Held known = held.get(modelKey);
        return known == null ? null : known.publishedAt;
    }

    /** The labels that the learner of the {@link #latest} version had taken; none of the prior. */
    SourceOffsets learned(String modelKey) {
        latest(modelKey);
        Held known = held.get(modelKey);
        return known == null ? SourceOffsets.NONE : known.learned;
    }

    /** Looks at the first chunk once: another read of it may be of the next version already. */
    private Held refreshed(String modelKey, byte @Nullable [] first, @Nullable Held known) {
        PosteriorChunk head = decoded(first);
        LearnerState state = PosteriorChunks.assemble(i -> i == 0 ? head : decoded(chunk(modelKey, i)));
        if (first != null && head != null && state != null && state.modelKey().equals(modelKey)) {
            try {
                return new Held(
                        first,
                        Predictors.of(spec, state, draw -> () -> samples.of(modelKey, first, draw)),
                        head.getPublishedAt(),
                        SourceOffsets.of(head.getLearnedUpTo()));
            } catch (IllegalArgumentException e) {
                LOG.warn("Model '{}' on the posteriors topic is ignored: {}", modelKey, e.getMessage());
                return keep(modelKey, known, first);
            }
        }
        return keep(modelKey, known, first == null ? null : NOT_YET);
    }

    private Held keep(String modelKey, @Nullable Held known, byte @Nullable [] first) {
        return known == null
                ? new Held(first, Predictors.prior(spec, modelKey), null, SourceOffsets.NONE)
                : new Held(first, known.predictor, known.publishedAt, known.learned);
    }

    private @Nullable PosteriorChunk decoded(byte @Nullable [] bytes) {
        return bytes == null ? null : codec.decode(bytes).<@Nullable PosteriorChunk>fold(chunk -> chunk, fault -> null);
    }

    private byte @Nullable [] chunk(String modelKey, int index) {
        return store.apply(Bytes.wrap(PosteriorChunks.key(modelKey, index).getBytes(StandardCharsets.UTF_8)));
    }

    private static final byte[] NOT_YET = {};

    /** A predictor, the first chunk that it was made from, by which it is recognised, and what that says besides. */
    private record Held(
            byte @Nullable [] first,
            Predictor predictor,
            @Nullable Instant publishedAt,
            SourceOffsets learned) {
        boolean isOf(byte @Nullable [] current) {
            return current == first || Arrays.equals(current, first);
        }
    }
}
