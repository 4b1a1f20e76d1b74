package io.credence.tool.benchmark;

import io.credence.bayes.linalg.Blas;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.tool.broker.EmbeddedBroker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * What the page, the API and the meters cost while somebody looks: the same records are scored and learned without them,
 * and with them, an event stream that is read to its end and a scrape every second, by turns. Processor time, so that it
 * can be measured on a machine that others use too.
 *
 * <pre>{@code src/test/scripts/page-cost.sh [PAIRS [EVENTS [LABELS]]]}</pre>
 */
public final class PageCost {
    private static final Pattern STREAM = Pattern.compile(".*-StreamThread-\\d+");
    private static final Pattern OURS = Pattern.compile(
            "credence-(http|watch).*|kafka-admin-client-thread.*-http|micrometer-.*|.*(Jetty|jetty|Connector-Scheduler|Scheduler-).*");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final int pairs;
    private final int events;
    private final int labels;

    private PageCost(int pairs, int events, int labels) {
        this.pairs = pairs;
        this.events = events;
        this.labels = labels;
    }

    /**
     * Processor time of one run.
     *
     * @param streamNanos of the stream threads, from their start to the last record
     * @param oursNanos of HTTP, sampling and meters in the same time
     * @param serviceNanos of all threads of the service: streams, their clients, and ours
     * @param processNanos of the process, the broker, the compiler and the collector included
     * @param seconds on the wall
     */
    private record Cost(long streamNanos, long oursNanos, long serviceNanos, long processNanos, double seconds) {}

    public static void main(String[] arguments) throws Exception {
        new PageCost(argument(arguments, 0, 10), argument(arguments, 1, 600_000), argument(arguments, 2, 24_000)).run();
        System.exit(0);
    }

    private static int argument(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    private void run() throws Exception {
        Blas.load();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = new Topics(broker.bootstrapServers())) {
            PhaseConfigs bare = new PhaseConfigs(plan(Map.of()), broker.bootstrapServers());
            PhaseConfigs seen = new PhaseConfigs(plan(Map.of("credence.http.port", "0")), broker.bootstrapServers());
            Workload workload =
                    Workload.of(bare.both("benchmark"), plan(Map.of()).features());
            topics.fill(PhaseConfigs.EVENTS, 1, events, workload::unlabelled);
            topics.fill(PhaseConfigs.LESSONS, 1, labels, workload::labelled);
            once(topics, bare.both("warm-bare"));
            once(topics, seen.both("warm-seen"));
            List<Double> ratios = new ArrayList<>();
            List<Double> ofProcess = new ArrayList<>();
            List<Double> ofService = new ArrayList<>();
            for (int pair = 1; pair <= pairs; pair++) {
                // Whatever gets slower or faster meanwhile shall not always be on the same side.
                boolean bareFirst = pair % 2 == 1;
                Cost first = once(topics, (bareFirst ? bare : seen).both("run" + pair + "-first"));
                Cost second = once(topics, (bareFirst ? seen : bare).both("run" + pair + "-second"));
                Cost without = bareFirst ? first : second;
                Cost with = bareFirst ? second : first;
                ratios.add((double) with.streamNanos / without.streamNanos);
                ofProcess.add((double) with.oursNanos / with.processNanos);
                ofService.add((double) with.oursNanos / with.serviceNanos);
                System.out.printf(
                        Locale.ROOT,
                        "pair %d: stream threads %.2f and %.2f us a record, ratio %.4f; ours %.2f %% of the process, %.2f %%"
                                + " of the service's threads; %.1f s and %.1f s%n",
                        pair,
                        micros(without),
                        micros(with),
                        ratios.get(pair - 1),
                        100 * ofProcess.get(pair - 1),
                        100 * ofService.get(pair - 1),
                        without.seconds,
                        with.seconds);
                topics.delete(name -> name.startsWith("run"));
            }
            System.out.printf(
                    Locale.ROOT,
                    "median of %d pairs: stream threads %.4f times as much a record with as without; HTTP, sampling and meters"
                            + " %.2f %% of the process, %.2f %% of the service's threads%n",
                    pairs,
                    median(ratios),
                    100 * median(ofProcess),
                    100 * median(ofService));
        }
    }

    private double micros(Cost cost) {
        return cost.streamNanos / 1e3 / (events + labels);
    }

    private static double median(List<Double> values) {
        return Efficiency.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private BenchmarkPlan plan(Map<String, String> settings) {
        return new BenchmarkPlan(events, labels, 1, 1, 16, List.of(64, 64), 32, 1, 0, 0, 1, settings);
    }

    private Cost once(Topics topics, CredenceConfig config) throws Exception {
        String application = config.applicationId();
        try (CredenceService service = new CredenceService(config)) {
            service.start();
            try (Visitors visitors = Visitors.of(service.httpAddress());
                    KafkaConsumer<byte[], byte[]> looker = topics.consumer(application + "-scored", true)) {
                RateMeter.Flow scored = Running.output(looker, 0, events);
                long start = System.nanoTime();
                long process = CpuClock.now().processNanos();
                long[] before = {nanos(OURS), nanos(all(application))};
                while (scored.count().getAsLong() < events
                        || topics.committed(application, application + "-training") < labels) {
                    if (service.exitCode() != 0 || System.nanoTime() - start > PATIENCE_NANOS) {
                        throw new IllegalStateException("what was to be measured has stopped: see the log");
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                visitors.verify();
                return new Cost(
                        nanos(STREAM),
                        nanos(OURS) - before[0],
                        nanos(all(application)) - before[1],
                        CpuClock.now().processNanos() - process,
                        (System.nanoTime() - start) * 1e-9);
            }
        }
    }

    /** Ours, and those whose names have that of the application: stream threads and clients. */
    private static Pattern all(String application) {
        return Pattern.compile(OURS + "|.*" + Pattern.quote(application) + ".*");
    }

    private static long nanos(Pattern names) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && names.matcher(thread.getThreadName()).matches()) {
                nanos += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return nanos;
    }
}
