package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over a running Kafka Streams, and stops it so that another instance takes over at once. */
public final class Guard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final Duration patience;
    private final ClockWatch watch;
    private final Pulse pulse;

    /**
     * @param models of the application
     * @param wallClock milliseconds since the epoch, as the machine believes: it may jump
     * @param patience most time that stopping may take
     */
    Guard(KafkaStreams streams, List<CredenceConfig> models, LongSupplier wallClock, Duration patience) {
        this.streams = streams;
        this.patience = patience;
        this.watch = ClockWatch.start(wallClock, this::renewThreads);
        this.pulse = new Pulse(models, streams::metrics).start();
    }

    /**
     * Commits, leaves the consumer group and stops everything: without leaving, the group waits for the session timeout
     * before it gives our partitions to another instance.
     *
     * @return whether it took no longer than {@code credence.shutdown.timeout.ms}
     */
    public boolean stop() {
        watch.close();
        pulse.close();
        boolean inTime = streams.close(
                CloseOptions.timeout(patience).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!inTime) {
            LOG.error("Kafka Streams did not stop within {} ms", patience.toMillis());
        }
        return inTime;
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /** Gives every stream thread a successor: whose clients, time-outs and tasks know nothing of the old time. */
    private void renewThreads() {
        if (!streams.state().isRunningOrRebalancing()) {
            return;
        }
        int threads = streams.metadataForLocalThreads().size();
        for (int i = 0; i < threads; i++) {
            if (streams.addStreamThread().isPresent()) {
                removeOne();
            }
        }
    }

    /** One that hangs must not keep the others from being replaced. */
    private void removeOne() {
        try {
            streams.removeStreamThread(RENEWAL);
        } catch (TimeoutException e) {
            LOG.warn("A stream thread did not end within {} s of being replaced", RENEWAL.toSeconds(), e);
        }
    }
}
