package io.credence.stream.http;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.OtlpSection;
import io.credence.stream.topology.ServedModels;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends the meters of this instance to an OpenTelemetry collector, now and then and once more at the end. */
public final class OtlpPush implements AutoCloseable {
    private final ServedModels models;
    private final Registry registry;

    /**
     * Begins to send.
     *
     * @param config with an address of a collector
     * @param instance whose meters are sent
     */
    public OtlpPush(CredenceConfig config, Instance instance) {
        models = new ServedModels(config, instance::models);
        registry = new Registry(new Settings(config.otlp(), config.applicationId()));
        registry.meters = new Meters(config, instance, models, registry);
    }

    @Override
    public void close() {
        registry.close();
        Meters meters = registry.meters;
        if (meters != null) {
            meters.close();
        }
        models.close();
    }

    /** What is sent is looked at just before. */
    private static final class Registry extends OtlpMeterRegistry {
        private volatile @Nullable Meters meters;

        Registry(OtlpConfig settings) {
            super(settings, Clock.SYSTEM);
        }

        @Override
        protected void publish() {
            Meters known = meters;
            if (known != null) {
                known.refresh();
                super.publish();
            }
        }
    }

    /** Nothing of it comes from elsewhere, but for what the environment says of the resource, as OpenTelemetry has it. */
    private record Settings(OtlpSection otlp, String service) implements OtlpConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return Objects.requireNonNull(otlp.url());
        }

        @Override
        public Duration step() {
            return Duration.ofMillis(otlp.intervalMs());
        }

        @Override
        public Map<String, String> headers() {
            return otlp.headers();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            Map<String, String> attributes = new LinkedHashMap<>(OtlpConfig.super.resourceAttributes());
            attributes.putIfAbsent("service.name", service);
            return attributes;
        }
    }
}
