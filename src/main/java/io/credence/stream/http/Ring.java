package io.credence.stream.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last few of a sequence, each with its number, so that a reader gets what is new to it. One thread. */
final class Ring<T> {
    private final int capacity;
    private final Deque<T> last = new ArrayDeque<>();
    private long next;

    Ring(int capacity) {
        this.capacity = capacity;
    }

    void add(T item) {
        if (last.size() == capacity) {
            last.removeFirst();
        }
        last.addLast(item);
        next++;
    }

    /** The number that the next item will have, from 0. */
    long next() {
        return next;
    }

    /** Those from a number on that are still here, in order. */
    List<T> from(long number) {
        List<T> items = new ArrayList<>();
        long at = next - last.size();
        for (T item : last) {
            if (at++ >= number) {
                items.add(item);
            }
        }
        return items;
    }
}
