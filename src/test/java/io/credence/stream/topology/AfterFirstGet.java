package io.credence.stream.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A store in which something happens between the first look and the next: another thread's write. */
final class AfterFirstGet implements ReadOnlyKeyValueStore<Bytes, byte[]> {
    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final Runnable event;
    private boolean happened;

    AfterFirstGet(ReadOnlyKeyValueStore<Bytes, byte[]> store, Runnable event) {
        this.store = store;
        this.event = event;
    }

    @Override
    public byte[] get(Bytes key) {
        byte[] found = store.get(key);
        if (!happened) {
            happened = true;
            event.run();
        }
        return found;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return store.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return store.all();
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }
}
