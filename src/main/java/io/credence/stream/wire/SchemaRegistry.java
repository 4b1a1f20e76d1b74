package io.credence.stream.wire;

import io.credence.stream.wire.RegistryFault.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/**
 * The Schema Registry: the only class that knows Confluent's client. Safe for several threads.
 *
 * <p>The client comes relocated, with its own relocated Avro, so schemas cross this wall as JSON text. What was found is
 * kept for ever: an id never changes its schema. A failed request is repeated with a doubling, bounded wait if repeating
 * can help; see {@link RegistryFault} for which failures those are.
 */
public final class SchemaRegistry implements AutoCloseable {
    private static final int CLIENT_CACHE = 1_000;

    private final RegistrySettings settings;
    private final Backoff backoff;
    private final SchemaRegistryClient client;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    private SchemaRegistry(RegistrySettings settings, Backoff backoff, SchemaRegistryClient client) {
        this.settings = settings;
        this.backoff = backoff;
        this.client = client;
    }

    /**
     * A client of the configured registry; nothing is sent yet.
     *
     * @param settings {@code schema.registry.url} and every client setting as a Kafka user writes it
     * @throws ConfigException if a setting is unusable
     */
    public static SchemaRegistry of(Map<String, ?> settings) {
        return of(RegistrySettings.of(settings), Backoff.DEFAULT);
    }

    static SchemaRegistry of(RegistrySettings settings, Backoff backoff) {
        try {
            SchemaRegistryClient client = SchemaRegistryClientFactory.newClient(
                    settings.urls(), CLIENT_CACHE, List.of(new AvroSchemaProvider()), settings.client(), Map.of());
            return new SchemaRegistry(settings, backoff, client);
        } catch (RuntimeException e) {
            throw new ConfigException("schema registry client for " + settings.urls() + ": " + e.getMessage());
        }
    }

    /**
     * Asks the registry something harmless: for a start-up check.
     *
     * @throws RegistryUnavailableException if it cannot be reached
     * @throws org.apache.kafka.common.errors.ApiException if it refuses our credentials
     * @throws ConfigException if something else answers at its address
     */
    public void ping() {
        try {
            schema(1);
        } catch (UnknownSchemaException e) {
            // An empty registry is a registry.
        }
    }

    /** Our settings. */
    RegistrySettings settings() {
        return settings;
    }

    /**
     * The schema of an id; the same object for the same id.
     *
     * @throws UnknownSchemaException if the registry has no such Avro schema
     */
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Schema found = ask(Request.READ, "schema id " + id, () -> parse(client.getSchemaById(id)));
        Schema raced = schemas.putIfAbsent(id, found);
        return raced == null ? found : raced;
    }

    /**
     * Registers a schema.
     *
     * @return its id
     * @throws SchemaRefusedException if the registry does not take it
     */
    int register(String subject, Schema schema) {
        return ask(
                Request.WRITE,
                "subject '" + subject + "'",
                () -> client.register(subject, foreign(schema), settings.normalize()));
    }

    /**
     * The id of a registered schema.
     *
     * @throws SchemaRefusedException if it is not registered under the subject
     */
    int id(String subject, Schema schema) {
        return ask(
                Request.WRITE,
                "subject '" + subject + "'",
                () -> client.getId(subject, foreign(schema), settings.normalize()));
    }

    /**
     * The id of a subject's latest schema.
     *
     * @throws SchemaRefusedException if the subject has none
     */
    public int latest(String subject) {
        return ask(Request.WRITE, "subject '" + subject + "'", () -> {
            SchemaMetadata latest = client.getLatestSchemaMetadata(subject);
            return latest.getId();
        });
    }

    /** Whether what we write is registered by ourselves, so that nobody has to do it before. */
    public boolean registersItself() {
        return settings.autoRegister();
    }

    /** The subject under which the schema of a topic's values is looked up. */
    public String subject(String topic, Schema schema) {
        return settings.naming().subject(topic, schema);
    }

    /** Whether values of a schema can be written without registering anything. */
    public boolean holds(String subject, Schema schema) {
        try {
            int id = settings.useLatest() ? latest(subject) : id(subject, PortableSchema.of(schema));
            return id >= 0;
        } catch (SchemaRefusedException e) {
            return false;
        }
    }

    /** The newest schema of a subject, if it has one that is Avro. */
    public Optional<Schema> newest(String subject) {
        try {
            return Optional.of(schema(latest(subject)));
        } catch (SchemaRefusedException | UnknownSchemaException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new KafkaException("could not close the schema registry client", e);
        }
    }

    /** Confluent's parser knows only strict names; what it refuses cannot be registered. */
    private static ParsedSchema foreign(Schema schema) {
        return new AvroSchema(schema.toString());
    }

    /** Lenient, as consumers of the wire format are: what the registry took is not ours to refuse. */
    private static Schema parse(ParsedSchema foreign) {
        Object raw = foreign.rawSchema();
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(raw.toString());
    }

    private <T> T ask(Request request, String what, Call<T> call) {
        long deadline = System.nanoTime() + backoff.total().toNanos();
        for (int attempt = 1; ; attempt++) {
            RuntimeException fault;
            try {
                return call.get();
            } catch (RestClientException e) {
                fault = RegistryFault.answered(settings, request, what, e.getStatus(), e.getErrorCode(), e);
            } catch (IOException e) {
                fault = RegistryFault.failed(settings, request, what, e);
            } catch (AvroRuntimeException
                    | org.apache.flink.avro.shaded.org.apache.avro.AvroRuntimeException
                    | StackOverflowError e) {
                fault = RegistryFault.unusable(settings, request, what, e);
            } catch (RuntimeException e) {
                fault = RegistryFault.failed(settings, request, what, new IOException(e.toString(), e));
            }
            boolean repeat = fault instanceof RegistryUnavailableException
                    && attempt < backoff.attempts()
                    && System.nanoTime() - deadline < 0;
            if (!repeat) {
                throw fault;
            }
            pause(attempt, fault);
        }
    }

    private void pause(int attempt, RuntimeException fault) {
        try {
            Thread.sleep(backoff.before(attempt).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fault.addSuppressed(e);
            throw fault;
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T get() throws IOException, RestClientException;
    }

    /**
     * Bounded patience: how often a failed request is repeated, and how long it waits in between (doubling).
     *
     * @param attempts requests in all, at least 1
     * @param first wait before the second request
     * @param total time after which no further request starts; stays below Kafka's transaction timeout of 10 s
     */
    record Backoff(int attempts, Duration first, Duration total) {
        static final Backoff DEFAULT = new Backoff(5, Duration.ofMillis(100), Duration.ofSeconds(5));

        /** The wait before request {@code attempt}, counted from 1 for the first repetition. */
        Duration before(int attempt) {
            return first.multipliedBy(1L << (attempt - 1));
        }
    }
}
