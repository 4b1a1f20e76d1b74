package io.credence.stream.config;

/**
 * The process around the topology.
 *
 * @param healthHost address that the health endpoints bind to
 * @param healthPort port of the health endpoints; 0 is off
 * @param startupTimeoutMs most milliseconds to wait for the registry, then for the broker, then for the topics
 * @param shutdownTimeoutMs most milliseconds that a clean stop may take
 * @param outageTimeoutMs most milliseconds that an outage is waited for: of the registry, or of the newest model
 */
public record ServiceConfig(
        String healthHost, int healthPort, long startupTimeoutMs, long shutdownTimeoutMs, long outageTimeoutMs) {}
