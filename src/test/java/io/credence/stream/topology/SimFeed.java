package io.credence.stream.topology;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.Commands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Records from outside, which are visible at once, and a ledger of them. */
final class SimFeed {
    private static final String[] CITIES = {"Aa", "Bb"};
    private static final int PART = 700;

    private final SimCase world;
    private final SimCluster cluster;
    private final Random random;
    private int number;

    /** Coordinates of good labelled events. */
    final TreeSet<String> labelled = new TreeSet<>();
    /** Ids of good unlabelled events by the partition that they lie in, with their lengths, as they were sent. */
    final Map<Integer, List<String>> unlabelled = new TreeMap<>();

    final Map<String, Double> lengths = new TreeMap<>();
    final Map<String, String> cities = new TreeMap<>();
    /** Coordinates and values of records that nobody can use. */
    final Map<String, byte[]> bad = new TreeMap<>();

    SimFeed(SimCase world, SimCluster cluster, Random random) {
        this.world = world;
        this.cluster = cluster;
        this.random = random;
    }

    void label() {
        String city = city();
        double km = random.nextInt(7);
        labelled.add(send(world.topics.labelled(), city, km, 2 * km + random.nextInt(2)));
    }

    void question() {
        String city = city();
        double km = random.nextInt(7);
        String id = "e" + number;
        String at = send(world.topics.unlabelled(), city, km, null);
        int partition = Integer.parseInt(at.split("-")[1]);
        unlabelled.computeIfAbsent(partition, p -> new ArrayList<>()).add(id);
        lengths.put(id, km);
        cities.put(id, city);
    }

    private String city() {
        return CITIES[random.nextInt(CITIES.length)];
    }

    /** What is no Avro, or has a label that is none. */
    void bad() {
        boolean garbage = random.nextBoolean();
        String topic = garbage && random.nextBoolean() ? world.topics.unlabelled() : world.topics.labelled();
        byte[] value = garbage ? new byte[] {7, (byte) number++} : value(topic, city(), 1, Double.POSITIVE_INFINITY);
        bad.put(append(topic, value), value);
    }

    private String send(String topic, String city, double km, @Nullable Double fare) {
        return append(topic, value(topic, city, km, fare));
    }

    private byte[] value(String topic, String city, double km, @Nullable Double fare) {
        return world.events.serialize(topic, Rides.ride("e" + number++, city, km, fare));
    }

    /** As a position in an input is written: topic-partition-offset. */
    private String append(String topic, byte[] value) {
        SimLog log = cluster.log(topic, random.nextInt(world.partitions(topic)));
        long offset = log.append(null, new Record<>(null, value, number));
        return topic + "-" + log.partition() + "-" + offset;
    }

    /**
     * A command to a model, whole or torn.
     *
     * @param model one that is there; null for none
     */
    void command(@Nullable LearnerState model) {
        String key = model == null ? (world.keyed ? city() : "") : model.modelKey();
        String id = "c" + number++;
        List<Command> parts = model == null || random.nextInt(3) == 0
                ? List.of(
                        random.nextBoolean()
                                ? Commands.reset(key, id, Instant.EPOCH)
                                : Commands.forget(key, id, Instant.EPOCH))
                : random.nextBoolean()
                        ? Commands.importing(key, model, id, Instant.EPOCH, PART)
                        : Commands.rollback(model, id, Instant.EPOCH, PART);
        int sent = random.nextInt(4) == 0 ? 1 : parts.size();
        SimLog log = cluster.byKey(world.topics.training(), Bench.utf8(key));
        for (Command part : parts.subList(0, sent)) {
            byte[] value = world.training.serializer().serialize(world.topics.training(), new TrainingRecord(part));
            log.append(null, new Record<>(Bench.utf8(key), value, number));
        }
    }
}
