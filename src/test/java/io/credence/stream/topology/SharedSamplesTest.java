package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.credence.bayes.network.Activation;
import io.credence.bayes.network.ParameterLayout;
import io.credence.bayes.network.SampledNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedSamplesTest {
    private final SharedSamples samples = new SharedSamples();
    private final AtomicInteger draws = new AtomicInteger();

    @Test
    void shouldDrawOnceWhenManyThreadsAskForAVersion() throws Exception {
        int threads = 8;
        CountDownLatch all = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<SampledNetworks>>> asked = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                asked.add(pool.submit(() -> {
                    all.countDown();
                    all.await();
                    return samples.of("m", new byte[] {1}, this::draw);
                }));
            }
            List<SampledNetworks> first = asked.get(0).get();
            for (Future<List<SampledNetworks>> future : asked) {
                assertSame(first, future.get());
            }
            assertEquals(1, draws.get());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldDrawAgainWhenTheVersionOrTheModelIsAnother() {
        List<SampledNetworks> first = samples.of("m", new byte[] {1}, this::draw);
        List<SampledNetworks> next = samples.of("m", new byte[] {2}, this::draw);
        List<SampledNetworks> other = samples.of("n", new byte[] {2}, this::draw);
        assertNotSame(first, next);
        assertNotSame(next, other);
        assertSame(next, samples.of("m", new byte[] {2}, this::draw));
        assertEquals(3, draws.get());
    }

    private List<SampledNetworks> draw() {
        draws.incrementAndGet();
        return List.of(SampledNetworks.draw(new ParameterLayout(2, List.of(3), 1), Activation.RELU, 2, (s, w) -> {}));
    }
}
