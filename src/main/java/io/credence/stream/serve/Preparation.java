package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.Credentials;
import io.credence.stream.serve.InputWatch.Seen;
import io.credence.stream.serve.Retry.NotYet;
import io.credence.stream.wire.SchemaRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must answer before Kafka Streams starts: broker, registry, topics. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final String SERVERS = StreamsConfig.BOOTSTRAP_SERVERS_CONFIG;
    private static final long REQUEST_TIMEOUT_MS = 5000;
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final String REGISTRY = "schema.registry.url";

    private final CredenceConfig config;
    private final Retry retry;

    Preparation(CredenceConfig config, Retry retry) {
        this.config = config;
        this.retry = retry;
    }

    /** @throws StartupException naming what did not answer, or which topic has the wrong shape */
    void run() {
        registry();
        refuseTlsPort();
        try (Admin admin = connect()) {
            retry.until("the broker at " + SERVERS + "=" + servers(), () -> {
                Optional<String> missing = BrokerReplicas.missing(admin);
                if (missing.isPresent()) {
                    throw new NotYet(missing.get());
                }
                return true;
            });
            AdminTopics topics = new AdminTopics(admin, retry, servers());
            topics.connect();
            refuse(Rights.missing(admin, config));
            topics.prepare(TopicPlan.of(config), config.topics().create());
            // Of topics that were not there, the broker did not say what we may do with them.
            refuse(Rights.missing(admin, config));
            new InputGrowth(config, topics).fit();
            TopicSettings settings = TopicSettings.of(admin, config);
            settings.check();
            settings.warnings().forEach(LOG::warn);
        }
        new ShapeAtRest(config, LOOK).check();
    }

    private static void refuse(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new StartupException(String.join("; ", missing));
        }
    }

    /** @throws StartupException if a port speaks TLS and we were told to connect without */
    private void refuseTlsPort() {
        String protocol = String.valueOf(
                config.streams().getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"));
        if (protocol.endsWith("SSL")) {
            return;
        }
        for (String server : String.valueOf(config.streams().get(SERVERS)).split(",")) {
            String host = Utils.getHost(server.strip());
            Integer port = Utils.getPort(server.strip());
            if (host != null && port != null && TlsProbe.speaksTls(InetSocketAddress.createUnresolved(host, port))) {
                throw new StartupException(
                        "the broker at " + server.strip() + " speaks TLS, and this service was told to"
                                + " connect without: set " + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + "="
                                + (protocol.startsWith("SASL") ? "SASL_SSL" : "SSL")
                                + " (and ssl.truststore.location, unless the JDK trusts its certificate)");
            }
        }
    }

    /** The broker's address as it may be shown. */
    String servers() {
        return Credentials.hidden(String.valueOf(config.streams().get(SERVERS)));
    }

    /** A client of the broker; nothing is sent yet. */
    Admin connect() {
        return retry.until("the broker at " + SERVERS + "=" + servers(), this::admin);
    }

    /** Makes the changelogs fit the input topics, which have grown. */
    void grow() {
        try (Admin admin = connect()) {
            new InputGrowth(config, new AdminTopics(admin, retry, servers())).fit();
        }
    }

    /** The rights that are missing, one sentence each. */
    List<String> missing() {
        try (Admin admin = connect()) {
            return Rights.missing(admin, config);
        }
    }

    /** The rights that are missing on changelogs, which may not have been there at the start: one sentence each. */
    List<String> missingOnChangelogs() {
        try (Admin admin = connect()) {
            return Rights.missingOnChangelogs(admin, config);
        }
    }

    /** The input topics that are there. */
    Map<String, Seen> inputs() {
        try (Admin admin = connect()) {
            return new AdminTopics(admin, retry, servers())
                    .seen(config.topics().inputs().toList());
        }
    }

    /** Waits for the registry, and says what it lacks where nobody registers it by itself. */
    void registry() {
        Map<String, Object> settings = config.serde();
        String what =
                "the schema registry at " + REGISTRY + "=" + config.masked().get(REGISTRY);
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            retry.until(what, () -> {
                try {
                    registry.ping();
                    return registry;
                } catch (RetriableException e) {
                    if (e.getCause() instanceof SSLException) {
                        // No wait makes a certificate one that is trusted.
                        throw new StartupException(String.valueOf(e.getMessage()), e);
                    }
                    throw new NotYet(String.valueOf(e.getMessage()));
                } catch (ApiException e) {
                    throw new StartupException(what + " refuses us: " + e.getMessage(), e);
                }
            });
            NeededSchema.missing(config, registry).ifPresent(LOG::warn);
        }
    }

    private Admin admin() throws NotYet {
        Map<String, Object> settings =
                new StreamsConfig(config.streams()).getAdminConfigs(config.applicationId() + "-startup");
        // Each request is short, so that it is the retry that bounds the wait and says what it waits for.
        int patience = (int) Math.min(REQUEST_TIMEOUT_MS, config.service().startupTimeoutMs());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = String.valueOf(cause.getMessage());
            // A name that does not resolve yet is a broker that is not up yet: containers start in any order.
            if (cause instanceof ConfigException && why.toLowerCase(Locale.ROOT).contains("resolvable")) {
                throw new NotYet(why);
            }
            throw e;
        }
    }
}
