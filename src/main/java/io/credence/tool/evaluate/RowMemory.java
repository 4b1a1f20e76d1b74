package io.credence.tool.evaluate;

import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Remembered;
import io.credence.bayes.feature.SeriesMemory;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** The past of each series of a table's rows, whose labels arrive when some more rows have been predicted. */
final class RowMemory {
    private final PastPlan plan;
    private final int delay;
    private final Map<String, SeriesMemory> series = new HashMap<>();
    private final Queue<Coming> coming = new ArrayDeque<>();

    private record Coming(SeriesMemory series, Remembered event, double label) {}

    /** @param delay events of any series that are predicted between an event's own prediction and the arrival of its label */
    RowMemory(PastPlan plan, int delay) {
        this.plan = plan;
        this.delay = delay;
    }

    /** What the event is told of its series, one number for each function. */
    double[] recall(String name, long time, double[] values) {
        return of(name).recall(time, values);
    }

    /** Takes in an event that was told, and the label that arrives next. */
    void add(String name, long time, double[] values, double label) {
        SeriesMemory memory = of(name);
        coming.add(new Coming(memory, memory.remember(0, time, values), label));
        if (coming.size() > delay) {
            Coming next = coming.remove();
            next.series().answer(next.event(), next.label());
        }
    }

    /** Takes in an event that nobody is told of and whose label never arrives: it has its place in the series. */
    void pass(String name, long time, double[] values) {
        of(name).remember(0, time, values);
    }

    private SeriesMemory of(String name) {
        return series.computeIfAbsent(name, any -> new SeriesMemory(plan));
    }
}
