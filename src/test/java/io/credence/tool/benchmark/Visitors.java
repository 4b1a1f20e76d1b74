package io.credence.tool.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Whoever looks at a service: a reader of the event stream, who reads everything, and a scrape every second. */
final class Visitors implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong moments = new AtomicLong();
    private final AtomicLong scrapes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    private Visitors() {}

    /** None if there is no address. */
    static Visitors of(Optional<String> address) {
        Visitors visitors = new Visitors();
        address.ifPresent(at -> {
            visitors.visit("visitor-reader", () -> visitors.read(at + "api/v1/models/default/live"));
            visitors.visit("visitor-scraper", () -> visitors.scrape(at + "metrics"));
        });
        return visitors;
    }

    private interface Visit {
        void run() throws IOException, InterruptedException;
    }

    private void visit(String name, Visit visit) {
        Thread thread = new Thread(
                () -> {
                    try {
                        visit.run();
                    } catch (IOException | InterruptedException e) {
                        // The service or the measurement is over.
                        closed.countDown();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void read(String address) throws IOException, InterruptedException {
        try (Stream<String> lines = client.send(
                        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofLines())
                .body()) {
            lines.filter(line -> line.startsWith("data: ")).forEach(line -> moments.incrementAndGet());
        }
    }

    private void scrape(String address) throws IOException, InterruptedException {
        do {
            if (!client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body()
                    .isEmpty()) {
                scrapes.incrementAndGet();
            }
        } while (!closed.await(1, TimeUnit.SECONDS));
    }

    /** @throws IllegalStateException if they have seen nothing */
    void verify() {
        if (!threads.isEmpty() && (moments.get() == 0 || scrapes.get() == 0)) {
            throw new IllegalStateException("read " + moments + " moments and " + scrapes + " scrapes");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.forEach(Thread::interrupt);
    }
}
