package io.credence.stream.serve;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices while a service runs that an input topic got more partitions, or is gone, or is another topic of that name. */
final class InputWatch implements AutoCloseable {
    /** Sooner than the clients notice by themselves: {@code metadata.max.age.ms}, 5 minutes by default. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(InputWatch.class);

    private final Look look;
    private final Runnable grown;
    private final String group;
    private final Map<String, Seen> last = new TreeMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "credence-input-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** A topic as it was found; {@link #GONE} if it was not. */
    record Seen(Uuid id, int partitions) {
        static final Seen GONE = new Seen(Uuid.ZERO_UUID, 0);
    }

    /** The input topics as they are now; one that is not there is left out. */
    interface Look {
        Map<String, Seen> now();
    }

    /**
     * @param look asks the broker
     * @param grown what is done when a topic has more partitions than before
     * @param group the consumer group, for messages: {@code application.id}
     */
    InputWatch(Look look, Runnable grown, String group) {
        this.look = look;
        this.grown = grown;
        this.group = group;
    }

    /** Looks until it is closed. */
    InputWatch start() {
        look();
        var unused =
                looking.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Looks once. */
    void look() {
        Map<String, Seen> now;
        try {
            now = look.now();
        } catch (RuntimeException e) {
            LOG.debug("The input topics cannot be seen now", e);
            return;
        }
        now.keySet().forEach(topic -> last.putIfAbsent(topic, Seen.GONE));
        boolean more = false;
        for (Map.Entry<String, Seen> topic : last.entrySet()) {
            Seen before = topic.getValue();
            Seen after = now.getOrDefault(topic.getKey(), Seen.GONE);
            topic.setValue(after.equals(Seen.GONE) ? new Seen(before.id(), 0) : after);
            tell(topic.getKey(), before, after);
            more |= before.partitions() > 0 && after.partitions() > before.partitions();
        }
        if (more) {
            grown.run();
        }
    }

    private void tell(String topic, Seen before, Seen after) {
        boolean known = !before.id().equals(Uuid.ZERO_UUID);
        if (known && after.equals(Seen.GONE) && before.partitions() > 0) {
            LOG.warn(
                    "Input topic {} is not there any more: create it again with {} partition(s) or more, and start the"
                            + " service if it has stopped; nothing that was learned is lost",
                    topic,
                    before.partitions());
        } else if (known && !after.equals(Seen.GONE) && !after.id().equals(before.id())) {
            LOG.warn(
                    "Input topic {} was deleted and created again: its offsets begin anew, and what was not read of the"
                            + " old one is gone. So that nothing of the new one is skipped, stop the service, run"
                            + " kafka-consumer-groups.sh --group {} --topic {} --reset-offsets --to-earliest --execute,"
                            + " and start it again",
                    topic,
                    group,
                    topic);
        } else if (known && after.partitions() > before.partitions() && before.partitions() > 0) {
            LOG.warn("Input topic {} has {} partitions now, {} before", topic, after.partitions(), before.partitions());
        }
    }

    @Override
    public void close() {
        looking.shutdown();
    }
}
