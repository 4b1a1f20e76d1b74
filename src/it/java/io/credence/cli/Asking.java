package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Somebody who asks a service everything that it answers over HTTP, with its token and with another one. */
final class Asking {
    private static final List<String> PATHS = List.of(
            "",
            "page/app.js",
            "metrics",
            "none",
            "api/v1/health",
            "api/v1/models",
            "api/v1/models/default",
            "api/v1/configuration",
            "api/v1/topology",
            "api/v1/metrics",
            "api/v1/dead-letters",
            "api/v1/openapi.json",
            "api/v1/none");
    private static final String PREDICT = "api/v1/models/default/predict";
    private static final String LIVE = "api/v1/models/default/live";

    private final HttpClient client;
    private final String address;
    private final StringBuilder told = new StringBuilder();

    /** @param address of the service, with a slash at the end */
    Asking(SSLContext trust, String address) {
        this.client = HttpClient.newBuilder().sslContext(trust).build();
        this.address = address;
    }

    /** All headers and bodies that are answered. */
    String everything(String token) throws Exception {
        for (String shown : List.of(token, token + "x")) {
            boolean right = shown.equals(token);
            for (String path : PATHS) {
                keep(send(request(path, shown).build()));
            }
            for (String event : List.of("{\"x\": 1}", "{\"x\": \"none\"}", "{\"z\": 1}", "[")) {
                HttpResponse<String> answer = keep(send(request(PREDICT, shown)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"events\": [" + event + "]}"))
                        .build()));
                assertEquals(right && event.contains("\"x\": 1"), answer.statusCode() == 200, answer.body());
            }
            keep(send(request("api/v1/session", shown)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"token\": \"" + shown + "\"}"))
                    .build()));
            assertEquals(right ? 200 : 401, moment(shown));
        }
        return told.toString();
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> keep(HttpResponse<String> answer) {
        told.append(answer.headers().map()).append(answer.body());
        return answer;
    }

    /** The first moment of the page's stream, which has no end; or the whole refusal. */
    private int moment(String token) throws Exception {
        var answer = client.send(request(LIVE, token).build(), BodyHandlers.ofInputStream());
        told.append(answer.headers().map());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                told.append(line);
                line = line.startsWith("data:") ? null : lines.readLine();
            }
        }
        return answer.statusCode();
    }
}
