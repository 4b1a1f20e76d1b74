package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * The process around the topology.
 *
 * @param healthHost address that the health endpoints bind to
 * @param healthPort port of the health endpoints; 0 is off
 * @param startupTimeoutMs most milliseconds to wait for the registry, then for the broker, then for the topics
 * @param shutdownTimeoutMs most milliseconds that a clean stop may take
 * @param outageTimeoutMs most milliseconds that an outage is waited for: of the registry, or of the newest model
 */
public record ServiceSection(
        String healthHost, int healthPort, long startupTimeoutMs, long shutdownTimeoutMs, long outageTimeoutMs) {
    /** {@code credence.health.host}. */
    public static final String HEALTH_HOST = CredenceConfig.PREFIX + "health.host";

    /** {@code credence.health.port}. */
    public static final String HEALTH_PORT = CredenceConfig.PREFIX + "health.port";

    /** {@code credence.startup.timeout.ms}. */
    public static final String STARTUP_TIMEOUT = CredenceConfig.PREFIX + "startup.timeout.ms";

    /** {@code credence.shutdown.timeout.ms}. */
    public static final String SHUTDOWN_TIMEOUT = CredenceConfig.PREFIX + "shutdown.timeout.ms";

    /** {@code credence.outage.timeout.ms}. */
    public static final String OUTAGE_TIMEOUT = CredenceConfig.PREFIX + "outage.timeout.ms";

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Service")
                .add(
                        HEALTH_PORT,
                        INT,
                        0,
                        Range.between(0, 65_535),
                        MEDIUM,
                        "The port of the HTTP probes `/live` and `/ready`; 0 turns them off.")
                .add(
                        HEALTH_HOST,
                        STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        LOW,
                        "The address that the HTTP probes bind to. In a container set 0.0.0.0, so that the"
                                + " orchestrator reaches them.")
                .add(
                        STARTUP_TIMEOUT,
                        LONG,
                        60_000L,
                        Range.between(1L, 86_400_000L),
                        LOW,
                        "The longest time, in milliseconds, to wait at start for the schema registry, then"
                                + " for the broker, then for the topics.")
                .add(
                        SHUTDOWN_TIMEOUT,
                        LONG,
                        20_000L,
                        Range.between(1L, 86_400_000L),
                        LOW,
                        "The longest time, in milliseconds, that a clean stop may take.")
                .add(
                        OUTAGE_TIMEOUT,
                        LONG,
                        300_000L,
                        Range.between(0L, 86_400_000L),
                        LOW,
                        "The longest time, in milliseconds, that a running service waits for what should come"
                                + " back: a schema registry that does not answer when a record needs a schema that is"
                                + " not known yet, or a model on the posteriors topic that is no older than the one"
                                + " used before. After it the service stops with exit code 1. The record waits and is"
                                + " never a dead letter because of it.")
                .end();
    }

    static ServiceSection service(AbstractConfig config) {
        return new ServiceSection(
                config.getString(HEALTH_HOST),
                config.getInt(HEALTH_PORT),
                config.getLong(STARTUP_TIMEOUT),
                config.getLong(SHUTDOWN_TIMEOUT),
                config.getLong(OUTAGE_TIMEOUT));
    }
}
