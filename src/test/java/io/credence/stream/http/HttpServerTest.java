package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API over HTTP, with models that were put where it looks for them. */
final class HttpServerTest {
    private static final String EVENT = "{\"events\": [{\"x\": 0.5, \"colour\": \"red\"}]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private Standing standing = new Standing();

    @AfterEach
    void close() {
        standing.close();
    }

    private void restart(String... settings) {
        standing.close();
        standing = new Standing(settings);
    }

    @Test
    void shouldAnswerEveryRouteOfTheDocumentAndNoOther() throws Exception {
        JsonNode document = json(get("/api/v1/openapi.json"));
        Set<String> described = new TreeSet<>();
        document.get("paths").fields().forEachRemaining(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase() + " " + path.getKey())));
        Set<String> served = standing.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(served, described);
    }

    @Test
    void shouldAnswerInTheShapeOfTheDocument() throws Exception {
        OpenApiShape shapes = new OpenApiShape(json(get("/api/v1/openapi.json")));
        for (var route : standing.routes()) {
            if (!shapes.isJson(route.method().name(), route.path())) {
                continue;
            }
            String path = route.path().replace("{key}", "default");
            HttpResponse<String> answer = route.method().name().equals("POST") ? post(path, EVENT) : get(path);
            assertEquals(200, answer.statusCode(), path + answer.body());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElse(""));
            assertEquals(List.of(), shapes.faults(route.method().name(), route.path(), json(answer)), path);
        }
        assertEquals(List.of(), shapes.problemFaults(json(get("/none"))));
    }

    @Test
    void shouldTellTheModelAndItsFeatures() throws Exception {
        JsonNode card = json(get("/api/v1/models/default"));

        assertEquals(40, card.get("events").intValue());
        assertEquals("colour", card.get("features").get(1).get("field").textValue());
        assertEquals("red", card.get("features").get(1).get("arguments").get(0).textValue());
        assertTrue(card.get("features").get(0).get("deviation").doubleValue() > 0);
        assertTrue(card.get("prequential").get("rmse").doubleValue() > 0);
    }

    @Test
    void shouldPredictEachEventWhenSeveralAreGiven() throws Exception {
        HttpResponse<String> answer = post(
                "/api/v1/models/default/predict",
                "{\"events\": [{\"x\": 0, \"colour\": \"red\"}, {\"x\": 1, \"colour\": \"blue\", \"z\": {}}],"
                        + " \"timestamps\": [1700000000000, \"2024-05-01T12:00:00Z\"]}");

        assertEquals(200, answer.statusCode(), answer.body());
        JsonNode predictions = json(answer).get("predictions");
        assertEquals(2, predictions.size());
        assertTrue(predictions.get(0).get("lower").doubleValue()
                < predictions.get(0).get("upper").doubleValue());
        assertFalse(predictions.get(0).get("uncertain").booleanValue(), "the model is warming up");
    }

    @Test
    void shouldNameTheReasonOfADeadLetterWhenAnEventCannotBeUsed() throws Exception {
        HttpResponse<String> answer = post(
                "/api/v1/models/default/predict",
                "{\"events\": [{\"colour\": \"red\"}, {\"x\": \"hush\", \"colour\": \"red\"}, {\"x\": 1, \"colour\":"
                        + " [1]}, {\"x\": 1e99, \"colour\": \"red\"}, {\"x\": 1, \"colour\": \"red\"}]}");

        JsonNode problem = problem(422, answer);
        List<String> faults = new ArrayList<>();
        problem.get("errors")
                .forEach(e -> faults.add(e.get("event") + " " + e.get("reason").textValue() + " "
                        + e.get("field").textValue()));
        assertEquals(
                List.of("0 MISSING_FEATURE x", "1 BAD_FEATURE x", "2 BAD_FEATURE colour", "3 NON_FINITE_FEATURE x"),
                faults);
        assertFalse(answer.body().contains("hush"), answer.body());
    }

    @Test
    void shouldSayWhatIsWrongInOneShapeWhenARequestIsMalformed() throws Exception {
        String predict = "/api/v1/models/default/predict";
        for (String body : List.of(
                "",
                "{",
                "[]",
                "7",
                "{} {}",
                "{\"events\": {}}",
                "{\"events\": []}",
                "{\"events\": [7]}",
                "{\"events\": [{}], \"events\": [{}]}",
                "{\"events\": [{\"x\": NaN}]}",
                "{\"events\": [{\"x\": 0, \"colour\": \"red\"}], \"timestamps\": []}",
                "{\"events\": [{\"x\": 0, \"colour\": \"red\"}], \"timestamps\": [\"soon\"]}",
                "{\"events\": " + "[".repeat(2_000),
                "{\"hush\": hush")) {
            HttpResponse<String> answer = post(predict, body);
            problem(400, answer);
            assertFalse(answer.body().contains("hush"), answer.body());
        }
        problem(404, get("/api/v1/none"));
        problem(404, get("/api/v1/models/none"));
        problem(404, post("/api/v1/models/none/predict", EVENT));
        problem(405, get(predict));
        problem(405, post("/api/v1/health", "{}"));
        problem(413, post(predict, " ".repeat(1 << 20) + EVENT));
        problem(
                415,
                client.send(
                        request(predict).POST(BodyPublishers.ofString(EVENT)).build(), BodyHandlers.ofString()));
    }

    @Test
    void shouldAskForTheTokenWhenThereIsOne() throws Exception {
        restart("credence.http.token", "hush7f3c");

        HttpResponse<String> refused = get("/api/v1/configuration");
        problem(401, refused);
        assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElse(""));
        problem(401, get("/api/v1/none"));
        for (String wrong : List.of("Bearer", "Bearer ", "Bearer hush7f3", "Basic hush7f3c", "hush7f3c")) {
            problem(401, send(request("/api/v1/health").header("Authorization", wrong)));
        }
        HttpResponse<String> let = send(request("/api/v1/configuration").header("Authorization", "bearer hush7f3c"));
        assertEquals(200, let.statusCode(), let.body());
        assertEquals(
                "[hidden]", json(let).get("settings").get("credence.http.token").textValue());
        assertFalse(let.body().contains("hush7f3c"));
    }

    @Test
    void shouldTradeTheTokenForACookieThatAPageCanSend() throws Exception {
        restart("credence.http.token", "hush7f3c");

        problem(401, post("/api/v1/session", "{\"token\": \"hush\"}"));
        problem(401, post("/api/v1/session", "{}"));
        HttpResponse<String> admitted = post("/api/v1/session", "{\"token\": \"hush7f3c\"}");
        assertEquals(204, admitted.statusCode());
        String cookie = admitted.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict"), cookie);
        assertFalse(cookie.contains("hush7f3c"), cookie);
        String value = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(
                200, send(request("/api/v1/health").header("Cookie", value)).statusCode());
        assertEquals(200, send(request("/metrics").header("Cookie", value)).statusCode());
        problem(401, send(request("/api/v1/health").header("Cookie", value + "0")));
        problem(401, send(request("/api/v1/health").header("Cookie", "credence=")));
        problem(401, get("/metrics"));
        assertEquals(200, get("/").statusCode(), "the page itself tells nothing");
    }

    @Test
    void shouldServeAPageThatNeedsNobodyElse() throws Exception {
        HttpResponse<String> page = get("/");
        List<String> files = Pattern.compile("(?:src|href)=\"(/page/[^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertTrue(files.size() >= 4, files.toString());
        for (String file : files) {
            HttpResponse<String> answer = get(file);
            assertEquals(200, answer.statusCode(), file);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElse(""));
        }
        assertFalse(page.body().contains("://"), "addresses of others");
        assertFalse(Pattern.compile("<script(?![^>]* src=)|<style| style=| on[a-z]+=")
                .matcher(page.body())
                .find());
        problem(404, get("/page/none.js"));
    }

    @Test
    void shouldSendEventsUntilTheReaderIsGone() throws Exception {
        HttpResponse<InputStream> answer =
                client.send(request("/api/v1/models/default/live").build(), BodyHandlers.ofInputStream());
        assertEquals(
                "text/event-stream;charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertEquals("retry: 1000", lines.readLine());
            for (int i = 0; i < 2; i++) {
                assertEquals("", lines.readLine());
                JsonNode moment = Body.JSON.readTree(lines.readLine().substring("data: ".length()));
                assertTrue(moment.get("ready").booleanValue());
                assertEquals(0, moment.get("bands").size());
            }
        }
        problem(404, get("/api/v1/models/none/live"));
    }

    @Test
    void shouldRefuseFurtherRequestsWhenThereAreTooManyInASecond() throws Exception {
        restart("credence.http.rate", "5");
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            codes.add(get("/api/v1/health").statusCode());
        }
        assertTrue(codes.contains(200) && codes.contains(429), codes.toString());
    }

    @Test
    void shouldSayThatItIsNotReadyWhenTheModelsCannotBeReadYet() throws Exception {
        standing.instance.started = false;

        problem(503, get("/api/v1/models"));
        problem(503, post("/api/v1/models/default/predict", EVENT));
        JsonNode health = json(get("/api/v1/health"));
        assertFalse(health.get("ready").booleanValue());
        assertEquals("Kafka Streams is REBALANCING", health.get("why").textValue());
    }

    private JsonNode problem(int status, HttpResponse<String> answer) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(answer.headers().firstValue("Content-Security-Policy").isPresent());
        JsonNode problem = json(answer);
        assertEquals(Standing.PROBLEM, names(problem), answer.body());
        assertEquals(status, problem.get("status").intValue());
        return problem;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Body.JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standing.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
