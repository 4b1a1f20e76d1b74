package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request that must be refused, as it is written on a socket, and the status that refuses it. */
record Attack(String text, int status) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");
    private static final List<String> MEMBERS = List.of("type", "title", "status", "detail", "errors");
    private static final int PATIENCE_MS = 60_000;

    /** One of each kind: of no HTTP, too large, too deep, ambiguous, unauthorised, unknown. */
    static List<Attack> all(String token, Random random) {
        byte[] noise = new byte[200];
        random.nextBytes(noise);
        String host = " HTTP/1.1\r\nHost: localhost\r\n";
        String may = host + "Authorization: Bearer " + token + "\r\n";
        String predict = "POST /api/v1/models/default/predict";
        String type = "Content-Type: application/json\r\n";
        String head = predict + may + type;
        String event = "{\"events\": [{\"a\": 1, \"b\": 2}]}";
        return List.of(
                new Attack(new String(noise, StandardCharsets.ISO_8859_1), 400),
                new Attack(head + "Content-Length: 999999999999\r\n\r\n{", 413),
                new Attack(head + "Content-Length: 40000\r\n\r\n" + "[".repeat(40_000), 400),
                new Attack("GET /" + "../".repeat(500) + may + "\r\n", 400),
                new Attack(head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzzz\r\n", 400),
                new Attack(head + "Content-Length: 30\r\n\r\n{\"events\": [{\"a\": 1e999999}]}  ", 422),
                new Attack(predict + may + "Content-Length: 2\r\n\r\n{}", 415),
                new Attack("GET /api/v1/models HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
                new Attack(predict + host + type + "Content-Length: " + event.length() + "\r\n\r\n" + event, 401),
                new Attack("GET /metrics" + host + "Authorization: Bearer " + token + "x\r\n\r\n", 401),
                new Attack("GET /api/v1/none" + may + "\r\n", 404),
                new Attack("GET /none" + may + "\r\n", 404),
                new Attack("GET /api/v1/models/none" + may + "\r\n", 404),
                new Attack("DELETE /api/v1/models/default" + may + "\r\n", 405));
    }

    /** Requests that begin and do not go on: within the headers, and within the body. */
    static String slow(String token, int i) {
        String head = "POST /api/v1/models/default/predict HTTP/1.1\r\nHost: ";
        return i % 2 == 0
                ? head
                : head + "localhost\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{\"ev";
    }

    /** A socket on which a text was written. */
    static Socket opened(int port, String text) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** The status of the one answer that comes on a socket, problem details in their only shape; nothing if it is cut off. */
    static Optional<Integer> refusal(Socket socket) throws IOException {
        String answer = read(socket);
        Matcher status = STATUS.matcher(answer);
        if (!status.lookingAt()) {
            assertEquals("", answer);
            return Optional.empty();
        }
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\ncontent-type: application/problem+json"), answer);
        JsonNode problem = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        List<String> members = new ArrayList<>();
        problem.fieldNames().forEachRemaining(members::add);
        assertEquals(MEMBERS, members, answer);
        assertEquals(status.group(1), problem.get("status").asText(), answer);
        return Optional.of(Integer.valueOf(status.group(1)));
    }

    private static String read(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String answer = "";
        int b;
        while (!whole(answer) && (b = socket.getInputStream().read()) >= 0) {
            bytes.write(b);
            answer = b == '\n' || b == '}' ? bytes.toString(StandardCharsets.ISO_8859_1) : answer;
        }
        return answer;
    }

    private static boolean whole(String answer) {
        int body = answer.indexOf("\r\n\r\n") + 4;
        Matcher length = LENGTH.matcher(answer.toLowerCase(Locale.ROOT));
        return body >= 4 && length.find() && answer.length() - body >= Integer.parseInt(length.group(1));
    }
}
