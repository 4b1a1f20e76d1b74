package io.credence.stream.serve;

import io.credence.stream.http.Instance;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A service as the HTTP API sees it; its Kafka Streams may be started anew meanwhile. */
final class AskedInstance implements Instance {
    private final CredenceService service;
    private final String posteriors;

    /** @param posteriors the store of the published models */
    AskedInstance(CredenceService service, String posteriors) {
        this.service = service;
        this.posteriors = posteriors;
    }

    @Override
    public boolean live() {
        return service.exitCode() == 0;
    }

    @Override
    public boolean ready() {
        return service.ready();
    }

    @Override
    public String state() {
        return service.state();
    }

    @Override
    public Optional<String> cause() {
        return service.cause();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return streams()
                .<Map<MetricName, ? extends Metric>>map(KafkaStreams::metrics)
                .orElse(Map.of());
    }

    @Override
    public Optional<KafkaStreams> streams() {
        return service.streams();
    }

    @Override
    public ReadOnlyKeyValueStore<Bytes, byte[]> models() {
        KafkaStreams running = streams().orElseThrow(() -> new InvalidStateStoreException("not started"));
        try {
            return running.store(StoreQueryParameters.fromNameAndType(posteriors, QueryableStoreTypes.keyValueStore()));
        } catch (IllegalStateException e) {
            // Kafka Streams is stopping, starting anew or at its end.
            throw new InvalidStateStoreException(running.state().name(), e);
        }
    }
}
