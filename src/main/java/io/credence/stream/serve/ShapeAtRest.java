package io.credence.stream.serve;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.inference.Shape;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.state.StoredShape;
import io.credence.stream.topology.Names;
import io.credence.stream.wire.CredenceSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shape of what the application has learned already, looked up on its topics before anything starts: state of
 * another shape cannot be read, and a service that finds out later has called itself ready by then.
 */
final class ShapeAtRest {
    private static final Logger LOG = LoggerFactory.getLogger(ShapeAtRest.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Records at the end of a partition that are looked at. */
    private static final long TAIL = 200;

    private final CredenceConfig config;
    private final Duration patience;

    /** @param patience most time to look for it */
    ShapeAtRest(CredenceConfig config, Duration patience) {
        this.config = config;
        this.patience = patience;
    }

    /** @throws StartupException with the ways to move, if there is a model of another shape than the configured one */
    void check() {
        long configured = config.model().shape().fingerprint();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            if (config.topics().learns()) {
                for (String topic : List.of(changelog(names().learnerState()), changelog(names().learnerRing()))) {
                    OptionalLong stored =
                            newest(consumer, topic, record -> StoredShape.inChangelog(record.key(), record.value()));
                    if (stored.isPresent() && stored.getAsLong() != configured) {
                        throw new StartupException(ownState(topic, stored.getAsLong(), configured));
                    }
                }
            } else {
                checkPublished(consumer, configured);
            }
        } catch (KafkaException e) {
            LOG.debug("The shape of what was learned is not known", e);
        }
    }

    /** A service that only scores has no state of the model: what it reads must fit. */
    private void checkPublished(Consumer<byte[], byte[]> consumer, long configured) {
        String topic = config.topics().posteriors();
        try (CredenceSerde<PosteriorChunk> codec = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
            OptionalLong published = newest(
                    consumer,
                    topic,
                    record -> codec.decode(record.value()) instanceof Outcome.Accepted<PosteriorChunk> chunk
                            ? StoredShape.inChunk(chunk.value())
                            : OptionalLong.empty());
            if (published.isPresent() && published.getAsLong() != configured) {
                throw new StartupException("the models on topic " + topic + " have another shape "
                        + fingerprints(published.getAsLong(), configured) + ", so none of them can be used: give this"
                        + " service the configuration of " + Shape.COVERED + " of the service that learns them, or the"
                        + " topic of another in " + TopicSection.POSTERIORS);
            }
        }
    }

    private String ownState(String topic, long stored, long configured) {
        return "application " + config.applicationId() + " has learned a model of another shape "
                + fingerprints(stored, configured) + ", says topic " + topic
                + ", which cannot go on under this configuration: restore that of "
                + Shape.COVERED
                + "; or learn anew under another application.id; or reset this one, which deletes the model:"
                + " stop every instance, delete the topics " + String.join(", ", topics())
                + ", and set the group's offsets on " + String.join(" and ", inputs()) + " to the earliest"
                + (asksAgain() ? ": their events are scored again" : "");
    }

    /** Whether labels are worth nothing without the questions before them, so that these have to be read again, too. */
    private boolean asksAgain() {
        TopicSection topics = config.topics();
        return topics.labels() != null || topics.series() != null;
    }

    /** All that is kept of the model and of the events that it has seen, in the order of the data flow. */
    List<String> topics() {
        TopicSection topics = config.topics();
        Changelogs changelogs = Changelogs.of(config);
        List<String> all = new ArrayList<>();
        topics.hops().forEach(all::add);
        all.addAll(changelogs.deduplicating());
        all.addAll(changelogs.joining());
        if (topics.series() != null) {
            all.add(topics.series());
        }
        all.addAll(changelogs.remembering());
        all.addAll(changelogs.learning());
        // What waits to be scored was read already, and comes again only where it is read again.
        changelogs.scoring().stream()
                .filter(changelog -> asksAgain() || !changelog.equals(changelog(names().scorePending())))
                .forEach(all::add);
        all.add(topics.training());
        all.add(topics.posteriors());
        return all;
    }

    /** The topics of others that are read again. What was said of alerts is not: those are of models that are gone. */
    List<String> inputs() {
        TopicSection topics = config.topics();
        return topics.inputs()
                .filter(input -> !input.equals(topics.feedback()))
                .filter(input -> asksAgain() || !input.equals(topics.unlabelled()) || topics.shared())
                .toList();
    }

    private static String fingerprints(long stored, long configured) {
        return "(fingerprint " + Long.toHexString(stored) + ", configured " + Long.toHexString(configured) + ")";
    }

    /** The fingerprint in the newest record that carries one, of those at the end of the topic. */
    private OptionalLong newest(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Function<ConsumerRecord<byte[], byte[]>, OptionalLong> fingerprint) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        consumer.assign(partitions);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - TAIL)));
        OptionalLong found = OptionalLong.empty();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                OptionalLong of = fingerprint.apply(record);
                found = of.isPresent() ? of : found;
            }
        }
        return found;
    }

    private Names names() {
        return Names.of(config);
    }

    private String changelog(String store) {
        return Changelogs.of(config, store);
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings =
                new StreamsConfig(config.streams()).getRestoreConsumerConfigs(config.scope() + "-shape");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Math.min(Integer.MAX_VALUE, patience.toMillis()));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
