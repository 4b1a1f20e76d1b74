package io.credence.stream.topology;

import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.WaitingParts;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The fold of a training log without Kafka Streams: the same learners, examples and commands as in the running service,
 * so that the models are the same byte by byte. One thread.
 */
public final class LogFold implements AutoCloseable {
    private final ModelSpec spec;
    private final TaskSerdes serdes;
    private final EntryReader log;
    private final CommandHandler commands;
    private final TreeMap<String, OnlineLearner> models = new TreeMap<>();
    private long examples;
    private long obeyed;
    private long refused;

    /** A fold from the beginning. */
    public LogFold(CredenceConfig config) {
        this(config, TaskSerdes.of(config.serde()));
    }

    /** The same with serdes that close with it. */
    LogFold(CredenceConfig config, TaskSerdes serdes) {
        this.spec = config.model();
        this.serdes = serdes;
        this.log = new EntryReader(config, serdes);
        this.commands = new CommandHandler(config.events().modelKey() != null, log, modelKey -> new InMemory());
    }

    /**
     * Folds one record; records of a partition must come in the order of their offsets.
     *
     * @return the key of the model that moved, or null if none did
     */
    public @Nullable String fold(Record<byte @Nullable [], byte @Nullable []> record, Origin at) {
        return log.read(record.value()).<@Nullable String>fold(entry -> fold(new RawRecord(record, at), entry), bad -> {
            refused++;
            return null;
        });
    }

    private @Nullable String fold(RawRecord read, EntryReader.Entry entry) {
        if (entry instanceof EntryReader.Learn learn) {
            examples += learn.example().replaced() == null ? 1 : 0;
            String modelKey = learn.example().modelKey();
            return models.computeIfAbsent(modelKey, this::unborn).fold(learn.example()) == null ? null : modelKey;
        }
        var command = ((EntryReader.Obey) entry).command();
        var effect = commands.apply(read, command, this::learner);
        refused += effect.refused().size();
        if (effect.learner() == null) {
            return null;
        }
        obeyed++;
        models.put(command.getModelKey(), effect.learner());
        return command.getModelKey();
    }

    /** A command that is refused makes no model. */
    private OnlineLearner learner(String modelKey) {
        OnlineLearner found = models.get(modelKey);
        return found == null ? unborn(modelKey) : found;
    }

    private OnlineLearner unborn(String modelKey) {
        return OnlineLearner.create(spec, modelKey);
    }

    /** The models by key. */
    public Map<String, OnlineLearner> models() {
        return Collections.unmodifiableMap(models);
    }

    /** Examples folded, those in open minibatches among them. */
    public long examples() {
        return examples;
    }

    /** Commands carried out. */
    public long commands() {
        return obeyed;
    }

    /** Records that the service would have sent to the dead letters. */
    public long refused() {
        return refused;
    }

    @Override
    public void close() {
        serdes.close();
    }

    private static final class InMemory implements WaitingParts {
        private final List<RawRecord> parts = new ArrayList<>();

        @Override
        public List<RawRecord> all() {
            return List.copyOf(parts);
        }

        @Override
        public void add(RawRecord part) {
            parts.add(part);
        }

        @Override
        public void clear() {
            parts.clear();
        }
    }
}
