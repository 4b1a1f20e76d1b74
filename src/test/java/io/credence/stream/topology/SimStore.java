package io.credence.stream.topology;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store on the heap; what becomes of a write is the business of whoever made it. */
final class SimStore implements KeyValueStore<Bytes, byte[]> {
    /** Takes a write; a null value deletes. */
    interface Writing {
        void put(SimStore store, Bytes key, byte[] value);
    }

    private final String name;
    private final Writing writing;
    private final TreeMap<Bytes, byte[]> content = new TreeMap<>();

    SimStore(String name, Writing writing) {
        this.name = name;
        this.writing = writing;
    }

    /** Changes the heap alone. */
    void keep(Bytes key, byte[] value) {
        if (value == null) {
            content.remove(key);
        } else {
            content.put(key, value);
        }
    }

    @Override
    public void put(Bytes key, byte[] value) {
        writing.put(this, key, value);
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        byte[] there = get(key);
        if (there == null) {
            put(key, value);
        }
        return there;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        byte[] there = get(key);
        put(key, null);
        return there;
    }

    @Override
    public byte[] get(Bytes key) {
        return content.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Entries(content.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(content);
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, PS serializer) {
        Bytes from = Bytes.wrap(serializer.serialize("", prefix));
        return new Entries(content.subMap(from, true, Bytes.increment(from), false));
    }

    @Override
    public long approximateNumEntries() {
        return content.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** A copy: the content may change while it is gone through. */
    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final Iterator<Map.Entry<Bytes, byte[]>> entries;

        Entries(Map<Bytes, byte[]> content) {
            entries = List.copyOf(content.entrySet()).iterator();
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> entry = entries.next();
            return new KeyValue<>(entry.getKey(), entry.getValue());
        }

        @Override
        public Bytes peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
