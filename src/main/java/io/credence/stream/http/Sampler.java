package io.credence.stream.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.event.SpokenPrediction;
import io.credence.stream.topology.ServedModels.Published;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.TaskSerdes;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service wrote of late, of the models that wrote last and of those that somebody looks at: predictions, labels,
 * measures and alerts, a few hundred of each. For several threads.
 */
final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final int MODELS = 50;
    private static final int LISTED = 10_000;

    /** Beyond any label: the end of an interval that nobody knows. */
    private static final double LARGEST = 1e300;

    private final TopicSection topics;
    private final String field;
    private final @Nullable String id;
    private final long warmup;
    private final TaskSerdes serdes;
    private final RecordDecoder decoder;
    private final CredenceSerde<TrainingRecord> log;
    private final CredenceSerde<TrainingMetrics> reports;
    private final CredenceSerde<Alert> alerts;
    private final Map<String, Track> tracks = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Published> reported = new LinkedHashMap<>(16, 0.75f, true);
    private final LongSupplier clock;

    Sampler(CredenceConfig config) {
        this(config, System::nanoTime);
    }

    /** @param clock nanoseconds since some time */
    Sampler(CredenceConfig config, LongSupplier clock) {
        this.clock = clock;
        topics = config.topics();
        field = config.events().prediction();
        id = config.events().eventId();
        warmup = config.model().predictive().warmupEvents();
        serdes = TaskSerdes.of(config.serde());
        decoder = serdes.decoder();
        log = serdes.own(TrainingRecord.class);
        reports = serdes.own(TrainingMetrics.class);
        alerts = serdes.own(Alert.class);
    }

    /** What a reader has got of a model. Another model begins anew. */
    static final class Cursor {
        private final String modelKey;
        private long bands;
        private long labels;
        private long measures;
        private long alarms;

        Cursor(String modelKey) {
            this.modelKey = modelKey;
        }
    }

    /** Takes a record of any topic of ours; what cannot be read is left out. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (record.value() == null) {
            return;
        }
        if (topic.equals(topics.scored())) {
            decoder.decode(topic, record.headers(), record.value())
                    .take(scored -> shown(record.timestamp(), scored), bad -> {});
        } else if (topic.equals(topics.training())) {
            log.decode(record.value()).take(this::learned, bad -> {});
        } else if (topic.equals(topics.metrics())) {
            reports.decode(record.value()).take(this::measured, bad -> {});
        } else if (topic.equals(topics.alerts())) {
            alerts.decode(record.value()).take(this::alarmed, bad -> {});
        }
    }

    /** Anybody may write to the topic: a prediction of another form than ours is left out. */
    private void shown(long time, GenericRecord record) {
        try {
            scored(time, record);
        } catch (AvroRuntimeException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            LOG.debug("A record of the scored topic has a prediction that is not ours", e);
        }
    }

    private synchronized void scored(long time, GenericRecord scored) {
        if (!(scored.hasField(field) && scored.get(field) instanceof GenericRecord prediction)) {
            return;
        }
        ArrayNode band = JsonNodeFactory.instance.arrayNode();
        band.add(time);
        number(band, prediction, "mean");
        number(band, prediction, "lower");
        number(band, prediction, "upper");
        deviation(band, prediction, "epistemicVariance");
        deviation(band, prediction, "aleatoricVariance");
        band.add(Boolean.TRUE.equals(prediction.get("warmingUp")) ? 1 : 0);
        band.add(is(prediction, "uncertain") || is(prediction, "outOfRange") ? 1 : 0);
        Track track = track(String.valueOf(prediction.get("modelKey")));
        track.bands.add(band);
        Object event = id != null && scored.hasField(id) ? scored.get(id) : null;
        if (event != null) {
            track.said(event.toString(), Asked.of(time, prediction));
        }
    }

    private static boolean is(GenericRecord prediction, String flag) {
        return prediction.hasField(flag) && Boolean.TRUE.equals(prediction.get(flag));
    }

    private static void number(ArrayNode band, GenericRecord prediction, String name) {
        Double value = prediction.hasField(name) ? (Double) prediction.get(name) : null;
        band.add(value == null || !(Math.abs(value) < LARGEST) ? null : value);
    }

    private static void deviation(ArrayNode band, GenericRecord prediction, String name) {
        double variance = (Double) prediction.get(name);
        band.add(variance < LARGEST ? (Double) Math.sqrt(variance) : null);
    }

    private synchronized void learned(TrainingRecord entry) {
        if (entry.getBody() instanceof Example example) {
            boolean joined = id != null && topics.unlabelled() != null;
            track(example.getModelKey()).learned(example, joined, clock.getAsLong());
        }
    }

    private synchronized void measured(TrainingMetrics report) {
        track(report.getModelKey()).measures.add(report);
        reported.put(
                report.getModelKey(),
                new Published(
                        report.getModelKey(),
                        new ModelVersion(report.getModelEpoch(), report.getModelStep()),
                        report.getEventsSeen(),
                        report.getEventsSeen() < warmup,
                        report.getTimestamp()));
        if (reported.size() > LISTED) {
            reported.remove(reported.keySet().iterator().next());
        }
    }

    private synchronized void alarmed(Alert alert) {
        track(alert.getModelKey()).alarms.add(plain(alert));
    }

    private static ObjectNode plain(SpecificRecordBase record) {
        ObjectNode json = SpokenPrediction.object(record);
        record.getSchema().getFields().forEach(f -> {
            Object value = record.get(f.pos());
            if (value instanceof Instant time) {
                json.put(f.name(), time.toEpochMilli());
            } else if (value instanceof Enum<?> name) {
                json.put(f.name(), name.name());
            } else if (value instanceof Double number && !Double.isFinite(number)) {
                json.putNull(f.name());
            }
        });
        return json;
    }

    private Track track(String modelKey) {
        Track known = tracks.get(modelKey);
        if (known == null) {
            known = new Track();
            tracks.put(modelKey, known);
            if (tracks.size() > MODELS) {
                forget();
            }
        }
        return known;
    }

    /** Lets the model go of which nothing came for longest, unless somebody looks at it. */
    private void forget() {
        long now = clock.getAsLong();
        tracks.values().stream()
                .filter(track -> !track.watched(now))
                .findFirst()
                .ifPresent(tracks.values()::remove);
    }

    /** The models that wrote measures of late, as these have them, by model key. */
    synchronized List<Published> reported() {
        return reported.values().stream()
                .sorted(Comparator.comparing(Published::modelKey))
                .toList();
    }

    /** What is new of a model to a reader. */
    synchronized ObjectNode news(Cursor cursor) {
        ObjectNode news = JsonNodeFactory.instance.objectNode();
        Track track = track(cursor.modelKey);
        track.look(clock.getAsLong());
        cursor.bands = add(news.putArray("bands"), track.bands, cursor.bands);
        cursor.labels = add(news.putArray("labels"), track.labels, cursor.labels);
        ArrayNode measures = news.putArray("measures");
        cursor.measures = add(r -> measures.add(plain(r)), track.measures, cursor.measures);
        cursor.alarms = add(news.putArray("alerts"), track.alarms, cursor.alarms);
        return news;
    }

    private static long add(ArrayNode array, Ring<? extends JsonNode> ring, long from) {
        return add(array::add, ring, from);
    }

    private static <T> long add(Consumer<? super T> array, Ring<T> ring, long from) {
        // A model that was let go and came back counts from 0 again.
        ring.from(from > ring.next() ? 0 : from).forEach(array);
        return ring.next();
    }

    @Override
    public void close() {
        serdes.close();
    }
}
