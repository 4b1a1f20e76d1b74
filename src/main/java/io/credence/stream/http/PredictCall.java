package io.credence.stream.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.EventTimes;
import io.credence.bayes.feature.FeatureVector;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.JsonEvents;
import io.credence.stream.topology.ServedModels;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** One question to a model: events in, predictions out. For several threads. */
final class PredictCall {
    private static final String EVENTS = "events";
    private static final String TIMES = "timestamps";
    private static final String EXPLAIN = "explain";
    private static final int MOST = 1_000;

    /** To explain an event takes some hundreds of predictions. */
    private static final int MOST_EXPLAINED = 10;

    /** Questions that wait or are worked on: one works, and the stream needs the processors too. */
    private static final int AT_ONCE = 4;

    private final CredenceConfig config;
    private final ServedModels models;
    private final JsonEvents reader;
    private final Semaphore places = new Semaphore(AT_ONCE);

    PredictCall(CredenceConfig config, ServedModels models) {
        this.config = config;
        this.models = models;
        this.reader = new JsonEvents(config.model().features());
    }

    /** @throws Problem.Thrown if the body is not as it must be, an event cannot be used, or too many ask at once */
    ObjectNode answer(Context request, String modelKey) {
        byte[] body =
                Body.bytes(request, config.http().bodyBytes(), config.http().idleMs());
        if (!places.tryAcquire()) {
            request.header("Retry-After", "1");
            throw Problem.of(429, "rate", "Too many ask for predictions at once.")
                    .thrown();
        }
        try {
            // Parsed, a body is many times as large: no more of them than there are places.
            return answer(Body.parse(body), modelKey);
        } finally {
            places.release();
        }
    }

    private ObjectNode answer(JsonNode body, String modelKey) {
        JsonNode events = body.path(EVENTS);
        if (!events.isArray() || events.isEmpty()) {
            throw wrong("The member 'events' must be an array of one event or more.");
        }
        boolean explain = explain(body.path(EXPLAIN));
        int most = explain ? MOST_EXPLAINED : MOST;
        if (events.size() > most) {
            throw Problem.of(413, "too-large", "There are more than " + most + " events.")
                    .thrown();
        }
        long now = System.currentTimeMillis();
        List<Long> times = times(body.path(TIMES), events.size(), now);
        List<FeatureVector> encoded = encoded(events);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("predictions").addAll(models.predict(modelKey, encoded, times, now, explain));
        return json;
    }

    private static boolean explain(JsonNode given) {
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw wrong("The member 'explain' must be true or false.");
        }
        return given.asBoolean();
    }

    private List<FeatureVector> encoded(JsonNode events) {
        List<FeatureVector> encoded = new ArrayList<>(events.size());
        List<Problem.Fault> faults = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            int at = i;
            if (!events.get(i).isObject()) {
                throw wrong("Every event must be an object.");
            }
            reader.read(events.get(i))
                    .take(
                            encoded::add,
                            bad -> faults.add(new Problem.Fault(at, bad.reason().name(), reader.field(bad))));
        }
        if (!faults.isEmpty()) {
            throw new Problem(422, "event", "Events cannot be used; as records they would be dead letters.", faults)
                    .thrown();
        }
        return encoded;
    }

    private static List<Long> times(JsonNode given, int events, long now) {
        List<Long> times = new ArrayList<>(events);
        if (given.isMissingNode()) {
            for (int i = 0; i < events; i++) {
                times.add(now);
            }
            return times;
        }
        if (!given.isArray() || given.size() != events) {
            throw wrong("The member 'timestamps' must be an array with a time for each event.");
        }
        for (JsonNode time : given) {
            Long millis = time.canConvertToLong() && time.isIntegralNumber()
                    ? (Long) time.longValue()
                    : time.isTextual() ? EventTimes.millis(time.textValue()) : null;
            if (millis == null || millis < 0) {
                throw wrong("A timestamp must be milliseconds since 1970, or a text such as 2024-05-01T12:00:00Z.");
            }
            times.add(millis);
        }
        return times;
    }

    private static Problem.Thrown wrong(String detail) {
        return Problem.of(400, "malformed", detail).thrown();
    }
}
