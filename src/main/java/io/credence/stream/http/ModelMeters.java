package io.credence.stream.http;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.Names;
import io.credence.stream.topology.ServedModels;
import io.credence.stream.topology.ServedModels.Published;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The gauges of single models: of a bounded number of them, always the same. One thread. */
final class ModelMeters {
    private static final String MODEL = "model";
    private static final String AGE = "age";

    /** The gauge in Kafka's registry of each of ours, its unit and what it tells. */
    private static final Map<String, String[]> METERS = new LinkedHashMap<>();

    static {
        meter("events", "events-trained", "", "Labelled events learned");
        meter("steps", "steps", "", "Updates applied within the epoch");
        meter("rejected.updates", "rejected-updates", "", "Updates refused because they were not finite");
        meter("rmse", "prequential-rmse", "", "Root mean squared error since the beginning, test then train");
        meter("nll", "prequential-nll", "nats", "Mean negative log-likelihood since the beginning");
        meter("coverage", "prequential-coverage", "ratio", "Share of labels inside the interval since the beginning");
        meter("tested", "prequential-tested", "labels", "Labels predicted before they were learned");
        meter("covered", "prequential-covered", "labels", "Labels inside the interval, of those tested");
        meter("accuracy", "prequential-accuracy", "ratio", "Share of labels that were the likeliest class");
        meter("elbo.fit", "elbo-fit", "nats", "Expected negative log-likelihood of the latest update");
        meter("elbo.kl", "elbo-kl", "nats", "KL divergence of the posterior from the prior");
        meter("memory", "memory", "events", "Events that the model stands for, N");
        meter("rival.evidence", "rival-evidence", "nats", "Evidence that the rival predicts better");
        meter("rival.weight", "rival-weight", "ratio", "Share of the rival in predictions");
        meter("take.overs", "take-overs", "", "How often the rival has taken over");
        meter(AGE, "", "seconds", "Time since the newest version was published, by this machine's clock");
    }

    private final ServedModels served;
    private final boolean scores;
    private final int most;
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
    private double published;

    ModelMeters(CredenceConfig config, ServedModels served, MeterRegistry registry) {
        this.served = served;
        this.scores = config.topics().unlabelled() != null;
        this.most = config.http().models();
        METERS.forEach((name, about) -> gauges.put(
                name,
                MultiGauge.builder("credence.model." + name)
                        .baseUnit(about[1].isEmpty() ? null : about[1])
                        .description(about[2])
                        .register(registry)));
        Gauge.builder("credence.models", () -> published)
                .description("Models that are published, on this instance")
                .register(registry);
    }

    private static void meter(String name, String source, String unit, String meaning) {
        METERS.put(name, new String[] {source, unit, meaning});
    }

    /** Sets every gauge from the metrics of Kafka Streams and from what is published. */
    void show(Map<MetricName, ? extends Metric> now) {
        Map<String, Map<String, Double>> values = new HashMap<>();
        now.forEach((name, metric) -> {
            String model = name.tags().get("model-key");
            if (name.group().equals(Names.METRICS_GROUP)
                    && model != null
                    && metric.metricValue() instanceof Number value
                    && Double.isFinite(value.doubleValue())) {
                values.computeIfAbsent(name.name(), gauge -> new HashMap<>()).put(model, value.doubleValue());
            }
        });
        Map<String, Double> ages = ages();
        published = ages.size();
        Set<String> shown =
                shown(ages, values.getOrDefault("events-trained", Map.of()).keySet());
        gauges.forEach((name, gauge) -> {
            String[] about = METERS.getOrDefault(name, new String[] {"", "", ""});
            Map<String, Double> known = name.equals(AGE) ? ages : values.getOrDefault(about[0], Map.of());
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (String model : shown) {
                Double value = known.get(model);
                if (value != null) {
                    rows.add(MultiGauge.Row.of(Tags.of(MODEL, model), value));
                }
            }
            gauge.register(rows, true);
        });
    }

    /** The models whose meters are shown: the first by name, so that two scrapes, and two instances, show the same. */
    private Set<String> shown(Map<String, Double> ages, Set<String> learned) {
        TreeSet<String> all = new TreeSet<>(ages.keySet());
        all.addAll(learned);
        return all.stream().limit(most).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Double> ages() {
        Map<String, Double> ages = new HashMap<>();
        if (!scores) {
            return ages;
        }
        try {
            Instant now = Instant.now();
            for (Published model : served.list()) {
                double age = (now.toEpochMilli() - model.publishedAt().toEpochMilli()) / 1000.0;
                ages.put(Api.name(model.modelKey()), age);
            }
        } catch (InvalidStateStoreException e) {
            // Not yet: there are none.
            ages.clear();
        }
        return ages;
    }
}
