package io.credence.stream.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** A real in-memory store without a topology. */
final class MapStore {
    private MapStore() {}

    static KeyValueStore<Bytes, byte[]> create(String name) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
