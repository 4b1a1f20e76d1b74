package io.credence.stream.operate;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Commands;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** The models of a service, from outside: read on the posteriors topic, changed by commands in the training log. */
public final class Models {
    private static final Duration POLL = Duration.ofMillis(250);
    /** A large model may take longer than the ten seconds that Kafka Streams sets. */
    private static final int TRANSACTION_TIMEOUT_MS = 60_000;

    private final CredenceConfig config;

    /** @param config the service's configuration */
    public Models(CredenceConfig config) {
        this.config = config;
    }

    /**
     * The latest complete version of every published model, by model key.
     *
     * @throws ModelException if the topic cannot be read
     */
    public SortedMap<String, Published> list() {
        try (PosteriorReader reader = new PosteriorReader(config)) {
            TopicReader.read(config, reader.topic(), record -> {
                reader.accept(record);
                return true;
            });
            return new TreeMap<>(reader.newest());
        }
    }

    /**
     * The latest complete version of one model.
     *
     * @throws ModelException if it is not published
     */
    public Published published(String modelKey) {
        SortedMap<String, Published> models = list();
        Published found = models.get(modelKey);
        if (found == null) {
            throw new ModelException("model '" + modelKey + "' is not on topic "
                    + config.topics().posteriors() + "; there are " + models.keySet());
        }
        return found;
    }

    /**
     * Orders a model to start again from its prior.
     *
     * @param modelKey empty where there is one model
     * @return the id of the command
     * @throws ModelException if the command cannot be written to the training topic
     */
    public String reset(String modelKey) {
        String id = UUID.randomUUID().toString();
        send(List.of(Commands.reset(modelKey, id, Instant.now())));
        return id;
    }

    /**
     * Orders a model to forget all but its recent events.
     *
     * @param modelKey empty where there is one model
     * @return the id of the command
     * @throws ModelException if the command cannot be written to the training topic
     */
    public String forget(String modelKey) {
        String id = UUID.randomUUID().toString();
        send(List.of(Commands.forget(modelKey, id, Instant.now())));
        return id;
    }

    /**
     * Tells a model of an alarm that was false, or of one that it missed.
     *
     * @return the id of the command
     * @throws ModelException if the command cannot be written to the training topic
     */
    public String feedback(Feedback said) {
        String id = UUID.randomUUID().toString();
        send(List.of(Commands.feedback(
                said.modelKey(), said.kinds(), said.missed(), said.about(), said.note(), id, Instant.now())));
        return id;
    }

    /**
     * Orders a model to take over a state.
     *
     * @param modelKey empty where there is one model; need not be that of the state
     * @return the id of the command
     * @throws ModelException if the state does not fit the configuration, or the command cannot be written
     */
    public String importing(String modelKey, LearnerState state) {
        refuseUnfit(state);
        String id = UUID.randomUUID().toString();
        send(Commands.importing(
                modelKey, state, id, Instant.now(), config.publishing().chunkBytes()));
        return id;
    }

    /**
     * Orders a model to return to an earlier version of its own.
     *
     * @param state that version, with the key of the model
     * @return the id of the command
     * @throws ModelException if the state does not fit the configuration, or the command cannot be written
     */
    public String rollback(LearnerState state) {
        refuseUnfit(state);
        String id = UUID.randomUUID().toString();
        send(Commands.rollback(state, id, Instant.now(), config.publishing().chunkBytes()));
        return id;
    }

    /**
     * Waits until a later epoch of a model is published.
     *
     * @param epoch what it was before the command; −1 if there was none
     * @throws ModelException if that takes longer than the patience
     */
    public Published await(String modelKey, long epoch, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Published now = list().get(modelKey);
            if (now != null && now.state().version().epoch() > epoch) {
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new ModelException("the command is in the log, but no new version of model '" + modelKey
                        + "' was published within " + patience.toSeconds() + " s: is the service running, and is"
                        + " the command among the dead letters?");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void refuseUnfit(LearnerState state) {
        try {
            config.model().shape().refuseUnfit(state);
        } catch (IllegalArgumentException e) {
            throw new ModelException(String.valueOf(e.getMessage()), e);
        }
    }

    /** All parts in one transaction: a reader of committed records has them all or none. */
    private void send(List<Command> commands) {
        String topic = config.topics().training();
        Map<String, Object> settings =
                new StreamsConfig(config.streams()).getProducerConfigs(config.scope() + "-model");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.scope() + "-model");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000L * TopicReader.PATIENCE_S);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde());
                var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (Command command : commands) {
                byte[] key = command.getModelKey().getBytes(StandardCharsets.UTF_8);
                byte[] value = serde.serializer().serialize(topic, new TrainingRecord(command));
                producer.send(new ProducerRecord<>(topic, key, value));
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw new ModelException("cannot write to topic " + topic + ": " + e.getMessage(), e);
        }
    }
}
