package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.inference.LearnerState;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.CredenceTopology;
import io.credence.stream.topology.Names;
import io.credence.stream.topology.ServedModels;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/** The answers under {@code /api/v1}. */
final class Api {
    static final String ROOT = "/api/v1";
    private static final String DOCUMENT = "/http/openapi.json";

    /** How an address calls the only model, whose key is empty. */
    private static final String ONLY = "default";

    private static final int SHOWN = 100;

    private final CredenceConfig config;
    private final Instance instance;
    private final ServedModels models;
    private final DeadLetterTally deadLetters;
    private final Sampler sampler;
    private final PredictCall predict;
    private final byte[] document;

    /** A method, a path and what answers there. */
    record Route(HandlerType method, String path, Handler handler) {}

    Api(CredenceConfig config, Instance instance, ServedModels models, DeadLetterTally deadLetters, Sampler sampler) {
        this.config = config;
        this.instance = instance;
        this.models = models;
        this.deadLetters = deadLetters;
        this.sampler = sampler;
        this.predict = new PredictCall(config, models);
        this.document = document();
    }

    List<Route> routes() {
        return List.of(
                get("/health", this::health),
                get("/models", this::list),
                get("/models/{key}", this::model),
                new Route(HandlerType.POST, ROOT + "/models/{key}/predict", this::predict),
                get("/dead-letters", request -> answer(request, deadLetters.json())),
                get("/topology", this::topology),
                get("/configuration", this::configuration),
                get("/metrics", this::metrics),
                get("/openapi.json", this::openApi));
    }

    private static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, ROOT + path, handler);
    }

    static void answer(Context request, ObjectNode json) {
        request.contentType("application/json").result(json.toString());
    }

    private void health(Context request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("live", instance.live());
        json.put("ready", instance.ready());
        json.put("state", instance.state());
        json.put("why", instance.ready() ? null : instance.cause().orElse("Kafka Streams is " + instance.state()));
        answer(request, json);
    }

    private void list(Context request) {
        String search =
                Objects.requireNonNullElse(request.queryParam("search"), "").toLowerCase(Locale.ROOT);
        List<ServedModels.Published> found = published().stream()
                .filter(model -> name(model.modelKey()).toLowerCase(Locale.ROOT).contains(search))
                .toList();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scores", scores());
        json.put("task", config.model().label().task().name().toLowerCase(Locale.ROOT));
        json.put("interval", config.model().predictive().interval());
        ArrayNode classes = json.putArray("classes");
        config.model().label().classes().forEach(classes::add);
        json.put("total", found.size());
        ArrayNode array = json.putArray("models");
        found.stream().limit(SHOWN).forEach(model -> array.add(spoken(model)));
        answer(request, json);
    }

    /** A service that only learns has no models at hand; what it writes about them tells which there are. */
    private List<ServedModels.Published> published() {
        return scores() ? models.list() : sampler.reported();
    }

    private boolean scores() {
        return config.topics().unlabelled() != null;
    }

    private void model(Context request) {
        String key = key(request);
        ServedModels.Published model = models().find(key).orElseThrow(Api::unknown);
        ObjectNode json = spoken(model);
        LearnerState state = models.state(key)
                .orElseThrow(() -> Problem.of(503, "not-ready", "A new version of the model is just arriving.")
                        .thrown());
        refuseOther(state);
        ModelCard.fill(json, config.model(), state);
        answer(request, json);
    }

    /** What somebody else published under our topic's name cannot be told in the terms of our configuration. */
    private void refuseOther(LearnerState state) {
        try {
            config.model().shape().refuseUnfit(state);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            409,
                            "other-shape",
                            "The model that is published was made with other features, label or layers than this service"
                                    + " has; its log says which.")
                    .thrown();
        }
    }

    private void predict(Context request) {
        String key = key(request);
        models();
        if (!key.isEmpty() && models.find(key).isEmpty()) {
            throw unknown();
        }
        answer(request, predict.answer(request, key));
    }

    private void configuration(Context request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode settings = json.putObject("settings");
        config.masked().forEach(settings::put);
        answer(request, json);
    }

    private void metrics(Context request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("metrics");
        instance.metrics().forEach((name, metric) -> {
            if (name.group().equals(Names.METRICS_GROUP) && metric.metricValue() instanceof Number value) {
                ObjectNode one = array.addObject();
                one.put("name", name.name());
                ObjectNode tags = one.putObject("tags");
                new TreeMap<>(name.tags()).forEach(tags::put);
                one.put("value", Double.isFinite(value.doubleValue()) ? value.doubleValue() : null);
            }
        });
        answer(request, json);
    }

    private void topology(Context request) {
        TopologyDescription graph = CredenceTopology.build(config).describe();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = json.putArray("nodes");
        graph.subtopologies().forEach(part -> part.nodes().forEach(node -> add(nodes, part.id(), node)));
        graph.globalStores().forEach(part -> {
            add(nodes, part.id(), part.source());
            add(nodes, part.id(), part.processor());
        });
        answer(request, json);
    }

    private static void add(ArrayNode nodes, int part, Node node) {
        ObjectNode one = nodes.addObject();
        one.put("part", part);
        one.put("name", node.name());
        one.put("kind", node instanceof Source ? "source" : node instanceof Sink ? "sink" : "processor");
        String topic = node instanceof Source source
                ? String.join(",", source.topicSet() == null ? List.of() : source.topicSet())
                : node instanceof Sink sink ? sink.topic() : null;
        one.put("topic", topic);
        ArrayNode stores = one.putArray("stores");
        if (node instanceof Processor processor) {
            processor.stores().stream().sorted().forEach(stores::add);
        }
        ArrayNode next = one.putArray("next");
        node.successors().stream().map(Node::name).sorted().forEach(next::add);
    }

    private void openApi(Context request) {
        request.contentType("application/json").result(document);
    }

    /** @throws Problem.Thrown if this instance has no models to ask */
    private ServedModels models() {
        if (!scores()) {
            throw Problem.of(409, "no-models", "This service only learns: it has no models at hand.")
                    .thrown();
        }
        return models;
    }

    private static Problem.Thrown unknown() {
        return Problem.of(404, "unknown-model", "No model of this name is published.")
                .thrown();
    }

    /** The model key that a path means. */
    String key(Context request) {
        String name = request.pathParam("key");
        if (config.events().modelKey() != null) {
            return name;
        }
        if (!name.equals(ONLY)) {
            throw unknown();
        }
        return "";
    }

    static String name(String modelKey) {
        return modelKey.isEmpty() ? ONLY : modelKey;
    }

    private static ObjectNode spoken(ServedModels.Published model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name(model.modelKey()))
                .put("epoch", model.version().epoch())
                .put("step", model.version().step())
                .put("events", model.events())
                .put("warmingUp", model.warmingUp())
                .put("publishedAt", model.publishedAt().toString());
    }

    private static byte[] document() {
        try (InputStream in = Objects.requireNonNull(Api.class.getResourceAsStream(DOCUMENT), DOCUMENT)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(DOCUMENT, e);
        }
    }
}
