package io.credence.stream.wire;

import io.credence.stream.config.Credentials;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
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

    /** The client would wait a minute for an answer; a Kafka transaction does not live that long. */
    private static final Map<String, Object> CLIENT_DEFAULTS =
            Map.of("http.connect.timeout.ms", 2_000, "http.read.timeout.ms", 3_000, "missing.id.cache.ttl.sec", 2);

    /** Numbers that the client casts instead of parsing, so that text out of a properties file would break it. */
    private static final Map<String, Function<String, Object>> NUMBERS = Map.of(
            "http.connect.timeout.ms", Integer::valueOf,
            "http.read.timeout.ms", Integer::valueOf,
            "proxy.port", Integer::valueOf,
            "missing.cache.size", Integer::valueOf,
            "missing.id.cache.ttl.sec", Long::valueOf,
            "missing.version.cache.ttl.sec", Long::valueOf,
            "missing.schema.cache.ttl.sec", Long::valueOf,
            "bearer.auth.cache.expiry.buffer.seconds", Short::valueOf);

    RegistrySettings {
        urls = List.copyOf(urls);
        client = Map.copyOf(client);
    }

    static RegistrySettings of(Map<String, ?> written) {
        Map<String, Object> settings = Credentials.apart(written);
        Map<String, Object> client = new HashMap<>(CLIENT_DEFAULTS);
        settings.forEach((key, value) -> {
            if (key != null && value != null) {
                client.put(key, value instanceof Password secret ? secret.value() : value);
            }
        });
        client.replaceAll(RegistrySettings::typed);
        return new RegistrySettings(
                urls(settings.get(URL)),
                flag(client, AUTO_REGISTER, true),
                flag(client, USE_LATEST, false),
                flag(client, NORMALIZE, false),
                SubjectNaming.of(NAMING, naming(client.getOrDefault(NAMING, "TopicNameStrategy"))),
                client);
    }

    private static Object typed(String key, Object value) {
        Function<String, Object> number = NUMBERS.get(key);
        try {
            return number == null ? value : number.apply(value.toString().trim());
        } catch (NumberFormatException e) {
            throw new ConfigException(key, value, "a whole number is needed");
        }
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
            throw new ConfigException(
                    URL,
                    Credentials.hidden(String.valueOf(value)),
                    "allowed are http://… and https://… addresses, or one mock://scope");
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
