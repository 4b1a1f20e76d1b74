package io.credence.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.fixture.Wait;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A page in a headless Chromium of this machine, driven by the DevTools protocol, which needs no library. */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long PATIENCE_S = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicReference<CompletableFuture<Void>> loaded = new AtomicReference<>(new CompletableFuture<>());
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Where Chromium is: among the directories of {@code PATH}. */
    public static Optional<Path> executable() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param directory for its profile */
    public Browser(Path directory) throws Exception {
        process = new ProcessBuilder(
                        executable().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("chromium.log").toFile())
                .start();
        Path port = directory.resolve("DevToolsActivePort");
        Wait.until(
                "the browser's port",
                Wait.working(process),
                () -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page(Files.readAllLines(port).get(0)), new Ears())
                .get(PATIENCE_S, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    private static URI page(String port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(BodyPublishers.noBody())
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return URI.create(JSON.readTree(answer).get("webSocketDebuggerUrl").textValue());
    }

    /** Goes to an address, and waits until what is there has been loaded. */
    public void open(String address) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loaded.set(done);
        JsonNode answer = call("Page.navigate", Map.of("url", address));
        if (answer.has("errorText")) {
            throw new AssertionError(address + ": " + answer.get("errorText").textValue());
        }
        Wait.until(address, Wait.working(process), done::isDone);
    }

    /**
     * The value of an expression; of a promise what it comes to.
     *
     * @throws AssertionError if it throws
     */
    public JsonNode value(String expression) {
        JsonNode answer = evaluate(expression);
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    /** Waits until an expression is true; as long as it throws, it is not: its elements may still have to come. */
    public void await(String expression) {
        Wait.until(expression, () -> evaluate("document.body.innerText"), () -> evaluate("Boolean(" + expression + ")")
                .at("/result/value")
                .booleanValue());
    }

    private JsonNode evaluate(String expression) {
        return call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    }

    /** Sets the size of the window in pixels, and whether colours are dark. */
    public void look(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Cuts the network, or mends it. */
    public void offline(boolean cut) {
        call(
                "Network.emulateNetworkConditions",
                Map.of("offline", cut, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Writes a picture of what the window shows. */
    public void picture(Path file) throws IOException {
        JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(file, Base64.getDecoder().decode(picture.get("data").textValue()));
    }

    /** What the page complained of: errors on the console, exceptions, refused loads. */
    public List<String> errors() {
        return new ArrayList<>(errors);
    }

    /** The addresses that the page asked. */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        try {
            socket.sendText(request.toString(), true).get(PATIENCE_S, TimeUnit.SECONDS);
            return answer.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(method, e);
        }
    }

    private void heard(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> waiting =
                    Objects.requireNonNull(answers.remove(message.get("id").intValue()));
            if (message.has("error")) {
                waiting.completeExceptionally(
                        new IllegalStateException(message.get("error").toString()));
            } else {
                waiting.complete(message.get("result"));
            }
            return;
        }
        JsonNode what = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.get().complete(null);
            case "Network.requestWillBeSent" ->
                requests.add(what.at("/request/url").textValue());
            case "Runtime.exceptionThrown" ->
                errors.add(what.get("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (what.get("type").textValue().equals("error")) {
                    errors.add(what.get("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (what.at("/entry/level").textValue().equals("error")) {
                    errors.add(what.get("entry").toString());
                }
            }
            default -> {}
        }
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        // Its helpers write to the profile until they end, and whoever made that directory is about to delete it.
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(20, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                each.destroyForcibly();
                each.onExit().get();
            }
        }
    }

    /** Puts the pieces of messages together. */
    private final class Ears implements WebSocket.Listener {
        private final StringBuilder pieces = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            pieces.append(piece);
            if (last) {
                try {
                    heard(JSON.readTree(pieces.toString()));
                } catch (IOException e) {
                    errors.add(e.toString());
                }
                pieces.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
