package io.credence.tool.demo;

import io.credence.stream.avro.BikeHour;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the hours in time order: each first with no count, to be scored; one simulated hour later with its count, to be
 * learned.
 *
 * <p>A closed loop: no more than two simulated days of labelled hours are ever sent that the published model has not
 * learned, so that what is scored is scored by a model that has learned.
 */
final class BikeFeed {
    /** Labelled hours that may be ahead of the published model: two simulated days. */
    static final int AHEAD = 2 * 24;

    /** What the model has learned, as everybody can read it. */
    interface PublishedModel {
        /**
         * Waits until the published model has learned a number of this feed's hours.
         *
         * @throws TimeoutException if it does not move for the whole patience
         */
        void awaitLearned(long hours, Duration patience) throws InterruptedException, TimeoutException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final Producer<String, BikeHour> producer;
    private final PublishedModel model;
    private final String unlabelled;
    private final String labelled;
    private volatile @Nullable KafkaException failure;

    BikeFeed(Producer<String, BikeHour> producer, PublishedModel model, String unlabelled, String labelled) {
        this.producer = producer;
        this.model = model;
        this.unlabelled = unlabelled;
        this.labelled = labelled;
    }

    /**
     * Sends everything; returns when the broker has it.
     *
     * @throws TimeoutException if the published model does not follow
     * @throws KafkaException if the broker does not take a record
     */
    void send(List<BikeHour> hours) throws InterruptedException, TimeoutException {
        for (int i = 0; i <= hours.size(); i++) {
            if (i > 0) {
                BikeHour known = hours.get(i - 1);
                if (i > AHEAD) {
                    model.awaitLearned(i - AHEAD, PATIENCE);
                }
                send(labelled, known, known.getAt().toEpochMilli() + HOUR_MS);
            }
            if (i < hours.size()) {
                BikeHour asked = BikeHours.withoutCount(hours.get(i));
                send(unlabelled, asked, asked.getAt().toEpochMilli());
            }
        }
        producer.flush();
        KafkaException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void send(String topic, BikeHour hour, long timestamp) {
        KafkaException failed = failure;
        if (failed != null) {
            throw failed;
        }
        producer.send(new ProducerRecord<>(topic, null, timestamp, hour.getId(), hour), (sent, e) -> {
            if (e != null) {
                failure = new KafkaException("the feed cannot write to topic '" + topic + "': " + e.getMessage(), e);
            }
        });
    }
}
