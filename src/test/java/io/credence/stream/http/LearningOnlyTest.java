package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A service without an unlabelled topic: what is learned can be looked at, and nobody can be asked. */
final class LearningOnlyTest {
    @Test
    void shouldListWhatItHeardOfModelsAndSayThatItDoesNotScore() throws Exception {
        try (Standing standing = new Standing("credence.topic.unlabelled", "")) {
            HttpResponse<String> list = get(standing, "/api/v1/models");
            assertEquals(200, list.statusCode(), list.body());
            assertEquals(
                    Body.JSON.readTree(
                            "{\"scores\":false,\"task\":\"regression\",\"interval\":0.95,\"classes\":[],\"total\":0,\"models\":[]}"),
                    Body.JSON.readTree(list.body()));
            HttpResponse<String> card = get(standing, "/api/v1/models/default");
            assertEquals(409, card.statusCode(), card.body());
            assertEquals(
                    "urn:credence:problem:no-models",
                    Body.JSON.readTree(card.body()).get("type").textValue());
        }
    }

    @Test
    void shouldSayThatItScoresWhereItDoes() throws Exception {
        try (Standing standing = new Standing()) {
            JsonNode list = Body.JSON.readTree(get(standing, "/api/v1/models").body());
            assertEquals(true, list.get("scores").booleanValue());
            assertEquals("default", list.at("/models/0/name").textValue());
        }
    }

    private static HttpResponse<String> get(Standing standing, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + standing.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
