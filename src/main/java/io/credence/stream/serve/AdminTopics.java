package io.credence.stream.serve;

import io.credence.stream.serve.InputWatch.Seen;
import io.credence.stream.serve.Retry.NotYet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plan carried out on a broker: waits for it, creates what is missing where allowed, waits for the rest. */
final class AdminTopics {
    private static final Logger LOG = LoggerFactory.getLogger(AdminTopics.class);

    private final Admin admin;
    private final Retry retry;
    private final String servers;

    /** @param servers the broker's address for messages: {@code bootstrap.servers} */
    AdminTopics(Admin admin, Retry retry, String servers) {
        this.admin = admin;
        this.retry = retry;
        this.servers = servers;
    }

    /** @throws StartupException naming the broker, if it does not answer in time or refuses us */
    void connect() {
        int nodes = retry.until(broker(), () -> answer(admin.describeCluster().nodes(), "the cluster")
                .size());
        LOG.info("Connected to {} broker(s) through {}", nodes, servers);
    }

    /**
     * Makes every topic of the plan exist.
     *
     * @param create whether missing topics are created rather than awaited
     * @throws StartupException naming the broker or the topics, if they do not come in time or have the wrong shape
     */
    void prepare(TopicPlan plan, boolean create) {
        Map<String, Integer> existing = retry.until(broker(), () -> partitions(plan.names()));
        plan.check(existing);
        List<NewTopic> creations = create ? plan.creations(existing) : List.of();
        creations.forEach(topic -> retry.until(broker(), () -> create(topic)));
        String wanted = create ? "topics" : "topics, which credence.topics.create=false leaves to you";
        plan.check(retry.until(wanted, () -> {
            Map<String, Integer> found = partitions(plan.names());
            List<String> missing = plan.missing(found.keySet());
            if (!missing.isEmpty()) {
                throw new NotYet("missing are " + String.join(", ", missing));
            }
            return found;
        }));
        List<String> fresh = creations.stream().map(NewTopic::name).toList();
        if (!fresh.isEmpty()) {
            retry.until("the logs of new topics", () -> beginnings(fresh));
        }
    }

    /**
     * Asks for the ends of topics' partitions, which only their logs know. A topic is described before it has its logs,
     * and a producer whose first batch comes before them is out of order until its transaction has been given up.
     */
    private int beginnings(Collection<String> names) throws NotYet, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions(names).forEach((name, count) -> IntStream.range(0, count)
                .forEach(p -> ends.put(new TopicPartition(name, p), OffsetSpec.latest())));
        return answer(admin.listOffsets(ends).all(), "the ends of new topics").size();
    }

    private String broker() {
        return "the broker at bootstrap.servers=" + servers;
    }

    /** The number of partitions of each topic of a plan that exists. */
    Map<String, Integer> existing(TopicPlan plan) {
        return existing(plan.names());
    }

    /** The number of partitions of each of these topics that exists. */
    Map<String, Integer> existing(Collection<String> names) {
        return retry.until(broker(), () -> partitions(names));
    }

    /** Those of these topics that are there, as they are now. */
    Map<String, Seen> seen(Collection<String> names) {
        return retry.until(broker(), () -> {
            Map<String, Seen> seen = new TreeMap<>();
            descriptions(names)
                    .forEach((name, topic) -> seen.put(
                            name, new Seen(topic.topicId(), topic.partitions().size())));
            return seen;
        });
    }

    /** Adds partitions to a topic; somebody else may have done it already. */
    void extend(String name, int partitions) {
        retry.until(broker(), () -> {
            try {
                admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                        .all()
                        .get();
                LOG.info("Gave topic {} {} partitions, as many as the input topic has", name, partitions);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    throw new StartupException(LastingFault.missing("ALTER", "the topic " + name), e);
                }
                if (!(e.getCause() instanceof InvalidPartitionsException)) {
                    throw fault(e, "topic " + name);
                }
            }
            Integer now = partitions(List.of(name)).get(name);
            if (now == null || now < partitions) {
                throw new NotYet("topic " + name + " has " + now + " partition(s)");
            }
            return now;
        });
    }

    /** The number of partitions of each topic that exists. */
    private Map<String, Integer> partitions(Collection<String> names) throws NotYet, InterruptedException {
        Map<String, Integer> found = new TreeMap<>();
        descriptions(names)
                .forEach((name, topic) -> found.put(name, topic.partitions().size()));
        return found;
    }

    private Map<String, TopicDescription> descriptions(Collection<String> names) throws NotYet, InterruptedException {
        Map<String, TopicDescription> found = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                found.put(topic.getKey(), topic.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw fault(e, "topic " + topic.getKey());
                }
            }
        }
        return found;
    }

    private boolean create(NewTopic topic) throws NotYet, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info(
                    "Created topic {} with {} partition(s) and {}",
                    topic.name(),
                    topic.numPartitions(),
                    topic.configs());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            if (e.getCause() instanceof AuthorizationException) {
                LOG.warn(
                        "The right CREATE on the topic {} is missing; waiting for somebody else to create it",
                        topic.name());
                return false;
            }
            throw fault(e, "topic " + topic.name());
        }
    }

    private <T> T answer(KafkaFuture<T> future, String what) throws NotYet, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw fault(e, what);
        }
    }

    /** Another try if time may heal it, else the sentence that ends the wait. */
    private NotYet fault(ExecutionException failure, String what) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof RetriableException) {
            return new NotYet(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        }
        if (cause instanceof AuthenticationException refusal) {
            throw new StartupException(
                    LastingFault.refused(refusal, "the broker at bootstrap.servers=" + servers), cause);
        }
        throw new StartupException(
                "the broker at bootstrap.servers=" + servers + " refused a request for " + what + ": "
                        + cause.getMessage(),
                cause);
    }
}
