package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingMetrics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one model wrote of late, and its labels joined to what was said of their events. One thread.
 *
 * <p>Predictions and labels lie on topics of their own, of which either may be read first. A label whose event was not seen
 * being asked about therefore waits a moment for it.
 */
final class Track {
    private static final int POINTS = 400;
    private static final int REPORTS = 600;
    private static final int ALERTS = 20;
    private static final int ASKED = 5_000;
    private static final int EARLY = POINTS;
    private static final long EARLY_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long WATCHED_NS = TimeUnit.SECONDS.toNanos(10);

    final Ring<ArrayNode> bands = new Ring<>(POINTS);
    final Ring<ArrayNode> labels = new Ring<>(POINTS);
    final Ring<TrainingMetrics> measures = new Ring<>(REPORTS);
    final Ring<ObjectNode> alarms = new Ring<>(ALERTS);
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<String, Early> early = new LinkedHashMap<>();

    /** When somebody looked at it, by the clock; null if nobody has. */
    private @Nullable Long looked;

    /** A label that waits, since a moment of the clock. */
    private record Early(Example example, long since) {}

    /** Takes what was said of an event whose id is told. */
    void said(String event, Asked what) {
        Early label = early.remove(event);
        if (label != null) {
            came(label.example, what);
            return;
        }
        asked.put(event, what);
        if (asked.size() > ASKED) {
            asked.remove(asked.keySet().iterator().next());
        }
    }

    /**
     * Takes a label.
     *
     * @param joined whether predictions come that tell their event's id
     */
    void learned(Example example, boolean joined, long now) {
        Asked what = asked.remove(example.getEventId());
        if (what != null || !joined) {
            came(example, what);
            return;
        }
        Early before = early.put(example.getEventId(), new Early(example, now));
        if (before != null) {
            came(before.example, null);
        }
        if (early.size() > EARLY) {
            Iterator<Early> eldest = early.values().iterator();
            came(eldest.next().example, null);
            eldest.remove();
        }
    }

    /** Somebody looks at it now. */
    void look(long now) {
        looked = now;
        settle(now);
    }

    /** Whether somebody looks at it who comes back every second. */
    boolean watched(long now) {
        return looked != null && now - looked < WATCHED_NS;
    }

    /** Shows the labels for whose events nobody asked, as far as can be told by now. */
    private void settle(long now) {
        early.values().removeIf(label -> {
            boolean over = now - label.since > EARLY_NS;
            if (over) {
                came(label.example, null);
            }
            return over;
        });
    }

    /** A label often comes later than its event, in a record with a time of its own: it belongs where that was asked about. */
    private void came(Example example, @Nullable Asked what) {
        ArrayNode label = JsonNodeFactory.instance.arrayNode();
        label.add(what == null ? example.getTimestamp().toEpochMilli() : what.time());
        label.add(example.getLabel());
        if (what != null && !what.promises().isEmpty()) {
            what.kept(example.getLabel(), label.addArray());
        }
        labels.add(label);
    }
}
