package io.credence.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.stream.serve.CredenceService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.stream.Stream;

/** What a service tells its live page. */
final class Moments {
    private Moments() {}

    /** The first event of the stream of the only model, which has everything of late; empty if too many read. */
    static Optional<JsonNode> first(CredenceService service) throws Exception {
        URI uri = URI.create(service.httpAddress().orElseThrow() + "api/v1/models/default/live");
        HttpResponse<Stream<String>> answer =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            Optional<String> event =
                    lines.filter(line -> line.startsWith("data: ")).findFirst();
            return event.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ObjectMapper().readTree(event.get().substring("data: ".length())));
        }
    }
}
