package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances of a service on one broker, each with half of the work: the page of either shows the whole. */
@Timeout(600)
final class TwoPagesIT {
    private static final int POINTS = 150;
    private static final List<String> MODELS = List.of("site0", "site1", "site2");
    private static final Pattern SCORED = Pattern.compile("(?m)^credence_events_scored_total (\\S+)$");

    @Test
    void shouldShowTheWholeServiceOnThePageOfEither() throws Exception {
        Browser.assumeThereIsOne();
        try (Cluster cluster = new Cluster();
                SiteFeed feed = new SiteFeed(cluster, "twice")) {
            CredenceConfig config = feed.config("credence.http.port", "0", "credence.http.rate", "10000");
            try (CredenceService first = new CredenceService(config);
                    CredenceService second = new CredenceService(config)) {
                first.start();
                second.start();
                cluster.await("both to be ready", () -> first.ready() && second.ready());
                cluster.await("both to have work", () -> {
                    feed.send(3);
                    return scored(first) > 0 && scored(second) > 0;
                });
                feed.send(POINTS);
                cluster.send(new ProducerRecord<>(
                        "twice-unlabelled", 1, null, "no Avro at all".getBytes(StandardCharsets.UTF_8)));
                int all = feed.awaitScored().size();
                cluster.await("the counts", () -> scored(first) + scored(second) == all);
                assertTrue(scored(first) < all && scored(second) < all, "each scored a part");
                Map<String, Long> learned = new TreeMap<>();
                cluster.await("the whole models", () -> {
                    learned.putAll(learned(first));
                    return learned.values().stream().mapToLong(Long::longValue).sum() == all;
                });
                try (Browser browser = new Browser()) {
                    browser.look(1280, 900, false);
                    for (CredenceService service : List.of(first, second)) {
                        browser.open(service.httpAddress().orElseThrow());
                        shows(browser, all, learned);
                    }
                    String before = browser.value("document.getElementById('answer').dataset.mean")
                            .textValue();
                    feed.send(POINTS);
                    // Nobody touches it: the answer is that of the newer version.
                    browser.await("document.getElementById('answer').dataset.mean !== '" + before + "'");
                    assertEquals(List.of(), browser.errors());
                }
            }
        }
    }

    private static void shows(Browser browser, int all, Map<String, Long> learned) {
        browser.await("document.querySelectorAll('#list tr').length === 3");
        for (String model : MODELS) {
            browser.value("[...document.querySelectorAll('#list button')].find(b => b.textContent === '" + model
                    + "').click()");
            // Every event and every label of the model, whoever scored and learned it.
            browser.await("document.getElementById('model').value === '" + model + "'");
            browser.await("Number(document.getElementById('band').dataset.points) > 10");
            browser.await("[...document.querySelectorAll('#facts div')].some(f => f.textContent === 'Learned"
                    + learned.get(model) + "')");
            browser.await("Number(document.getElementById('error').dataset.points) > 0");
        }
        browser.await("document.getElementById('reasons').textContent === 'BAD_MAGIC1'");
        browser.await("document.getElementById('dead').textContent.startsWith('BAD_MAGICtwice-unlabelled-1@')");
        browser.await("document.querySelectorAll('#lag tr').length === 12");
        browser.await("[...document.querySelectorAll('#lag tr')].every(r => r.cells[2].textContent === '0')");
        browser.await("document.querySelectorAll('#topology rect').length > 10");
        browser.await("Number(document.getElementById('rate').dataset.points) > 0");
        browser.await("document.getElementById('answer').dataset.mean");
    }

    private static Map<String, Long> learned(CredenceService service) throws Exception {
        Map<String, Long> learned = new TreeMap<>();
        for (JsonNode model :
                new ObjectMapper().readTree(body(service, "api/v1/models")).path("models")) {
            learned.put(model.get("name").textValue(), model.get("events").longValue());
        }
        return learned;
    }

    private static double scored(CredenceService service) throws Exception {
        Matcher line = SCORED.matcher(body(service, "metrics"));
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private static String body(CredenceService service, String path) throws Exception {
        URI uri = URI.create(service.httpAddress().orElseThrow() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
