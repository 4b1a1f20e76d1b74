package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rights on topics and group that the service needs, compared with what the broker says that it has. */
final class Rights {
    private static final Logger LOG = LoggerFactory.getLogger(Rights.class);

    private Rights() {}

    /** What a configuration does with each topic. */
    static Map<String, Set<AclOperation>> needed(TopicSection topics) {
        Map<String, Set<AclOperation>> needed = new TreeMap<>();
        topics.inputs().forEach(input -> need(needed, input, AclOperation.READ));
        topics.hops().forEach(hop -> {
            need(needed, hop, AclOperation.READ);
            need(needed, hop, AclOperation.WRITE);
        });
        need(needed, topics.deadLetters(), AclOperation.WRITE);
        need(needed, topics.posteriors(), AclOperation.READ);
        need(needed, topics.notices(), AclOperation.READ);
        need(needed, topics.notices(), AclOperation.WRITE);
        need(needed, topics.alerts(), AclOperation.WRITE);
        if (topics.learns()) {
            need(needed, topics.training(), AclOperation.READ);
            need(needed, topics.training(), AclOperation.WRITE);
            need(needed, topics.posteriors(), AclOperation.WRITE);
            need(needed, topics.changes(), AclOperation.WRITE);
            need(needed, topics.metrics(), AclOperation.WRITE);
        }
        if (topics.series() != null) {
            need(needed, topics.series(), AclOperation.READ);
            need(needed, topics.series(), AclOperation.WRITE);
        }
        if (topics.unlabelled() != null) {
            need(needed, topics.scored(), AclOperation.WRITE);
        }
        return needed;
    }

    /**
     * The rights that the broker says are missing, one sentence each. What it does not tell is not missed: the first
     * request that needs it will.
     */
    static List<String> missing(Admin admin, CredenceConfig config) {
        Map<String, Set<AclOperation>> needed = needed(config.topics());
        List<String> missing = new ArrayList<>();
        descriptions(admin, needed.keySet())
                .forEach((topic, answer) -> compare(
                        missing,
                        "the topic " + topic,
                        needed.getOrDefault(topic, Set.of()),
                        granted(answer, TopicDescription::authorizedOperations)));
        missing.addAll(missingOnChangelogs(admin, config));
        String group = config.applicationId();
        admin.describeConsumerGroups(
                        List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .forEach((name, answer) -> compare(
                        missing,
                        "the group " + name,
                        Set.of(AclOperation.READ),
                        granted(answer, description -> description.authorizedOperations())));
        return missing;
    }

    /** The same of the changelogs alone: of those that are there yet READ and WRITE, of the others CREATE. */
    static List<String> missingOnChangelogs(Admin admin, CredenceConfig config) {
        List<String> absent = new ArrayList<>();
        Map<String, List<String>> topics = new TreeMap<>();
        descriptions(admin, Changelogs.of(config).all()).forEach((topic, answer) -> {
            if (isAbsent(answer)) {
                absent.add(topic);
            } else {
                rights(
                                EnumSet.of(AclOperation.READ, AclOperation.WRITE),
                                granted(answer, TopicDescription::authorizedOperations))
                        .ifPresent(right -> topics.computeIfAbsent(right, r -> new ArrayList<>())
                                .add(topic));
            }
        });
        if (!absent.isEmpty()) {
            // Nothing is created: the broker only says whether it would be.
            admin.createTopics(
                            absent.stream()
                                    .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()))
                                    .toList(),
                            new CreateTopicsOptions().validateOnly(true))
                    .values()
                    .forEach((topic, answer) -> {
                        if (Set.of().equals(granted(answer, nothing -> null))) {
                            topics.computeIfAbsent(AclOperation.CREATE.name(), r -> new ArrayList<>())
                                    .add(topic);
                        }
                    });
        }
        return topics.entrySet().stream()
                .map(right -> LastingFault.missing(
                        right.getKey(),
                        (right.getValue().size() == 1 ? "the topic " : "the topics ")
                                + right.getValue().stream().sorted().collect(Collectors.joining(", "))))
                .toList();
    }

    private static Map<String, KafkaFuture<TopicDescription>> descriptions(Admin admin, Collection<String> topics) {
        return admin.describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
    }

    private static boolean isAbsent(KafkaFuture<TopicDescription> answer) {
        try {
            answer.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking for our rights", e);
        }
    }

    private static void compare(
            List<String> missing, String resource, Set<AclOperation> needed, @Nullable Set<AclOperation> granted) {
        rights(needed, granted).ifPresent(right -> missing.add(LastingFault.missing(right, resource)));
    }

    /** The names of the rights that are needed and not granted; empty if none is missing or nothing is known. */
    private static Optional<String> rights(Set<AclOperation> needed, @Nullable Set<AclOperation> granted) {
        Set<AclOperation> absent = EnumSet.noneOf(AclOperation.class);
        absent.addAll(needed);
        absent.removeAll(granted == null ? needed : granted);
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(absent.stream().map(AclOperation::name).collect(Collectors.joining(" and ")));
    }

    /** What is granted: nothing if not even the question is, null if the broker does not say. */
    private static <T> @Nullable Set<AclOperation> granted(
            KafkaFuture<T> answer, KafkaFuture.BaseFunction<T, @Nullable Set<AclOperation>> operations) {
        try {
            return operations.apply(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Set.of();
            }
            LOG.debug("The rights are not known", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking for our rights", e);
        }
    }

    private static void need(Map<String, Set<AclOperation>> needed, String topic, AclOperation operation) {
        needed.computeIfAbsent(topic, t -> EnumSet.noneOf(AclOperation.class)).add(operation);
    }
}
