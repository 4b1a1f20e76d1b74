package io.credence.crash;

import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** One application under test: its configuration and its topics. */
final class Application {
    static final int PARTITIONS = 3;

    private final String id;
    private final boolean keyed;
    private final Map<String, String> settings = new TreeMap<>();

    private Application(String id, boolean keyed) {
        this.id = id;
        this.keyed = keyed;
    }

    /** @param phase {@code keyed:classic}, {@code single:streams}, {@code single:classic:past} or the like */
    static Application of(String phase, CrashSettings run, String bootstrap, String registry) {
        String[] parts = phase.split(":");
        Application application = new Application("crash-" + String.join("-", parts), parts[0].equals("keyed"));
        application.configure(run, parts[1], bootstrap, registry);
        if (parts.length > 2 && parts[2].equals("past")) {
            application.rememberSeries();
        }
        return application;
    }

    /** An application with two models and nothing set that has a default. */
    static Application ofDefaults(String id, String protocol, String bootstrap, String registry) {
        Application application = new Application(id, true);
        application.essentials(protocol, bootstrap, registry);
        return application;
    }

    private void essentials(String protocol, String bootstrap, String registry) {
        settings.put("application.id", id);
        settings.put("bootstrap.servers", bootstrap);
        settings.put("schema.registry.url", registry);
        settings.put("group.protocol", protocol);
        settings.put("credence.topic.labelled", labelled());
        settings.put("credence.topic.unlabelled", unlabelled());
        settings.put("credence.topics.partitions", "" + PARTITIONS);
        settings.put("credence.label", "y");
        settings.put("credence.event.id", "id");
        settings.put("credence.features", "a,b,colour:onehot(red,green)");
        if (keyed) {
            settings.put("credence.model.key", "site");
        }
    }

    private void configure(CrashSettings run, String protocol, String bootstrap, String registry) {
        essentials(protocol, bootstrap, registry);
        settings.put("processing.guarantee", run.guarantee());
        settings.put("producer.transaction.timeout.ms", "" + CrashSettings.TRANSACTION_MS);
        if (protocol.equals("classic")) {
            settings.put("consumer.session.timeout.ms", "" + CrashSettings.SESSION_MS);
            settings.put("consumer.heartbeat.interval.ms", "1000");
            settings.put("num.standby.replicas", "" + run.standbys());
        }
        settings.put("credence.batch.size", "8");
        settings.put("credence.checkpoint.events", "64");
        settings.put("credence.publish.interval.ms", "200");
        settings.put("credence.score.linger.ms", "20");
        settings.put("credence.score.batch.size", "16");
        settings.put("credence.samples", "8");
        // Four chunks a model, so that one may be cut off in the middle.
        settings.put("credence.hidden", "24,16");
        settings.put("producer.max.request.size", "4096");
    }

    /** Features that are told of the past of two series. */
    private void rememberSeries() {
        settings.merge("credence.features", SeriesCheck.FEATURES, (usual, past) -> usual + "," + past);
        settings.put("credence.series.key", SeriesCheck.SERIES);
        settings.put("credence.warmup.policy", "flag");
    }

    String id() {
        return id;
    }

    boolean keyed() {
        return keyed;
    }

    String labelled() {
        return id + "-labelled";
    }

    String unlabelled() {
        return id + "-unlabelled";
    }

    CredenceConfig config() {
        return CredenceConfig.of(settings);
    }

    /** Writes the configuration file of the instances. */
    Path write(Path directory) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = Files.createDirectories(directory).resolve("service.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }
}
