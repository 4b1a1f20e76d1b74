package io.credence.tool.benchmark;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.linalg.Blas;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.wire.CredenceSerde;
import io.credence.tool.benchmark.BenchmarkRun.Size;
import io.credence.tool.benchmark.BenchmarkRun.Timing;
import io.credence.tool.benchmark.Kernels.Rate;
import io.credence.tool.benchmark.LatencyProbe.Measured;
import io.credence.tool.benchmark.RateMeter.Rates;
import io.credence.tool.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Sizes a deployment on this machine: a broker in this process, Avro through the registry client on both sides,
 * exactly-once. Every run measures Kafka alone, the network alone, scoring, learning, and both at once, one after the
 * other, so that a noisy moment of the machine falls on all of them.
 */
public final class Benchmark {
    private static final long PUBLISHED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final BenchmarkPlan plan;
    private final Consumer<String> progress;

    /** @param progress takes a line for people now and then */
    public Benchmark(BenchmarkPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException if records were lost or doubled, or the stream stood still
     */
    public BenchmarkReport run() throws InterruptedException {
        Blas.load();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = new Topics(broker.bootstrapServers())) {
            PhaseConfigs phases = new PhaseConfigs(plan, broker.bootstrapServers());
            Workload workload = Workload.of(phases.both("benchmark"), plan.features());
            topics.fill(PhaseConfigs.EVENTS, plan.partitions(), plan.events(), workload::unlabelled);
            topics.fill(PhaseConfigs.LABELS, plan.partitions(), plan.events(), workload::labelled);
            topics.fill(PhaseConfigs.LESSONS, plan.partitions(), plan.trainEvents(), workload::labelled);
            LearnerState model = kernels(phases, workload).learned();
            topics.publish(phases.both("benchmark"), PhaseConfigs.MODEL, model);
            List<BenchmarkRun> runs = new ArrayList<>();
            for (int run = 1; run <= plan.runs(); run++) {
                BenchmarkRun figures = new Once(topics, phases, workload, model, "run" + run).run();
                progress.accept("run " + run + " of " + plan.runs() + ": " + BenchmarkReport.sentence(figures));
                runs.add(figures);
                topics.delete(name -> name.startsWith("run"));
            }
            return BenchmarkReport.of(runs);
        }
    }

    private Kernels kernels(PhaseConfigs phases, Workload workload) {
        CredenceConfig config = phases.both("benchmark");
        return new Kernels(config, workload.observations(config, plan.trainEvents()));
    }

    /** One run. */
    private final class Once {
        private final Topics topics;
        private final PhaseConfigs phases;
        private final Workload workload;
        private final LearnerState model;
        private final String run;

        Once(Topics topics, PhaseConfigs phases, Workload workload, LearnerState model, String run) {
            this.topics = topics;
            this.phases = phases;
            this.workload = workload;
            this.model = model;
            this.run = run;
        }

        BenchmarkRun run() throws InterruptedException {
            Rates passed = passThrough();
            Kernels kernels = kernels(phases, workload);
            Rate scoreKernel = kernels.score(model);
            String scoring = run + "-score";
            Rates scored;
            Memory memory;
            try (Running phase = Running.service(phases.scoring(scoring, PhaseConfigs.EVENTS))) {
                scored = phase.output(topics, scoring + "-scored", plan.events());
                memory = Memory.now();
            }
            long found = topics.count(scoring + "-scored");
            expect(plan.events(), found, "scored");
            Rates twice = twoHops();
            Rate trainKernel = kernels.train();
            String training = run + "-train";
            Rates trained;
            long learned;
            try (Running phase = Running.service(phases.training(training, PhaseConfigs.LESSONS))) {
                trained = phase.flows(learning(training));
                learned = published(training);
            }
            expect(plan.trainEvents(), learned, "learned");
            Size size = new Size(
                    memory,
                    topics.bytes((training + "-posteriors")::equals),
                    topics.bytes(name -> name.startsWith(training) && name.endsWith("-changelog")),
                    found,
                    learned);
            double rate = plan.rate() > 0 ? plan.rate() : scored.first() / 3;
            return new BenchmarkRun(
                    passed,
                    twice,
                    scoreKernel,
                    trainKernel,
                    scored,
                    trained,
                    both(),
                    size,
                    plan.latencySeconds() > 0 ? timing(rate) : null);
        }

        private Timing timing(double rate) throws InterruptedException {
            String live = run + "-" + PhaseConfigs.LIVE;
            String application = run + "-latency";
            topics.create(live, plan.partitions());
            try (Running phase = Running.service(phases.scoring(application, live))) {
                LatencyProbe probe = new LatencyProbe(
                        topics, live, application + "-scored", plan.partitions(), workload::unlabelled);
                Measured measured = probe.atRate(rate, Duration.ofSeconds(plan.latencySeconds()));
                return new Timing(rate, measured.committed(), measured.uncommitted(), probe.idle());
            }
        }

        private Rates passThrough() throws InterruptedException {
            String out = run + "-passed";
            topics.create(out, plan.partitions());
            CredenceConfig config = phases.scoring(run + "-pass", PhaseConfigs.EVENTS);
            try (Running phase = Running.topology(config, PassThrough.scoring(config, PhaseConfigs.EVENTS, out))) {
                return phase.output(topics, out, plan.events());
            }
        }

        private Rates twoHops() throws InterruptedException {
            String log = run + "-log";
            String out = run + "-twice";
            topics.create(log, 1);
            topics.create(out, 1);
            CredenceConfig config = phases.training(run + "-hops", PhaseConfigs.LABELS);
            try (Running phase =
                    Running.topology(config, PassThrough.training(config, PhaseConfigs.LABELS, log, out))) {
                return phase.output(topics, out, plan.events());
            }
        }

        private Rates both() {
            String application = run + "-both";
            int warmUp = BenchmarkPlan.warmUp(Math.min(plan.events(), plan.trainEvents()));
            try (Running phase = Running.service(phases.both(application));
                    KafkaConsumer<byte[], byte[]> looker = topics.consumer(application + "-scored", true)) {
                return phase.flows(
                        Running.output(looker, warmUp, plan.events()),
                        new RateMeter.Flow(() -> learnedOf(application), warmUp, plan.trainEvents()));
            }
        }

        private RateMeter.Flow learning(String application) {
            return new RateMeter.Flow(
                    () -> learnedOf(application), BenchmarkPlan.warmUp(plan.trainEvents()), plan.trainEvents());
        }

        private long learnedOf(String application) {
            return topics.committed(application, application + "-training");
        }

        /** The examples that the published model has learned, once they are all or the patience is over. */
        private long published(String application) {
            CredenceConfig config = phases.training(application, PhaseConfigs.LESSONS);
            long deadline = System.nanoTime() + PUBLISHED_NANOS;
            long events = 0;
            try (CredenceSerde<PosteriorChunk> serde = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
                while (events < plan.trainEvents() && System.nanoTime() < deadline) {
                    byte[] chunk = topics.last(application + "-posteriors");
                    events = chunk == null
                            ? 0
                            : Workload.usable(serde.decode(chunk)).getEvents();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
            return events;
        }

        private void expect(long sent, long found, String what) {
            if (sent != found) {
                throw new IllegalStateException(sent + " records were sent, but " + found + " were " + what);
            }
        }
    }
}
