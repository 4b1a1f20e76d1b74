package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class FloodGateTest {
    private static final String NETWORK = "org.apache.kafka.clients.NetworkClient";

    private final LoggerContext context = new LoggerContext();
    private final FloodGate gate = new FloodGate();

    @Test
    void shouldPassTwoOfAKindInAMinuteWhenTwelveClientsSayItEverySecond() {
        int passed = 0;
        for (int second = 0; second < 180; second++) {
            for (int client = 0; client < 12; client++) {
                passed += passes(
                        NETWORK,
                        "[Producer clientId=bike-" + client + "] Connection to node " + client
                                + " (localhost/127.0.0.1:9092) could not be established.",
                        second);
            }
        }
        assertEquals(6, passed);
    }

    @Test
    void shouldPassTwentyLinesInAMinuteWhenAllAreOfAnotherKind() {
        int passed = 0;
        for (char kind = 'a'; kind <= 'z'; kind++) {
            passed += passes("org.apache.kafka." + kind, "trouble", 1);
        }
        assertEquals(20, passed);
    }

    @Test
    void shouldPassEverythingWhenCredenceSaysIt() {
        for (int i = 0; i < 100; i++) {
            assertEquals(1, passes("io.credence.stream.serve.Pulse", "In the last minute: learned 7", 1));
        }
    }

    private int passes(String logger, String message, long second) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setLoggerContext(context);
        event.setLevel(Level.WARN);
        event.setMessage(message);
        event.setTimeStamp(1000 * second);
        return gate.decide(event) == FilterReply.DENY ? 0 : 1;
    }
}
