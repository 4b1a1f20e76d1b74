package io.credence.stream.topology;

import io.credence.stream.event.LabelRule;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A task of the graph: the processors of the service, its stores, and what Kafka Streams would tell them. */
final class SimTask implements ProcessorContext<Object, Object> {
    private static final Names NAMES = new Names("");

    private final SimInstance home;
    private final TaskId id;
    private final SimBuild build;
    private final SimLog input;
    private final Map<String, SimStore> stores = new LinkedHashMap<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final List<Processor<byte[], ?, ?, ?>> processors = new ArrayList<>();
    private long position;
    private @Nullable RecordMetadata current;

    SimTask(SimInstance home, TaskId id, SimBuild build) {
        this.home = home;
        this.id = id;
        this.build = build;
        this.input = home.cluster().log(inputTopic(home.world(), id), id.partition());
        make(home.world());
        start();
    }

    private static String inputTopic(SimCase world, TaskId id) {
        return switch (id.subtopology()) {
            case SimCase.READ -> world.topics.labelled();
            case SimCase.SCORE -> world.topics.unlabelled();
            default -> world.topics.training();
        };
    }

    private void make(SimCase world) {
        if (id.subtopology() == SimCase.LEARN) {
            processors.add(new TrainingProcessor(world.config, world.serdes));
            return;
        }
        boolean reads = id.subtopology() == SimCase.READ;
        LabelRule rule = !reads ? LabelRule.IGNORED : world.shared ? LabelRule.OPTIONAL : LabelRule.REQUIRED;
        processors.add(new IntakeProcessor(world.config, rule, world.serdes, home.reads()));
        if (!reads || world.shared) {
            processors.add(
                    new ScoringProcessor(world.config, home.samples(), world.serdes, home.reads(), Duration.ZERO));
        }
    }

    /** From the committed offset with the stores that the changelogs give. */
    private void start() {
        position = home.cluster().committed(input);
        stores.clear();
        for (String name : storeNames()) {
            stores.put(name, restored(name));
        }
        initialise();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // One context for all: what they forward is told apart by the sink.
    private void initialise() {
        processors.forEach(processor -> ((Processor) processor).init(this));
    }

    private List<String> storeNames() {
        if (id.subtopology() == SimCase.LEARN) {
            return List.of(NAMES.learnerState(), NAMES.learnerRing(), NAMES.learnerReservoir());
        }
        return processors.size() > 1 ? List.of(NAMES.scorePending(), NAMES.scoreMarks()) : List.of();
    }

    private SimStore restored(String name) {
        SimLog changelog = home.cluster().log(name + "-changelog", id.partition());
        home.cluster().settle(changelog);
        SimStore store = new SimStore(name, (s, key, value) -> {
            home.step();
            build.put(s, (k, v, inside) -> home.append(inside, changelog, new Record<>(k.get(), v, 0)), key, value);
        });
        changelog
                .visible()
                .forEach(entry -> store.keep(
                        Bytes.wrap(entry.record().key()), entry.record().value()));
        return store;
    }

    /** Hands over the next record that is there; false if there is none. */
    boolean process() {
        SimLog.Entry next = input.next(position);
        if (next == null) {
            return false;
        }
        current = new At(input.topic(), input.partition(), next.offset());
        first().process(new Record<>(
                next.record().key(),
                next.record().value(),
                next.record().timestamp(),
                next.record().headers()));
        current = null;
        position = next.offset() + 1;
        return true;
    }

    @SuppressWarnings("unchecked")
    private Processor<byte[], byte[], ?, ?> first() {
        return (Processor<byte[], byte[], ?, ?>) processors.get(0);
    }

    /** Sets off the alarms that are due, each once. */
    void punctuate(long now) {
        for (Alarm alarm : List.copyOf(alarms)) {
            if (!alarm.cancelled && alarm.due <= now) {
                alarm.due = now + alarm.period;
                alarm.callback.punctuate(now);
            }
        }
        alarms.removeIf(alarm -> alarm.cancelled);
    }

    /** What Kafka Streams does with a task that it takes for corrupted: the same processors begin again. */
    void revive() {
        close();
        alarms.forEach(Alarm::cancel);
        start();
    }

    void close() {
        processors.forEach(Processor::close);
    }

    SimLog input() {
        return input;
    }

    long position() {
        return position;
    }

    SimBuild build() {
        return build;
    }

    SimStore store(String name) {
        return stores.get(name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> void forward(Record<K, V> record, String child) {
        if (child.equals(NAMES.score())) {
            ((Processor<byte[], Object, ?, ?>) processors.get(1))
                    .process(record.withKey((byte[]) record.key()).withValue(record.value()));
            return;
        }
        home.step();
        byte[] value = record.value() instanceof Scored scored ? scored.value() : (byte[]) record.value();
        home.append(
                build.sendsInTransaction(child),
                target(record, child),
                record.withValue(value).withKey((byte[]) record.key()));
    }

    private SimLog target(Record<?, ?> record, String sink) {
        var topics = home.world().topics;
        if (record.value() instanceof Scored scored) {
            return home.cluster().log(topics.scored(), scored.partition());
        }
        Map<String, String> named = Map.of(
                NAMES.toTraining(), topics.training(),
                NAMES.toPosteriors(), topics.posteriors(),
                NAMES.toChanges(), topics.changes(),
                NAMES.toMetrics(), topics.metrics());
        String other = sink.startsWith("notices-of-") ? topics.notices() : topics.deadLetters();
        String topic = named.getOrDefault(sink, other);
        return home.cluster().byKey(topic, (byte[]) record.key());
    }

    @Override
    public <K, V> void forward(Record<K, V> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        Alarm alarm = new Alarm(interval.toMillis(), callback, home.cluster().now + interval.toMillis());
        alarms.add(alarm);
        return alarm;
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TaskId taskId() {
        return id;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(current);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends StateStore> S getStateStore(String name) {
        return (S) (name.equals(NAMES.posteriorsGlobal()) ? home.global() : stores.get(name));
    }

    @Override
    public StreamsMetrics metrics() {
        return home.metrics();
    }

    @Override
    public long currentSystemTimeMs() {
        return home.cluster().now;
    }

    @Override
    public long currentStreamTimeMs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String applicationId() {
        return home.world().config.applicationId();
    }

    @Override
    public Serde<?> keySerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Serde<?> valueSerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }

    private record At(String topic, int partition, long offset) implements RecordMetadata {}

    private static final class Alarm implements Cancellable {
        private final long period;
        private final Punctuator callback;
        private long due;
        private boolean cancelled;

        Alarm(long period, Punctuator callback, long due) {
            this.period = period;
            this.callback = callback;
            this.due = due;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
