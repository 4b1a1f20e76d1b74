package io.credence.serve;

import io.credence.config.CredenceConfig;

/**
 * The running service: topics made ready, the topology started, health served, stopped cleanly. One use.
 */
public final class CredenceService implements AutoCloseable {
    /** @param config the checked configuration */
    public CredenceService(CredenceConfig config) {}

    /**
     * Waits for the broker and the registry, creates or awaits the topics, and starts Kafka Streams. Returns as soon as
     * it has been started; {@link #ready} tells when it runs.
     *
     * @throws StartupException in one sentence, if something does not answer in time or a topic has the wrong shape
     */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Whether Kafka Streams is in state RUNNING. */
    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    /**
     * Blocks until the service has stopped.
     *
     * @return 0 after {@link #close}, 1 after a fatal error
     */
    public int awaitStop() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Commits, leaves the consumer group and stops everything. Idempotent. */
    @Override
    public void close() {}
}
