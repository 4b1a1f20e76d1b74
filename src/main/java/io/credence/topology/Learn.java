package io.credence.topology;

import io.credence.avro.Example;
import io.credence.avro.TrainingRecord;
import io.credence.config.CredenceConfig;
import io.credence.event.CredenceSerde;
import io.credence.event.TrainingLog;
import io.credence.feature.Observation;
import io.credence.feature.Outcome;
import io.credence.feature.Rejection.Reason;
import io.credence.inference.ModelSpec;
import io.credence.state.LearnerStateFormat;
import io.credence.state.LearnerStore;
import io.credence.state.LearnerStores;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Folds the training log: every model's learner, checkpointed in the stores, published every interval in which its step
 * moved.
 *
 * <p>The learners on the heap are a cache of the stores. {@link #init} drops them: Streams calls it again on the same
 * object after a task was corrupted.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class Learn implements Processor<byte[], byte[], byte[], byte[]> {
    private static final int LIVE_MODELS = 100;

    private final CredenceConfig config;
    private ProcessorContext<byte[], byte[]> context;
    private ModelSpec spec;
    private CredenceSerde<TrainingRecord> log;
    private LearnerStores stores;
    private LeastRecent<LiveLearner> live;
    private Set<String> unpublished;
    private Publisher publisher;
    private @Nullable Cancellable interval;

    Learn(CredenceConfig config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.spec = config.model();
        this.log = CredenceSerde.of(TrainingRecord.class, config.serde());
        this.stores = stores();
        this.live = new LeastRecent<>(LIVE_MODELS, LiveLearner::checkpoint);
        this.unpublished = new LinkedHashSet<>();
        this.publisher = new Publisher(config, context);
        for (String modelKey : stores.models()) {
            LearnerStore store = stores.open(modelKey);
            if (store.logged() != store.marks().logged()) {
                unpublished.add(modelKey);
            }
        }
        if (interval != null) {
            interval.cancel();
        }
        interval = context.schedule(
                Duration.ofMillis(config.publishing().intervalMs()),
                PunctuationType.WALL_CLOCK_TIME,
                now -> publish(now));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Outcome<Observation> example = example(record.value());
        if (example instanceof Outcome.Rejected<Observation> bad) {
            var letter = DeadLetter.of(record, Position.of(context), bad.rejection());
            context.forward(letter, Names.deadLettersOf(Names.LEARN));
        } else if (example instanceof Outcome.Accepted<Observation> good) {
            String modelKey = good.value().modelKey();
            if (learner(modelKey).learn(good.value()) != null) {
                unpublished.add(modelKey);
            }
        }
    }

    private Outcome<Observation> example(byte @Nullable [] value) {
        return log.decode(value).fold(this::example, Outcome.Rejected::new);
    }

    private Outcome<Observation> example(TrainingRecord entry) {
        if (!(entry.getBody() instanceof Example example)) {
            return Outcome.reject(
                    Reason.UNDECODABLE, "commands in the training log are not understood by this release");
        }
        Observation observation = TrainingLog.observation(example);
        int width = observation.features().width();
        if (width != spec.features().width()) {
            return Outcome.reject(
                    Reason.SHAPE_MISMATCH,
                    "the example has " + width + " columns, the model "
                            + spec.features().width() + ": it was logged under another configuration of features");
        }
        return spec.label().accepts(observation.label())
                ? Outcome.of(observation)
                : Outcome.reject(
                        Reason.BAD_LABEL,
                        "the label of the logged example is " + observation.label() + ", which the task cannot have");
    }

    /** Publishes the models whose step moved; a step count that did not move costs one look-up. */
    private void publish(long now) {
        for (String modelKey : List.copyOf(unpublished)) {
            publisher.publish(learner(modelKey), now);
        }
        unpublished.clear();
    }

    private LiveLearner learner(String modelKey) {
        LiveLearner found = live.get(modelKey);
        if (found == null) {
            found = LiveLearner.open(
                    spec, stores.open(modelKey), config.publishing().checkpointEvents());
            live.put(modelKey, found);
        }
        return found;
    }

    private LearnerStores stores() {
        return new LearnerStores(
                context.getStateStore(Names.LEARNER_STATE),
                context.getStateStore(Names.LEARNER_RING),
                context.getStateStore(Names.LEARNER_RESERVOIR),
                Fingerprint.of(spec),
                config.publishing().checkpointEvents() + spec.learning().batch().size(),
                LearnerStateFormat.DEFAULT_CHUNK_BYTES);
    }

    @Override
    public void close() {
        log.close();
        publisher.close();
    }
}
