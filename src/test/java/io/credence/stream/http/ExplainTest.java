package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Predictions that say what they owe to the features. */
final class ExplainTest {
    private static Standing standing;

    @BeforeAll
    static void start() {
        standing = new Standing();
    }

    @AfterAll
    static void stop() {
        standing.close();
    }

    @Test
    void shouldDivideTheDifferenceFromTheAverageEventAmongTheFeatures() throws Exception {
        HttpResponse<String> answer = post(
                "{\"events\": [{\"x\": 3, \"colour\": \"red\"}], \"timestamps\": [1700000000000], \"explain\": true}");

        assertEquals(200, answer.statusCode(), answer.body());
        JsonNode prediction = prediction(answer);
        JsonNode told = prediction.get("attribution");
        double parts = 0;
        for (JsonNode part : told.get("parts")) {
            parts += part.get("mean").doubleValue();
        }
        assertEquals(prediction.get("mean").doubleValue(), told.get("mean").doubleValue(), 1e-6);
        assertEquals(told.get("mean").doubleValue() - told.get("baseMean").doubleValue(), parts, 1e-9);
        assertEquals("x", told.get("parts").get(0).get("feature").textValue());
        assertEquals("colour", told.get("parts").get(1).get("feature").textValue());
    }

    @Test
    void shouldSayNothingOfItUnlessAsked() throws Exception {
        assertFalse(prediction(post("{\"events\": [{\"x\": 3, \"colour\": \"red\"}]}"))
                .has("attribution"));
    }

    @Test
    void shouldRefuseToExplainMoreThanTenEvents() throws Exception {
        assertEquals(
                413,
                post("{\"explain\": true, \"events\": [" + "{},".repeat(10) + "{}]}")
                        .statusCode());
    }

    @Test
    void shouldRefuseWhatIsNeitherTrueNorFalse() throws Exception {
        assertEquals(400, post("{\"explain\": 1, \"events\": [{}]}").statusCode());
    }

    private static JsonNode prediction(HttpResponse<String> answer) throws Exception {
        return Body.JSON.readTree(answer.body()).get("predictions").get(0);
    }

    private static HttpResponse<String> post(String body) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + standing.port() + "/api/v1/models/default/predict");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
