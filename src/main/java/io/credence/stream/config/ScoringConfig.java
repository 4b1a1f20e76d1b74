package io.credence.stream.config;

import org.jspecify.annotations.Nullable;

/**
 * The scorer's micro-batches.
 *
 * @param batchSize most events that are scored together
 * @param lingerMs most milliseconds that an event waits for company; 0 scores each at once
 * @param maxModelAgeMs milliseconds since its publication after which a model is too old, or null for never
 * @param agePolicy what becomes of an event whose model is too old
 * @param sampleBytes most bytes of weight samples that a task keeps
 */
public record ScoringConfig(
        int batchSize, long lingerMs, @Nullable Long maxModelAgeMs, AgePolicy agePolicy, long sampleBytes) {
    /** Weight samples kept unless set: 256 MiB. */
    static final long USUAL_SAMPLE_BYTES = 256L << 20;

    /** Micro-batches whose models may be of any age. */
    public ScoringConfig(int batchSize, long lingerMs) {
        this(batchSize, lingerMs, null, AgePolicy.FLAG, USUAL_SAMPLE_BYTES);
    }
}
