package io.credence.serve;

import io.credence.config.CredenceConfig;
import io.credence.topology.Names;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the topics take records as large as the parts of a model. */
final class RecordLimits {
    private static final Logger LOG = LoggerFactory.getLogger(RecordLimits.class);
    private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
    private static final int FRAMING = 512;

    private RecordLimits() {}

    /** @throws StartupException naming the topic whose limit is too small, and what to do */
    static void check(Admin admin, CredenceConfig config) {
        int needed = config.publishing().chunkBytes() + FRAMING;
        List<ConfigResource> topics = List.of(
                topic(config.topics().training()),
                topic(config.topics().posteriors()),
                topic(config.applicationId() + "-" + Names.LEARNER_STATE + "-changelog"));
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer :
                admin.describeConfigs(topics).values().entrySet()) {
            String name = answer.getKey().name();
            int limit = limit(name, answer.getValue());
            if (limit < needed) {
                throw new StartupException("topic " + name + " takes records of at most " + limit + " bytes (" + LIMIT
                        + "), but a part of the model takes up to " + needed + ": set producer.max.request.size="
                        + limit + ", or raise the topic's limit");
            }
        }
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    /** The limit of a topic; none if it is not there yet or we may not know. */
    private static int limit(String name, KafkaFuture<Config> answer) {
        try {
            return Integer.parseInt(answer.get().get(LIMIT).value());
        } catch (ExecutionException e) {
            LOG.debug("The settings of topic {} are not known", name, e);
            return Integer.MAX_VALUE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking for the settings of topic " + name, e);
        }
    }
}
