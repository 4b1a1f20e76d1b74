package io.credence.event;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.credence.feature.Outcome;
import io.credence.feature.Rejection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What several tests of this package need. */
final class Fixtures {
    static final Headers NO_HEADERS = new RecordHeaders();

    private Fixtures() {}

    /** Settings of a registry in memory, with further keys and values in turn. */
    static Map<String, Object> mock(String scope, Object... more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("schema.registry.url", "mock://" + scope);
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    static <T> T accepted(Outcome<T> outcome) {
        return outcome.fold(v -> v, fault -> {
            throw new AssertionError("rejected: " + fault);
        });
    }

    static Rejection rejected(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Rejected.class, outcome).rejection();
    }
}
