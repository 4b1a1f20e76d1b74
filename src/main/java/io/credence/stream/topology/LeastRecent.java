package io.credence.stream.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A bounded map that lets go of what was not used for the longest time. */
final class LeastRecent<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    private final int capacity;
    private final transient Consumer<V> farewell;

    /** @param farewell is told of each value that is let go */
    LeastRecent(int capacity, Consumer<V> farewell) {
        super(16, 0.75f, true);
        this.capacity = capacity;
        this.farewell = farewell;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        if (size() <= capacity) {
            return false;
        }
        farewell.accept(eldest.getValue());
        return true;
    }
}
