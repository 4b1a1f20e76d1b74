package io.credence.stream.topology;

import io.credence.bayes.inference.Change;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Step;
import io.credence.bayes.predict.ModelInfo;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.StreamChange;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Reports;
import io.credence.stream.event.StreamChanges;
import io.credence.stream.state.LearnerMarks;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.state.StateDigest;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a model: its chunks on the posteriors topic, one metrics record and the same in JMX. */
final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final CredenceConfig config;
    private final Names names;
    private final ProcessorContext<byte[], byte[]> context;
    private final CredenceSerde<PosteriorChunk> chunks;
    private final CredenceSerde<TrainingMetrics> metrics;
    private final CredenceSerde<StreamChange> changes;
    private final JmxGauges gauges;

    Publisher(CredenceConfig config, TaskSerdes serdes, ProcessorContext<byte[], byte[]> context) {
        this.config = config;
        this.names = Names.of(config);
        this.context = context;
        this.chunks = serdes.own(PosteriorChunk.class);
        this.metrics = serdes.own(TrainingMetrics.class);
        this.changes = serdes.own(StreamChange.class);
        this.gauges = new JmxGauges(
                context.metrics(),
                context.taskId().toString(),
                config.prefix(),
                config.publishing().liveModels());
    }

    /**
     * Publishes a model if its version differs from the last one that was published; its metrics also where events were
     * consumed without a step, since all updates were refused.
     *
     * @param now wall-clock time, milliseconds since the epoch
     */
    void publish(DurableModel live, long now) {
        var learner = live.learner();
        LearnerMarks marks = live.store().marks();
        boolean moved = !learner.version().equals(marks.version());
        if (moved || live.store().logged() != marks.logged()) {
            live.rest();
            LearnerState state = learner.state();
            if (moved) {
                forwardChunks(state, live.learned(), now);
            }
            forwardMetrics(live, state, now);
            if (LOG.isDebugEnabled()) {
                LOG.debug(
                        "Published model '{}' at version {} after {} events, digest {}",
                        state.modelKey(),
                        state.version(),
                        state.events(),
                        StateDigest.of(state));
            }
        }
        live.store().mark(new LearnerMarks(learner.version(), live.store().logged()));
    }

    private void forwardChunks(LearnerState state, SourceOffsets learned, long now) {
        for (PosteriorChunk chunk :
                PosteriorChunks.split(state, config.publishing().chunkBytes(), Instant.ofEpochMilli(now), learned)) {
            byte[] key = PosteriorChunks.key(state.modelKey(), chunk.getIndex()).getBytes(StandardCharsets.UTF_8);
            byte[] value = chunks.serializer().serialize(config.topics().posteriors(), chunk);
            context.forward(new Record<>(key, value, now), names.toPosteriors());
        }
    }

    private void forwardMetrics(DurableModel live, LearnerState state, long now) {
        OnlineLearner learner = live.learner();
        Step step = live.last();
        ModelInfo model = info(state.modelKey(), learner);
        TrainingMetrics report = Reports.metrics(
                config.model().label().task(),
                model,
                Instant.ofEpochMilli(now),
                learner.prequential(),
                step == null ? null : step.fit(),
                learner.kl(),
                state);
        byte[] key = state.modelKey().getBytes(StandardCharsets.UTF_8);
        byte[] value = metrics.serializer().serialize(config.topics().metrics(), report);
        context.forward(new Record<>(key, value, now), names.toMetrics());
        gauges.show(report);
    }

    /**
     * Tells of a change of a model's stream.
     *
     * @param last the record whose label was learned last, with which its stretch may end; null if it was a correction
     */
    void tell(Change change, DurableModel live, @Nullable Origin last) {
        String modelKey = live.store().modelKey();
        boolean ends = change.lastEvent() == live.taken();
        StreamChange record = StreamChanges.record(
                change,
                info(modelKey, live.learner()),
                live.store().places().of(change.firstEvent()),
                ends ? last : null);
        byte[] key = modelKey.getBytes(StandardCharsets.UTF_8);
        byte[] value = changes.serializer().serialize(config.topics().changes(), record);
        context.forward(new Record<>(key, value, Math.max(0, change.lastTime())), names.toChanges());
        LOG.info("The stream of model '{}' has changed: {}", modelKey, record);
    }

    /** What is to be said of a model as it is now. */
    ModelInfo info(String modelKey, OnlineLearner learner) {
        var predictive = config.model().predictive();
        return new ModelInfo(
                modelKey,
                learner.version(),
                learner.events(),
                learner.events() < predictive.warmupEvents(),
                predictive.samples());
    }

    /** Takes the gauges away. */
    @Override
    public void close() {
        gauges.close();
    }
}
