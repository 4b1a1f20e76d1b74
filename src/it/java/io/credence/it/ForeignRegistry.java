package io.credence.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Someone else's registry client: plain HTTP against the Confluent API, sharing no code with the product. */
final class ForeignRegistry {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final String url;

    ForeignRegistry(String url) {
        this.url = url;
    }

    /** Registers a schema under a subject and gives its id. */
    int register(String subject, Schema schema) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("schema", schema.toString()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return send(request).get("id").intValue();
    }

    /** The schema with an id. */
    Schema byId(int id) throws IOException, InterruptedException {
        Schema known = schemas.get(id);
        if (known == null) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + id))
                    .build();
            known = new Schema.Parser().parse(send(request).get("schema").textValue());
            schemas.put(id, known);
        }
        return known;
    }

    /** Number of versions of a subject. */
    int versions(String subject) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                .build();
        return send(request).size();
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answers " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body());
    }
}
