package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.credence.fixture.Wait;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is wrong on our side: it is said once, in few words, and leaves nothing behind. */
final class ServerFaultsTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldLogTheKindOfAnErrorOfTheMachineAndAnswerAProblem() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(HttpServer.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level before = logger.getLevel();
        logger.setLevel(Level.WARN);
        log.start();
        logger.addAppender(log);
        try (Standing standing = new Standing()) {
            standing.instance.broken = true;
            HttpResponse<String> answer = get(standing, "/api/v1/health");
            assertEquals(500, answer.statusCode());
            assertEquals("urn:credence:problem:internal", type(answer));
            String said = log.list.get(log.list.size() - 1).getFormattedMessage();
            assertTrue(said.startsWith("A request could not be answered: java.lang.StackOverflowError at "), said);
            assertFalse(said.contains("hush"), said);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }
    }

    @Test
    void shouldSayThatAModelHasAnotherShapeWhenSomebodyElsePublishedIt() throws Exception {
        try (Standing standing = new Standing()) {
            standing.instance.publish("", Standing.config("credence.hidden", "9,3"));

            HttpResponse<String> card = get(standing, "/api/v1/models/default");
            assertEquals(409, card.statusCode(), card.body());
            assertEquals("urn:credence:problem:other-shape", type(card));
            HttpResponse<String> told = client.send(
                    request(standing, "/api/v1/models/default/predict")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"events\": [{\"x\": 1, \"colour\": \"red\"}]}"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(200, told.statusCode(), told.body());
            JsonNode prediction = Body.JSON.readTree(told.body()).at("/predictions/0");
            assertEquals(0, prediction.get("eventsSeen").intValue(), "the prior's word, as the stream says it");
            assertEquals(200, get(standing, "/api/v1/models").statusCode());
        }
    }

    @Test
    void shouldLeaveNothingRunningWhenThePortIsTaken() throws Exception {
        Set<String> before = ours();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String said = assertThrows(IllegalStateException.class, () -> new Standing("credence.http.port", port))
                    .getMessage();
            assertTrue(said.startsWith("the HTTP API cannot listen on credence.http.host=127.0.0.1"), said);
        }
        Wait.until("no thread of ours", ServerFaultsTest::ours, () -> before.containsAll(ours()));
    }

    @Test
    void shouldNameTheLibraryWhenTheChartsAreNotThere() {
        String said = assertThrows(
                        IllegalStateException.class,
                        () -> new PageFiles(name -> name.contains("uplot") ? null : InputStream.nullInputStream()))
                .getMessage();
        assertTrue(said.contains("org.webjars.npm:uplot"), said);
    }

    @Test
    void shouldNameTheCookieAfterThePort() throws Exception {
        try (Standing one = new Standing("credence.http.token", "hush7f3c");
                Standing other = new Standing("credence.http.token", "else51d2")) {
            String cookies = session(one, "hush7f3c") + "; " + session(other, "else51d2");
            for (Standing standing : Set.of(one, other)) {
                HttpResponse<String> answer = client.send(
                        request(standing, "/api/v1/health")
                                .header("Cookie", cookies)
                                .build(),
                        BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), "one does not take the place of the other");
            }
            assertTrue(cookies.contains("credence-" + one.port() + "="), cookies);
        }
    }

    private String session(Standing standing, String token) throws Exception {
        String cookie = client.send(
                        request(standing, "/api/v1/session")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"token\": \"" + token + "\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static Set<String> ours() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("credence-"))
                .forEach(names::add);
        return names;
    }

    private static String type(HttpResponse<String> answer) throws Exception {
        return Body.JSON.readTree(answer.body()).get("type").textValue();
    }

    private static HttpRequest.Builder request(Standing standing, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standing.port() + path));
    }

    private HttpResponse<String> get(Standing standing, String path) throws Exception {
        return client.send(request(standing, path).build(), BodyHandlers.ofString());
    }
}
