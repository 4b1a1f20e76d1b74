package io.credence.topology;

import io.credence.config.CredenceConfig;
import org.apache.kafka.streams.Topology;

/** The Kafka Streams graph of Credence. */
public final class CredenceTopology {
    private CredenceTopology() {}

    /**
     * The graph that a configuration asks for.
     *
     * @param config the checked configuration
     */
    public static Topology build(CredenceConfig config) {
        throw new UnsupportedOperationException(config.applicationId());
    }
}
