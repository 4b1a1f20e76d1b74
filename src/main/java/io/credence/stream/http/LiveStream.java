package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.stream.config.TopicSection;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The event stream of the page: once a second what is new, everything at the beginning. Each reader has the thread of its
 * request, so that one who does not read keeps none waiting.
 */
final class LiveStream implements AutoCloseable {
    private static final int READERS = 16;
    private static final long PERIOD_MS = 1_000;

    private final TopicSection topics;
    private final Instance instance;
    private final Sampler sampler;
    private final DeadLetterTally deadLetters;
    private final TaskLag lag;
    private final Supplier<Map<String, Long>> written;
    private final Function<Context, String> key;
    private final Semaphore places = new Semaphore(READERS);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param written records of each topic since some time
     * @param key the model that a request is about
     */
    LiveStream(
            TopicSection topics,
            Instance instance,
            Sampler sampler,
            DeadLetterTally deadLetters,
            TaskLag lag,
            Supplier<Map<String, Long>> written,
            Function<Context, String> key) {
        this.topics = topics;
        this.instance = instance;
        this.sampler = sampler;
        this.deadLetters = deadLetters;
        this.lag = lag;
        this.written = written;
        this.key = key;
    }

    /** Writes until the reader or the server is gone. */
    void serve(Context request) throws InterruptedException {
        Sampler.Cursor cursor = new Sampler.Cursor(key.apply(request));
        if (!places.tryAcquire()) {
            throw Problem.of(429, "rate", "Too many look at once.").thrown();
        }
        try {
            var response = request.res();
            response.setContentType("text/event-stream;charset=utf-8");
            OutputStream out = response.getOutputStream();
            out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
            do {
                out.write(("data: " + moment(cursor) + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } while (!closed.await(PERIOD_MS, TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            // The reader is gone.
            return;
        } finally {
            places.release();
        }
    }

    private ObjectNode moment(Sampler.Cursor cursor) {
        ObjectNode moment = sampler.news(cursor);
        moment.put("at", System.currentTimeMillis());
        moment.put("live", instance.live());
        moment.put("ready", instance.ready());
        moment.put("state", instance.state());
        ObjectNode ends = moment.putObject("written");
        written.get().forEach(ends::put);
        moment.putObject("topics").put("scored", topics.scored()).put("training", topics.training());
        moment.set("deadLetters", deadLetters.json());
        moment.set("lag", lag.json());
        return moment;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
