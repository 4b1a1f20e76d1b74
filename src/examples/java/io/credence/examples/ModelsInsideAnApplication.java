package io.credence.examples;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.Guard;
import io.credence.stream.serve.Safeguards;
import io.credence.stream.topology.CredenceTopology;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Two models in an application of Kafka Streams that has a stream of its own.
 *
 * <p>Both models read the rides: one learns and predicts the fare, the other the tip. Their nodes, stores and topics begin
 * with {@code fares} and {@code tips}. Beside them the application writes notices in capital letters.
 */
public final class ModelsInsideAnApplication implements AutoCloseable {
    /** The model of the fares. */
    public final CredenceConfig fares;

    /** The model of the tips. */
    public final CredenceConfig tips;

    private final KafkaStreams streams;
    private final Guard guard;

    /**
     * Starts the application.
     *
     * @param own its settings, at least {@code application.id}, {@code bootstrap.servers}, {@code schema.registry.url}
     */
    public ModelsInsideAnApplication(Map<String, String> own) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("notices", Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues(text -> text.toUpperCase(java.util.Locale.ROOT))
                .to("loud-notices", Produced.with(Serdes.String(), Serdes.String()));
        Topology topology = builder.build();

        fares = CredenceTopology.addTo(topology, model(own, "fare"), "fares");
        tips = CredenceTopology.addTo(topology, model(own, "tip"), "tips");

        Safeguards safeguards = Safeguards.of(fares, tips);
        streams = new KafkaStreams(topology, safeguards.settings(own));
        safeguards.prepare();
        guard = safeguards.attach(streams);
        streams.start();
    }

    /** A ride with a label trains, one without is scored. */
    private static CredenceConfig model(Map<String, String> own, String label) {
        Map<String, Object> settings = new java.util.HashMap<>(own);
        settings.put("credence.topic.labelled", "rides");
        settings.put("credence.topic.unlabelled", "rides");
        settings.put("credence.label", label);
        settings.put("credence.features", "distance, hour:cyclic(24)");
        return CredenceConfig.of(settings);
    }

    @Override
    public void close() {
        guard.close();
    }

    public static void main(String[] args) {
        var application = new ModelsInsideAnApplication(
                Map.of("application.id", "taxi", "bootstrap.servers", args[0], "schema.registry.url", args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(application::close));
    }
}
