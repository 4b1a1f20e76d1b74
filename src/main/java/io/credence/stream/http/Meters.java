package io.credence.stream.http;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.Activity;
import io.credence.stream.topology.Names;
import io.credence.stream.topology.ServedModels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * The meters of this instance in one registry: ours, those of Kafka Streams and its clients, and a few of the process. For
 * several threads, one of which looks at a time.
 *
 * <p>Our counters in Kafka's registry begin anew when a task comes, and go when it leaves. Those here only grow.
 */
final class Meters implements AutoCloseable {
    /**
     * Ours have a series for each task and model there, and come below, bounded. Those of stores have no values unless they are
     * asked for by {@code metrics.recording.level}; those of brokers are a dozen for each, and the broker knows them better.
     */
    private static final Pattern LEFT_OUT = Pattern.compile("kafka\\.(" + Names.METRICS_GROUP
            + "|stream\\.state\\.(?!updater)|(consumer|producer|admin\\.client)\\.node)\\b");

    private final Instance instance;
    private final MeterRegistry registry;
    private final Map<Activity, Counter> counters = new EnumMap<>(Activity.class);
    private final Map<MetricName, Double> totals = new HashMap<>();
    private final ModelMeters models;
    private @Nullable KafkaStreams bound;
    private @Nullable KafkaStreamsMetrics binder;
    private double behind;

    /** @param registry without meters; it is not closed by this */
    Meters(CredenceConfig config, Instance instance, ServedModels served, MeterRegistry registry) {
        this.instance = instance;
        this.registry = registry;
        registry.config().meterFilter(MeterFilter.deny(id -> LEFT_OUT.matcher(id.getName())
                .lookingAt()));
        for (Activity activity : Activity.values()) {
            counters.put(
                    activity,
                    Counter.builder("credence." + activity.metric().replace('-', '.'))
                            .description(activity.meaning())
                            .register(registry));
        }
        Gauge.builder("credence.live", () -> instance.live() ? 1 : 0)
                .description("1 while no fatal error has occurred")
                .register(registry);
        Gauge.builder("credence.ready", () -> instance.ready() ? 1 : 0)
                .description("1 while Kafka Streams is running")
                .register(registry);
        Gauge.builder("credence.behind", () -> behind)
                .baseUnit("records")
                .description("Records of all inputs and of the training log that are still to be read")
                .register(registry);
        models = new ModelMeters(config, served, registry);
        new UptimeMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Brings every meter up to date. */
    synchronized void refresh() {
        bind(instance.streams().orElse(null));
        Map<MetricName, ? extends Metric> now = instance.metrics();
        double lag = 0;
        for (Map.Entry<MetricName, ? extends Metric> entry : now.entrySet()) {
            MetricName name = entry.getKey();
            if (name.group().equals(Names.METRICS_GROUP)) {
                count(name, number(entry.getValue()));
            } else if (isLag(name)) {
                lag += Math.max(0, number(entry.getValue()));
            }
        }
        behind = lag;
        totals.keySet().retainAll(now.keySet());
        models.show(now);
    }

    private void count(MetricName name, double total) {
        for (Map.Entry<Activity, Counter> counter : counters.entrySet()) {
            if (counter.getKey().metric().equals(name.name())) {
                Double before = totals.put(name, total);
                counter.getValue().increment(before == null || total < before ? total : total - before);
            }
        }
    }

    private void bind(@Nullable KafkaStreams streams) {
        if (streams != bound) {
            unbind();
            bound = streams;
            if (streams != null) {
                binder = new KafkaStreamsMetrics(streams);
                binder.bindTo(registry);
            }
        }
    }

    private void unbind() {
        if (binder != null) {
            binder.close();
            binder = null;
        }
    }

    private static boolean isLag(MetricName name) {
        return name.group().equals("consumer-fetch-manager-metrics")
                && name.name().equals("records-lag")
                && !name.tags().getOrDefault("client-id", "").matches(".*(global|restore)-consumer");
    }

    static double number(Metric metric) {
        return metric.metricValue() instanceof Number value && Double.isFinite(value.doubleValue())
                ? value.doubleValue()
                : 0;
    }

    @Override
    public synchronized void close() {
        unbind();
    }
}
