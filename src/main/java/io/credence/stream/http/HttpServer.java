package io.credence.stream.http;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.HttpSection;
import io.credence.stream.config.TopicSection;
import io.credence.stream.http.TopicWatch.Pace;
import io.credence.stream.topology.ServedModels;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API of a running instance. Idle until {@link #start}; one use. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final List<String> HEADERS = List.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private static final String SESSION = Api.ROOT + "/session";
    private static final String METERS = "/metrics";
    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpSection http;
    private final ServedModels models;
    private final Javalin javalin;
    private final Sampler sampler;
    private final TopicWatch reports;
    private final TopicWatch samples;
    private final TaskLag lag;
    private final LiveStream stream;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters;
    private final List<Api.Route> routes;

    /**
     * @param config with a port
     * @param instance what is asked
     * @throws IllegalStateException in one sentence, if a library of the page is missing
     */
    public HttpServer(CredenceConfig config, Instance instance) {
        // First of all: nothing is to be closed yet if they are not there.
        PageFiles page = new PageFiles();
        http = config.http();
        models = new ServedModels(config, instance::models);
        sampler = new Sampler(config);
        DeadLetterTally deadLetters = new DeadLetterTally();
        TopicSection topics = config.topics();
        reports = new TopicWatch(
                TopicWatch.consumers(config, Pace.REPORTS),
                List.of(topics.deadLetters(), topics.alerts(), topics.metrics()),
                Pace.REPORTS,
                record -> {
                    if (record.topic().equals(topics.deadLetters())) {
                        deadLetters.take(record);
                    } else {
                        sampler.take(record);
                    }
                });
        samples = new TopicWatch(
                TopicWatch.consumers(config, Pace.SAMPLES), sampled(topics), Pace.SAMPLES, sampler::take);
        meters = new Meters(config, instance, models, registry);
        Gate gate = new Gate(http, System::nanoTime);
        lag = new TaskLag(config);
        Api api = new Api(config, instance, models, deadLetters, sampler);
        stream = new LiveStream(topics, instance, sampler, deadLetters, lag, samples::written, api::key);
        routes = new ArrayList<>(api.routes());
        routes.add(new Api.Route(HandlerType.GET, Api.ROOT + "/models/{key}/live", stream::serve));
        routes.add(new Api.Route(HandlerType.POST, SESSION, gate::admit));
        routes.add(new Api.Route(HandlerType.GET, METERS, this::scrape));
        javalin = Javalin.create(settings -> configure(settings, http));
        javalin.before(request -> {
            for (int i = 0; i < HEADERS.size(); i += 2) {
                request.header(HEADERS.get(i), HEADERS.get(i + 1));
            }
            gate.pass(request);
            String path = request.path();
            if (path.startsWith("/api/") && !path.equals(SESSION) || path.startsWith(METERS)) {
                gate.authorise(request);
            }
        });
        page.paths().forEach(path -> javalin.get(path, page::answer));
        routes.forEach(route -> javalin.addHttpHandler(route.method(), route.path(), watched(route.handler())));
        javalin.exception(Problem.Thrown.class, (e, request) -> answer(request, e.problem()));
        javalin.exception(HttpResponseException.class, (e, request) -> answer(request, Problem.of(e.getStatus())));
        javalin.exception(
                InvalidStateStoreException.class,
                (e, request) ->
                        answer(request, Problem.of(503, "not-ready", "The models cannot be read yet; ask again.")));
        javalin.exception(Exception.class, (e, request) -> fault(request, e));
    }

    /** Javalin would answer to an error of the machine too, but say so to its own log, which is off: it shows addresses. */
    private static Handler watched(Handler handler) {
        return request -> {
            try {
                handler.handle(request);
            } catch (Error e) {
                fault(request, e);
            }
        };
    }

    /** Neither the message nor the path are logged: both may hold what was sent. */
    private static void fault(Context request, Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        LOG.warn(
                "A request could not be answered: {} at {}", e.getClass().getName(), trace.length > 0 ? trace[0] : "?");
        answer(request, Problem.of(500));
    }

    /**
     * Binds and serves.
     *
     * @throws IllegalStateException in one sentence, if the address cannot be bound; it is closed then
     */
    public HttpServer start() {
        int port = Objects.requireNonNullElse(http.port(), 0);
        try {
            javalin.start();
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException(
                    "the HTTP API cannot listen on " + HttpSection.HOST + "=" + http.host() + ", " + HttpSection.PORT
                            + "=" + port + ": " + e.getMessage(),
                    e);
        }
        LOG.info("The HTTP API is at {}", address());
        return this;
    }

    /** Everything that is answered. */
    List<Api.Route> routes() {
        return routes;
    }

    /** Begins to follow the topics, which are there. */
    public void follow() {
        reports.start();
        samples.start();
    }

    /** Where it is, with a slash at the end; a wildcard address as localhost. */
    public String address() {
        String host = http.host().equals("0.0.0.0") || http.host().equals("::") ? "localhost" : http.host();
        return (http.keystore() == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + javalin.port() + "/";
    }

    @Override
    public void close() {
        stream.close();
        reports.close();
        samples.close();
        lag.close();
        javalin.stop();
        meters.close();
        registry.close();
        sampler.close();
        models.close();
    }

    /** Labels are in the log whatever topic they came from; a service that does not score has no predictions. */
    private static List<String> sampled(TopicSection topics) {
        List<String> sampled = new ArrayList<>();
        if (topics.learns()) {
            sampled.add(topics.training());
        }
        if (topics.unlabelled() != null) {
            sampled.add(topics.scored());
        }
        return sampled;
    }

    private static void configure(JavalinConfig settings, HttpSection http) {
        settings.showJavalinBanner = false;
        settings.startupWatcherEnabled = false;
        settings.http.prefer405over404 = true;
        settings.http.maxRequestSize = http.bodyBytes();
        settings.router.treatMultipleSlashesAsSingleSlash = false;
        settings.router.ignoreTrailingSlashes = false;
        Limits.set(settings.jetty, http);
    }

    private void scrape(Context request) {
        meters.refresh();
        request.contentType(EXPOSITION).result(registry.scrape());
    }

    private static void answer(Context request, Problem problem) {
        request.status(problem.status())
                .contentType(Problem.TYPE)
                .result(problem.json().toString());
    }
}
