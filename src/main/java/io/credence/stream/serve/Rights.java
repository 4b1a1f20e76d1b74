package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
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
        need(needed, topics.deadLetters(), AclOperation.WRITE);
        need(needed, topics.posteriors(), AclOperation.READ);
        if (topics.labelled() != null) {
            need(needed, topics.training(), AclOperation.READ);
            need(needed, topics.training(), AclOperation.WRITE);
            need(needed, topics.posteriors(), AclOperation.WRITE);
            need(needed, topics.metrics(), AclOperation.WRITE);
        }
        if (topics.unlabelled() != null) {
            need(needed, topics.scored(), AclOperation.WRITE);
            need(needed, topics.alerts(), AclOperation.WRITE);
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
        admin.describeTopics(needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .forEach((topic, answer) -> compare(
                        missing,
                        "the topic " + topic,
                        needed.getOrDefault(topic, Set.of()),
                        granted(answer, description -> description.authorizedOperations())));
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

    private static void compare(
            List<String> missing, String resource, Set<AclOperation> needed, @Nullable Set<AclOperation> granted) {
        if (granted == null) {
            return;
        }
        Set<AclOperation> absent = EnumSet.noneOf(AclOperation.class);
        absent.addAll(needed);
        absent.removeAll(granted);
        if (!absent.isEmpty()) {
            missing.add(LastingFault.missing(
                    absent.stream().map(AclOperation::name).collect(Collectors.joining(" and ")), resource));
        }
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
