package io.credence.serve;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadPolicyTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final ThreadPolicy policy = new ThreadPolicy(nanos::get);
    private final Throwable fault = new StreamsException("no");

    @Test
    void shouldStopWhenAFourthThreadDiesWithinTheWindow() {
        for (int i = 0; i < 3; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(fault));
            nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        }
        assertEquals(SHUTDOWN_CLIENT, policy.handle(fault));
    }

    @Test
    void shouldGoOnReplacingWhenThreadsDieSeldom() {
        for (int i = 0; i < 20; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(fault));
            nanos.addAndGet(Duration.ofSeconds(101).toNanos());
        }
    }

    @Test
    void shouldStopAtOnceWhenTheJvmIsBroken() {
        assertEquals(SHUTDOWN_CLIENT, policy.handle(new StreamsException(new OutOfMemoryError("native"))));
        assertEquals(SHUTDOWN_CLIENT, policy.handle(new UnsatisfiedLinkError("no openblas")));
    }
}
