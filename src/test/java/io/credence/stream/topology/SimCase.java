package io.credence.stream.topology;

import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.TaskId;

/**
 * A configuration to simulate, with serdes that outlive its schedules: a tiny network, and whatever bounds how long
 * something lives on the heap alone small and varied. One thread.
 */
final class SimCase {
    /** Sub-topologies. */
    static final int READ = 0;

    static final int LEARN = 1;
    static final int SCORE = 2;

    private static final String[] POLICIES = {"flag", "wait", "withhold"};

    final CredenceConfig config;
    final TopicSection topics;
    final boolean keyed;
    final boolean shared;
    final SharedSerdes serdes;
    final Serializer<GenericRecord> events;
    final Deserializer<GenericRecord> scored;
    final CredenceSerde<TrainingRecord> training;
    final CredenceSerde<PosteriorChunk> chunks;
    TaskSerdes folding;
    private final List<SharedSerdes.Part> held = new ArrayList<>();

    /** @param number of the case: the same number gives the same configuration */
    SimCase(long number) {
        Random random = new Random(number);
        shared = random.nextBoolean();
        keyed = random.nextBoolean();
        Rides rides = new Rides(
                "credence.hidden", random.nextInt(3) == 0 ? "2" : "",
                "credence.drift", Boolean.toString(random.nextInt(3) == 0),
                "credence.samples", "2",
                "credence.topic.unlabelled", shared ? Rides.LABELLED : Rides.UNLABELLED,
                "credence.batch.size", pick(random, 1, 1, 3, 5),
                "credence.checkpoint.events", pick(random, 1, 3, 8, 64),
                "credence.live.models", pick(random, 1, 100, 100),
                "credence.score.batch.size", pick(random, 1, 2, 4),
                "credence.score.linger.ms", pick(random, 0, 20),
                "credence.replay.events", pick(random, 0, 2),
                "credence.replay.capacity", pick(random, 4, 20),
                "credence.rival.events", pick(random, 0, 0, 10),
                "credence.publish.interval.ms", pick(random, 50, 200),
                "credence.warmup.policy", POLICIES[random.nextInt(POLICIES.length)],
                "credence.warmup.wait.ms", "1500",
                "producer.max.request.size", pick(random, 2048, 1048576));
        config = keyed ? rides.config("credence.model.key", "city") : rides.config();
        topics = config.topics();
        serdes = Rides.serdes(config);
        hold();
        ConfluentAvroSerde values = new ConfluentAvroSerde();
        values.configure(config.serde(), false);
        events = values.serializer();
        scored = values.deserializer();
        training = CredenceSerde.of(TrainingRecord.class, config.serde());
        chunks = CredenceSerde.of(PosteriorChunk.class, config.serde());
    }

    private static String pick(Random random, int... values) {
        return Integer.toString(values[random.nextInt(values.length)]);
    }

    /** Keeps the serdes of every task open: to make them for each restart would take longer than all the rest. */
    private void hold() {
        for (TaskId task : tasks()) {
            SharedSerdes.Part part = serdes.part();
            folding = part.open(task);
            held.add(part);
        }
    }

    /** The tasks of the graph. */
    List<TaskId> tasks() {
        List<TaskId> tasks = new ArrayList<>();
        for (int p = 0; p < partitions(topics.labelled()); p++) {
            tasks.add(new TaskId(READ, p));
            if (!shared) {
                tasks.add(new TaskId(SCORE, p));
            }
        }
        for (int p = 0; p < partitions(topics.training()); p++) {
            tasks.add(new TaskId(LEARN, p));
        }
        return tasks;
    }

    /** How many partitions a topic has. */
    int partitions(String topic) {
        return topic.equals(topics.posteriors()) || (topic.equals(topics.training()) && !keyed) ? 1 : 2;
    }

    @Override
    public String toString() {
        return (shared ? "one topic, " : "two topics, ") + (keyed ? "keyed, " : "single, ")
                + "batch " + config.model().learning().batch().size()
                + ", checkpoint " + config.publishing().checkpointEvents()
                + ", live " + config.publishing().liveModels()
                + ", micro-batch " + config.scoring().batchSize() + " in "
                + config.scoring().lingerMs() + " ms, "
                + config.warmup().policy();
    }
}
