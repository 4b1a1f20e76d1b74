package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.serve.Retry.NotYet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> pauses = new ArrayList<>();

    @Test
    void shouldAnswerWhenTheThirdAttemptDoes() {
        AtomicInteger attempts = new AtomicInteger();

        String answer = retry(false).until("the oracle", () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new NotYet("asleep");
            }
            return "42";
        });

        assertEquals("42", answer);
        assertEquals(List.of(100L, 200L), pauses);
    }

    @Test
    void shouldNameWhatAndWhyWhenTheTimeIsOver() {
        StartupException e =
                assertThrows(StartupException.class, () -> retry(false).until("the oracle", () -> {
                    throw new NotYet("asleep");
                }));

        assertEquals("gave up on the oracle after 10000 ms: asleep", e.getMessage());
        assertTrue(pauses.stream().allMatch(p -> p <= 2000), pauses.toString());
        assertTrue(nanos.get() < Duration.ofSeconds(12).toNanos());
    }

    @Test
    void shouldEndAtOnceWhenTheFaultIsFinal() {
        assertThrows(IllegalStateException.class, () -> retry(false).until("the oracle", () -> {
            throw new IllegalStateException();
        }));
        assertEquals(List.of(), pauses);
    }

    @Test
    void shouldStopWaitingWhenTheServiceIsClosed() {
        StartupException e =
                assertThrows(StartupException.class, () -> retry(true).until("the oracle", () -> {
                    throw new NotYet("asleep");
                }));

        assertEquals("stopped while waiting for the oracle", e.getMessage());
        assertEquals(List.of(), pauses);
    }

    private Retry retry(boolean cancelled) {
        return new Retry(Duration.ofSeconds(10), () -> cancelled, nanos::get, millis -> {
            pauses.add(millis);
            nanos.addAndGet(Duration.ofMillis(millis).toNanos());
        });
    }
}
