package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Models whose keys are any text. */
final class ModelKeyTest {
    @Test
    void shouldFindAModelWhenItsKeyHasCharactersOfAddresses() throws Exception {
        try (Standing standing = new Standing("credence.model.key", "site")) {
            String path = "/api/v1/models/"
                    + URLEncoder.encode(Standing.KEY, StandardCharsets.UTF_8).replace("+", "%20");

            HttpResponse<String> card = send(request(standing, path));
            assertEquals(200, card.statusCode(), card.body());
            assertEquals(
                    Standing.KEY, Body.JSON.readTree(card.body()).get("name").textValue());
            HttpResponse<String> told = send(request(standing, path + "/predict")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"events\": [{\"x\": 1, \"colour\": \"red\"}]}")));
            JsonNode prediction =
                    Body.JSON.readTree(told.body()).get("predictions").get(0);
            assertEquals(Standing.KEY, prediction.get("modelKey").textValue());
            for (String other : new String[] {"default", "north", "north/50%25%20;%CF%80", "%2e%2e", "..%2fhealth"}) {
                int status = send(request(standing, "/api/v1/models/" + other)).statusCode();
                assertEquals(4, status / 100, other + " " + status);
            }
        }
    }

    private static HttpRequest.Builder request(Standing standing, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standing.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
