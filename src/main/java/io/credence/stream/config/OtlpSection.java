package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Where the meters are sent by the OpenTelemetry protocol.
 *
 * @param url of a collector, or null for none
 * @param secret what each request has as headers, as it is written, or null
 * @param intervalMs milliseconds between two requests
 */
public record OtlpSection(@Nullable String url, @Nullable Password secret, int intervalMs) {
    /** {@code credence.otlp.url}. */
    public static final String URL = CredenceConfig.PREFIX + "otlp.url";

    /** {@code credence.otlp.headers}. */
    public static final String HEADERS = CredenceConfig.PREFIX + "otlp.headers";

    /** {@code credence.otlp.interval.ms}. */
    public static final String INTERVAL_MS = CredenceConfig.PREFIX + "otlp.interval.ms";

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "OpenTelemetry")
                .add(
                        URL,
                        STRING,
                        null,
                        new ConfigDef.NonEmptyString(),
                        LOW,
                        "The address of an OpenTelemetry collector that takes metrics over HTTP, such as"
                                + " `http://collector:4318/v1/metrics`. If unset, nothing is sent.")
                .add(
                        HEADERS,
                        PASSWORD,
                        null,
                        null,
                        LOW,
                        "The headers of each request to the collector, for credentials: `name=value`, separated by commas.")
                .add(
                        INTERVAL_MS,
                        INT,
                        60_000,
                        Range.between(1_000, 3_600_000),
                        LOW,
                        "The time, in milliseconds, between two requests to the collector.")
                .end();
    }

    static OtlpSection otlp(AbstractConfig config) {
        OtlpSection otlp =
                new OtlpSection(config.getString(URL), config.getPassword(HEADERS), config.getInt(INTERVAL_MS));
        if (otlp.url != null && !isPlain(otlp.url)) {
            // It is not repeated: a password may be in it.
            throw new ConfigException(URL + " must be an address of http or https without user, password and query;"
                    + " credentials belong into " + HEADERS);
        }
        otlp.headers();
        return otlp;
    }

    private static boolean isPlain(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The headers by name; secret. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (secret != null) {
            for (String header : secret.value().split(",")) {
                int at = header.indexOf('=');
                if (at < 1) {
                    throw new ConfigException(HEADERS + " must be name=value, separated by commas");
                }
                headers.put(
                        header.substring(0, at).strip(),
                        header.substring(at + 1).strip());
            }
        }
        return Collections.unmodifiableMap(headers);
    }
}
