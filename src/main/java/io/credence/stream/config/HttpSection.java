package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API and the live page.
 *
 * @param host address that the server binds to
 * @param port port of the server; 0 is any free one, null none
 * @param token what a request must show, or null if none is asked for
 * @param names host names under which the server may be asked, beside localhost and addresses
 * @param bodyBytes most bytes of a request's body
 * @param connections most connections at once
 * @param idleMs milliseconds after which a silent connection is closed
 * @param rate most requests in a second
 * @param models most models that have series of their own among the meters for Prometheus
 * @param keystore PKCS#12 file with the server's key and certificate, or null for plain HTTP
 * @param keystorePassword of that file, or null
 */
public record HttpSection(
        String host,
        @Nullable Integer port,
        @Nullable Password token,
        List<String> names,
        int bodyBytes,
        int connections,
        int idleMs,
        int rate,
        int models,
        @Nullable String keystore,
        @Nullable Password keystorePassword) {
    /** {@code credence.http.port}. */
    public static final String PORT = CredenceConfig.PREFIX + "http.port";

    /** {@code credence.http.host}. */
    public static final String HOST = CredenceConfig.PREFIX + "http.host";

    /** {@code credence.http.token}. */
    public static final String TOKEN = CredenceConfig.PREFIX + "http.token";

    /** {@code credence.http.names}. */
    public static final String NAMES = CredenceConfig.PREFIX + "http.names";

    /** {@code credence.http.body.bytes}. */
    public static final String BODY_BYTES = CredenceConfig.PREFIX + "http.body.bytes";

    /** {@code credence.http.connections}. */
    public static final String CONNECTIONS = CredenceConfig.PREFIX + "http.connections";

    /** {@code credence.http.idle.ms}. */
    public static final String IDLE_MS = CredenceConfig.PREFIX + "http.idle.ms";

    /** {@code credence.http.rate}. */
    public static final String RATE = CredenceConfig.PREFIX + "http.rate";

    /** {@code credence.http.models}. */
    public static final String MODELS = CredenceConfig.PREFIX + "http.models";

    /** {@code credence.http.tls.keystore}. */
    public static final String KEYSTORE = CredenceConfig.PREFIX + "http.tls.keystore";

    /** {@code credence.http.tls.keystore.password}. */
    public static final String KEYSTORE_PASSWORD = CredenceConfig.PREFIX + "http.tls.keystore.password";

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "HTTP")
                .add(
                        PORT,
                        INT,
                        null,
                        Allowed.port(),
                        MEDIUM,
                        "The port of the HTTP API; 0 takes any free one, which the log tells. If unset, there is"
                                + " no API.")
                .add(
                        HOST,
                        STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        MEDIUM,
                        "The address that the HTTP API binds to. One that other machines reach needs " + TOKEN + ".")
                .add(
                        TOKEN,
                        PASSWORD,
                        null,
                        null,
                        MEDIUM,
                        "The bearer token that every request to the HTTP API must show. If unset, none is asked"
                                + " for, which is allowed on a loopback address only.")
                .add(
                        NAMES,
                        LIST,
                        List.of(),
                        Allowed.distinct(),
                        LOW,
                        "The host names under which the HTTP API may be asked. Addresses and localhost may"
                                + " always; other names are refused, so that no page of another site can be made to lead"
                                + " here.")
                .add(
                        BODY_BYTES,
                        INT,
                        1 << 20,
                        Range.between(1_024, 1 << 27),
                        LOW,
                        "The largest body of a request to the HTTP API, in bytes.")
                .add(
                        CONNECTIONS,
                        INT,
                        64,
                        Range.between(1, 10_000),
                        LOW,
                        "The number of connections that the HTTP API holds at once; others wait.")
                .add(
                        IDLE_MS,
                        INT,
                        30_000,
                        Range.between(100, 3_600_000),
                        LOW,
                        "The time, in milliseconds, after which the HTTP API closes a silent connection, and which"
                                + " a request has to arrive.")
                .add(
                        RATE,
                        INT,
                        200,
                        Range.between(1, 1_000_000),
                        LOW,
                        "The number of requests that the HTTP API takes in a second.")
                .add(
                        MODELS,
                        INT,
                        20,
                        Range.between(0, 100_000),
                        LOW,
                        "The number of models that have series of their own in `/metrics`: the first by name.")
                .add(
                        KEYSTORE,
                        STRING,
                        null,
                        new ConfigDef.NonEmptyString(),
                        LOW,
                        "The file with the key and the certificate of the HTTP API, in the form PKCS#12. If set, the"
                                + " API speaks TLS (1.2 and 1.3) and nothing else.")
                .add(KEYSTORE_PASSWORD, PASSWORD, null, null, LOW, "The password of " + KEYSTORE + ".")
                .end();
    }

    static HttpSection http(AbstractConfig config) {
        HttpSection http = new HttpSection(
                config.getString(HOST),
                config.getInt(PORT),
                config.getPassword(TOKEN),
                List.copyOf(config.getList(NAMES)),
                config.getInt(BODY_BYTES),
                config.getInt(CONNECTIONS),
                config.getInt(IDLE_MS),
                config.getInt(RATE),
                config.getInt(MODELS),
                config.getString(KEYSTORE),
                config.getPassword(KEYSTORE_PASSWORD));
        if (http.token != null && http.token.value().isBlank()) {
            throw new ConfigException(TOKEN + " must not be blank");
        }
        if (http.port != null && http.token == null && !http.isLoopback()) {
            throw new ConfigException(
                    HOST, http.host, "must be a loopback address such as 127.0.0.1 where " + TOKEN + " is not given");
        }
        return http;
    }

    private boolean isLoopback() {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("::1");
    }
}
