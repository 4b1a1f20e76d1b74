package io.credence.stream.wire;

import java.net.URL;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.bearerauth.BearerAuthCredentialProvider;

/**
 * Counts registry clients where they are made: each takes credentials from a provider of its own, which this is, and
 * closes it when it is closed itself.
 */
public final class CountedClients implements BearerAuthCredentialProvider {
    private static final String ALIAS = "COUNTED";
    private static final String KEY = "counted.as";
    private static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();
    private static final Map<String, Integer> CLOSED = new ConcurrentHashMap<>();

    private String counter = "";

    /** Settings whose clients are counted together, and apart from all others; nothing answers at the address. */
    public static Map<String, String> settings() {
        return Map.of(
                RegistrySettings.URL,
                "http://127.0.0.1:1",
                "bearer.auth.credentials.source",
                ALIAS,
                KEY,
                UUID.randomUUID().toString());
    }

    /** Clients that were opened with such settings. */
    public static int opened(Map<String, ?> settings) {
        return OPENED.getOrDefault(String.valueOf(settings.get(KEY)), 0);
    }

    /** Those of them that are open now. */
    public static int open(Map<String, ?> settings) {
        return opened(settings) - CLOSED.getOrDefault(String.valueOf(settings.get(KEY)), 0);
    }

    @Override
    public String alias() {
        return ALIAS;
    }

    @Override
    public void configure(Map<String, ?> settings) {
        counter = String.valueOf(settings.get(KEY));
        OPENED.merge(counter, 1, Integer::sum);
    }

    @Override
    public String getBearerToken(URL url) {
        return "token";
    }

    @Override
    public void close() {
        CLOSED.merge(counter, 1, Integer::sum);
    }
}
