package io.credence.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The registry settings that we read ourselves, under Confluent's names; everything else passes to the client.
 *
 * @param urls where the registry answers, or one {@code mock://scope}
 * @param autoRegister whether unknown schemas are registered when written
 * @param useLatest without auto-registration, whether to write with the subject's latest schema
 * @param normalize whether schemas are normalised when registered or looked up
 * @param naming how subjects are named
 * @param client everything, as the client takes it
 */
record RegistrySettings(
        List<String> urls,
        boolean autoRegister,
        boolean useLatest,
        boolean normalize,
        SubjectNaming naming,
        Map<String, Object> client) {
    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String NORMALIZE = "normalize.schemas";
    static final String NAMING = "value.subject.name.strategy";

    /** The client would wait a minute for each; a Kafka transaction does not live that long. */
    private static final Map<String, Object> CLIENT_DEFAULTS =
            Map.of("http.connect.timeout.ms", 2_000, "http.read.timeout.ms", 3_000, "missing.id.cache.ttl.sec", 2);

    RegistrySettings {
        urls = List.copyOf(urls);
        client = Map.copyOf(client);
    }

    static RegistrySettings of(Map<String, ?> settings) {
        Map<String, Object> client = new HashMap<>(CLIENT_DEFAULTS);
        settings.forEach((key, value) -> {
            if (key != null && value != null) {
                client.put(key, value);
            }
        });
        return new RegistrySettings(
                urls(settings.get(URL)),
                flag(client, AUTO_REGISTER, true),
                flag(client, USE_LATEST, false),
                flag(client, NORMALIZE, false),
                SubjectNaming.of(NAMING, naming(client.getOrDefault(NAMING, "TopicNameStrategy"))),
                client);
    }

    private static String naming(Object value) {
        return value instanceof Class<?> c ? c.getName() : value.toString();
    }

    private static List<String> urls(@Nullable Object value) {
        List<String> urls = value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : value == null
                        ? List.of()
                        : Arrays.stream(value.toString().split(","))
                                .map(String::trim)
                                .filter(u -> !u.isEmpty())
                                .toList();
        if (urls.isEmpty()) {
            throw new ConfigException(
                    "Missing required configuration \"" + URL
                            + "\": give the registry's address, as in http://localhost:8081, or mock://scope for one in memory");
        }
        boolean mock = urls.stream().anyMatch(u -> u.startsWith("mock://"));
        if (mock ? urls.size() > 1 : !urls.stream().allMatch(u -> u.matches("https?://.+"))) {
            throw new ConfigException(URL, value, "allowed are http://… and https://… addresses, or one mock://scope");
        }
        return urls;
    }

    private static boolean flag(Map<String, Object> settings, String key, boolean otherwise) {
        Object value = settings.getOrDefault(key, otherwise);
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, value, "allowed are true and false");
        };
    }
}
