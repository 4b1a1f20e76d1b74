package io.credence.stream.topology;

import io.credence.stream.avro.TrainingMetrics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The latest metrics record of every model as gauges in JMX, under {@code kafka.streams:type=credence}, with the task
 * and the model as tags. The models published least recently have none.
 */
final class JmxGauges implements AutoCloseable {
    /** Name and description of each gauge. */
    private static final Map<String, String> GAUGES = new LinkedHashMap<>();

    static {
        GAUGES.put("events-trained", "Labelled events learned");
        GAUGES.put("steps", "Updates applied within the epoch");
        GAUGES.put("rejected-updates", "Updates refused because they were not finite");
        GAUGES.put("prequential-rmse", "Root mean squared error, test then train");
        GAUGES.put("prequential-nll", "Mean negative log-likelihood or log-loss, test then train, nats");
        GAUGES.put("prequential-coverage", "Share of labels inside the predictive interval, test then train");
        GAUGES.put("prequential-tested", "Labels predicted before they were learned");
        GAUGES.put("prequential-covered", "Labels inside the predictive interval, of those tested");
        GAUGES.put("prequential-accuracy", "Share of labels that were the likeliest class, test then train");
        GAUGES.put("elbo-fit", "Expected negative log-likelihood of the latest update, scaled to N events, nats");
        GAUGES.put("elbo-kl", "KL divergence of the posterior from the prior at the latest update, nats");
        GAUGES.put("memory", "Events that the model stands for, N");
        GAUGES.put("rival-evidence", "Evidence that the rival predicts better than the model, nats");
        GAUGES.put("rival-weight", "Share of the rival in predictions");
        GAUGES.put("take-overs", "How often the rival has taken over");
    }

    private final StreamsMetrics metrics;
    private final String task;
    private final String prefix;
    private final LeastRecent<Map<String, Sensor>> models;

    /**
     * @param prefix of the graph; a tag where there is one
     * @param most models that have gauges
     */
    JmxGauges(StreamsMetrics metrics, String task, String prefix, int most) {
        this.metrics = metrics;
        this.task = task;
        this.prefix = prefix;
        this.models = new LeastRecent<>(most, this::remove);
    }

    /** Sets the gauges of a model; numbers that the record does not have are left out. */
    void show(TrainingMetrics report) {
        String model = report.getModelKey();
        set(model, "events-trained", (double) report.getEventsSeen());
        set(model, "steps", (double) report.getModelStep());
        set(model, "rejected-updates", (double) report.getRejectedUpdates());
        set(model, "prequential-rmse", report.getRmse());
        set(model, "prequential-nll", report.getNll());
        set(model, "prequential-coverage", report.getCoverage());
        set(model, "prequential-tested", (double) report.getN());
        // The interval of classes is none: a share of zero would look like a fault.
        set(model, "prequential-covered", report.getCoverage() == null ? null : (Double) (double) report.getCovered());
        set(model, "prequential-accuracy", report.getAccuracy());
        set(model, "elbo-fit", report.getElboFit());
        set(model, "elbo-kl", report.getElboKl());
        set(model, "memory", report.getMemory());
        set(model, "rival-evidence", report.getRivalEvidence());
        set(model, "rival-weight", report.getRivalWeight());
        set(model, "take-overs", (double) report.getTakeOvers());
    }

    private void set(String model, String gauge, @Nullable Double value) {
        if (value != null) {
            Map<String, Sensor> sensors = models.get(model);
            if (sensors == null) {
                sensors = new HashMap<>();
                models.put(model, sensors);
            }
            sensors.computeIfAbsent(gauge, name -> sensor(model, name)).record(value);
        }
    }

    private Sensor sensor(String model, String gauge) {
        String tag = model.isEmpty() ? "default" : model;
        Sensor sensor = metrics.addSensor("credence-" + task + "-" + gauge + "-" + model, Sensor.RecordingLevel.INFO);
        Map<String, String> tags = tags(prefix);
        tags.put("task-id", task);
        tags.put("model-key", tag);
        sensor.add(new MetricName(gauge, Names.METRICS_GROUP, GAUGES.getOrDefault(gauge, ""), tags), new Value());
        return sensor;
    }

    /** The tags that every metric of a graph has: its prefix, if it has one. */
    static Map<String, String> tags(String prefix) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (!prefix.isEmpty()) {
            tags.put("prefix", prefix);
        }
        return tags;
    }

    @Override
    public void close() {
        models.values().forEach(this::remove);
        models.clear();
    }

    private void remove(Map<String, Sensor> sensors) {
        sensors.values().forEach(metrics::removeSensor);
    }
}
