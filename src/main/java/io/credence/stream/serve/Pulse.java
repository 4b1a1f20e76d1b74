package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.EventSection;
import io.credence.stream.topology.Activity;
import io.credence.stream.topology.Names;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one line that a healthy service logs in a minute: what it learned and scored in it, how well, how far behind it
 * is and what it set aside. A warning takes its place where records arrive and none is learned.
 */
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** Half of the minute: labels that came at its very end have the next half to be learned. */
    private static final long BEAT_S = 30;

    private final List<CredenceConfig> models;
    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private final ScheduledExecutorService beating;
    private final Map<MetricName, Double> totals = new HashMap<>();
    private Beat last = new Beat();
    private boolean half;

    /** What happened between two looks at the metrics. */
    private static final class Beat {
        private final Map<Activity, Double> records = new EnumMap<>(Activity.class);
        private double squares;
        private double covered;
        private double tested;

        double of(Activity activity) {
            return records.getOrDefault(activity, 0.0);
        }

        /** Whether labels came that nothing came of. */
        boolean learnsNothing() {
            return of(Activity.ARRIVED) > 0 && of(Activity.LEARNED) == 0;
        }
    }

    /**
     * @param models of the application
     * @param metrics those of Kafka Streams as they stand
     */
    Pulse(List<CredenceConfig> models, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        this.models = List.copyOf(models);
        this.metrics = metrics;
        this.beating = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "credence-pulse");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Logs until it is closed. */
    Pulse start() {
        var unused = beating.scheduleWithFixedDelay(this::log, BEAT_S, BEAT_S, TimeUnit.SECONDS);
        return this;
    }

    private void log() {
        try {
            beat().forEach((line, warning) -> {
                if (warning) {
                    LOG.warn(line);
                } else {
                    LOG.info(line);
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("The metrics cannot be read now", e);
        }
    }

    /** The line of every second beat, and whether it is a warning; none in between. */
    Map<String, Boolean> beat() {
        Map<MetricName, ? extends Metric> now = metrics.get();
        Beat beat = since(now);
        Beat before = last;
        last = beat;
        half = !half;
        if (half) {
            return Map.of();
        }
        boolean idle = before.learnsNothing() && beat.learnsNothing();
        return idle ? Map.of(warning(before, beat), true) : Map.of(line(before, beat, lag(now)), false);
    }

    private Beat since(Map<MetricName, ? extends Metric> now) {
        Beat beat = new Beat();
        for (Activity activity : Activity.values()) {
            double records = now.keySet().stream()
                    .filter(name -> ours(name, activity.metric()))
                    .mapToDouble(name -> grown(name, number(now, name)))
                    .sum();
            beat.records.put(activity, records);
        }
        for (MetricName name : now.keySet()) {
            if (ours(name, "events-trained")) {
                double tested = number(now, name);
                double rmse = number(now, like(name, "prequential-rmse"));
                double coverage = number(now, like(name, "prequential-coverage"));
                double events = grown(name, tested);
                double squares = grown(like(name, "squares"), rmse * rmse * tested);
                double covered = grown(like(name, "covered"), coverage * tested);
                if (events > 0 && squares >= 0) {
                    beat.tested += events;
                    beat.squares += squares;
                    beat.covered += covered;
                }
            }
        }
        return beat;
    }

    /** How much a total has grown; all of it where its task has just come here. */
    private double grown(MetricName name, double total) {
        if (Double.isNaN(total)) {
            return 0;
        }
        Double before = totals.put(name, total);
        return before == null || total < before ? total : total - before;
    }

    private static MetricName like(MetricName name, String other) {
        return new MetricName(other, name.group(), "", name.tags());
    }

    private static boolean ours(MetricName name, String metric) {
        return name.group().equals(Names.METRICS_GROUP) && name.name().equals(metric);
    }

    private static double number(Map<MetricName, ? extends Metric> now, MetricName name) {
        Metric metric = now.get(name);
        return metric != null && metric.metricValue() instanceof Number value ? value.doubleValue() : Double.NaN;
    }

    /** Records of all inputs and of the log that the main consumers have still to read. */
    private static double lag(Map<MetricName, ? extends Metric> now) {
        return now.keySet().stream()
                .filter(name -> name.group().equals("consumer-fetch-manager-metrics")
                        && name.name().equals("records-lag")
                        && !name.tags().getOrDefault("client-id", "").matches(".*(global|restore)-consumer"))
                .mapToDouble(name -> number(now, name))
                .filter(Double::isFinite)
                .sum();
    }

    private static String line(Beat first, Beat second, double lag) {
        double tested = first.tested + second.tested;
        String quality = "";
        if (tested > 0) {
            double rmse = Math.sqrt((first.squares + second.squares) / tested);
            double coverage = (first.covered + second.covered) / tested;
            quality = Double.isNaN(rmse)
                    ? ""
                    : String.format(Locale.ROOT, " (error %.4g, %.0f %% inside the interval)", rmse, 100 * coverage);
        }
        return String.format(
                Locale.ROOT,
                "In the last minute: learned %.0f%s, scored %.0f, dead letters %.0f, behind by %.0f record(s)",
                first.of(Activity.LEARNED) + second.of(Activity.LEARNED),
                quality,
                first.of(Activity.SCORED) + second.of(Activity.SCORED),
                first.of(Activity.DEAD) + second.of(Activity.DEAD),
                lag);
    }

    private String warning(Beat first, Beat second) {
        String topics = models.stream()
                .map(model -> String.valueOf(model.topics().labelled()))
                .distinct()
                .collect(Collectors.joining(", "));
        String labels = models.stream()
                .map(model -> String.valueOf(model.events().label()))
                .distinct()
                .collect(Collectors.joining(", "));
        String deadLetters = models.stream()
                .map(model -> model.topics().deadLetters())
                .distinct()
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Nothing was learned in the last minute, although %.0f record(s) came on topic %s: %.0f became dead letters"
                        + " (topic %s says why), %.0f were scored for want of a label; is %s=%s the field of the label?",
                first.of(Activity.ARRIVED) + second.of(Activity.ARRIVED),
                topics,
                first.of(Activity.DEAD) + second.of(Activity.DEAD),
                deadLetters,
                first.of(Activity.SCORED) + second.of(Activity.SCORED),
                EventSection.LABEL,
                labels);
    }

    @Override
    public void close() {
        beating.shutdownNow();
    }
}
