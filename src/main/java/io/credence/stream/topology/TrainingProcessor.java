package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.Step;
import io.credence.bayes.predict.ModelInfo;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.NoticeSource;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Notices;
import io.credence.stream.state.LearnerStore;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.StoredParts;
import io.credence.stream.state.TaskStores;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the training log: every model's learner, checkpointed in the stores, published every interval in which its step
 * moved.
 *
 * <p>The learners on the heap are a cache of the stores. {@link #init} drops them: Streams calls it again on the same
 * object after a task was corrupted.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class TrainingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingProcessor.class);

    private final CredenceConfig config;
    private final Names names;
    private final boolean twoTopics;
    private final SharedSerdes.Part part;
    private ProcessorContext<byte[], byte[]> context;
    private ModelSpec spec;
    private EntryReader log;
    private CommandHandler commands;
    private TaskStores stores;
    private LeastRecent<DurableModel> live;
    private Set<String> unpublished;
    private Publisher publisher;
    private NoticeBook book;
    private Counter learned;
    private Counter dead;
    private @Nullable Cancellable interval;

    /** @param serdes of the graph's tasks */
    TrainingProcessor(CredenceConfig config, SharedSerdes serdes) {
        this.config = config;
        this.names = Names.of(config);
        this.twoTopics = config.topics().labelled() != null && config.topics().labels() != null;
        this.part = serdes.part();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.spec = config.model();
        TaskSerdes serdes = part.open(context.taskId());
        this.log = new EntryReader(config, serdes);
        this.stores = stores();
        this.commands = new CommandHandler(
                config.events().modelKey() != null, log, modelKey -> new StoredParts(stores.state(), modelKey));
        this.live = new LeastRecent<>(config.publishing().liveModels(), DurableModel::rest);
        this.unpublished = new LinkedHashSet<>();
        if (publisher != null) {
            publisher.close();
        }
        if (book != null) {
            book.close();
        }
        this.book = new NoticeBook(config, serdes, context, names.learn(), NoticeSource.LEARNING);
        this.publisher = new Publisher(config, serdes, context);
        this.learned = Counter.of(context, Activity.LEARNED, names.learn(), config.prefix());
        this.dead = Counter.of(context, Activity.DEAD, names.learn(), config.prefix());
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
        log.read(record.value())
                .take(entry -> learnOrObey(record, entry), bad -> refuse(record, Position.of(context), bad));
    }

    private void learnOrObey(Record<byte[], byte[]> record, EntryReader.Entry entry) {
        if (entry instanceof EntryReader.Learn learn) {
            learned.add(learn.example().replaced() == null ? 1 : 0);
            String modelKey = learn.example().modelKey();
            DurableModel model = learner(modelKey);
            Step step = model.learn(learn.example(), learn.source());
            if (step != null) {
                unpublished.add(modelKey);
                tell(step, learn, model);
            }
        } else if (entry instanceof EntryReader.Obey obey) {
            obey(record, obey.command());
        }
    }

    /**
     * Tells of the events of a step. Those read before the record that ended the minibatch are known by their identity alone,
     * and that record need not be of the minibatch: it may be a correction, or the event that opened the next.
     */
    private void tell(Step step, EntryReader.Learn ending, DurableModel model) {
        Origin last = ending.source();
        Origin unknown = new Origin(twoTopics ? "" : last.topic(), -1, -1);
        if (step.change() != null) {
            publisher.tell(step.change(), model, ending.example().replaced() == null ? last : null);
        }
        ModelInfo info = publisher.info(model.store().modelKey(), model.learner());
        for (int i = 0; i < step.batch().size(); i++) {
            Observation event = step.batch().get(i);
            Step.Verdict verdict = step.verdicts().get(i);
            if (verdict.raises()) {
                Origin source = event == ending.example() ? last : unknown;
                book.unusual(
                        Notices.learned(event, source, step.predictions().get(i), info, verdict), event.timestamp());
            } else {
                book.usual(event, verdict.clears());
            }
        }
    }

    /** Applies a command; the model that it changes is published with it, in one transaction. */
    private void obey(Record<byte[], byte[]> record, Command command) {
        RawRecord read = new RawRecord(record, Position.of(context));
        CommandHandler.Effect effect =
                commands.apply(read, command, key -> learner(key).learner());
        effect.refused().forEach(r -> refuse(r.record().record(), r.record().at(), r.rejection()));
        if (effect.learner() != null) {
            DurableModel live = learner(command.getModelKey());
            live.become(effect.learner());
            publisher.publish(live, context.currentSystemTimeMs());
            unpublished.remove(command.getModelKey());
            LOG.info(
                    "Command {} ({}) has put model '{}' at version {}",
                    command.getCommandId(),
                    command.getType(),
                    command.getModelKey(),
                    live.learner().version());
        }
    }

    private void refuse(Record<byte[], byte[]> record, Origin at, Rejection why) {
        dead.add(1);
        context.forward(DeadLetter.of(record, at, why), names.deadLettersOf(names.learn()));
    }

    /** Publishes the models whose step moved; a step count that did not move costs one look-up. */
    private void publish(long now) {
        for (String modelKey : List.copyOf(unpublished)) {
            publisher.publish(learner(modelKey), now);
        }
        unpublished.clear();
    }

    private DurableModel learner(String modelKey) {
        DurableModel found = live.get(modelKey);
        if (found == null) {
            found = DurableModel.open(
                    spec, stores.open(modelKey), config.publishing().checkpointEvents());
            live.put(modelKey, found);
        }
        return found;
    }

    private TaskStores stores() {
        return new TaskStores(
                context.getStateStore(names.learnerState()),
                context.getStateStore(names.learnerRing()),
                context.getStateStore(names.learnerReservoir()),
                spec.shape().fingerprint(),
                config.publishing().checkpointEvents() + spec.learning().batch().size(),
                config.publishing().chunkBytes());
    }

    @Override
    public void close() {
        publisher.close();
        learned.close();
        dead.close();
        part.close();
    }
}
