package io.credence.tool.benchmark;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.tool.benchmark.RateMeter.Flow;
import io.credence.tool.benchmark.RateMeter.Rates;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** Something that runs while its rates are measured, and is stopped afterwards. */
final class Running implements AutoCloseable {
    private final AutoCloseable running;
    private final BooleanSupplier alive;

    private Running(AutoCloseable running, BooleanSupplier alive) {
        this.running = running;
        this.alive = alive;
    }

    /** Starts the service. */
    static Running service(CredenceConfig config) {
        CredenceService service = new CredenceService(config);
        service.start();
        return new Running(service, () -> service.exitCode() == 0);
    }

    /** Starts a topology with the settings that a service would have. */
    static Running topology(CredenceConfig config, Topology topology) {
        KafkaStreams streams = new KafkaStreams(topology, config.streams());
        streams.start();
        return new Running(
                () -> streams.close(CloseOptions.timeout(Duration.ofSeconds(30))
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)),
                () -> !streams.state().hasCompletedShutdown());
    }

    /** The rate at which a topic receives committed records. */
    Rates output(Topics topics, String topic, int total) {
        try (KafkaConsumer<byte[], byte[]> looker = topics.consumer(topic, true)) {
            return RateMeter.measure(List.of(output(looker, BenchmarkPlan.warmUp(total), total)), alive);
        }
    }

    /** The rates of several flows at once. */
    Rates flows(Flow... flows) {
        return RateMeter.measure(List.of(flows), alive);
    }

    /** The committed records of the topic that a consumer has. Transaction markers count, some ten a second. */
    static Flow output(KafkaConsumer<byte[], byte[]> looker, long warmUp, long total) {
        return new Flow(
                () -> looker.endOffsets(looker.assignment()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                warmUp,
                total);
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what was measured does not stop", e);
        }
    }
}
