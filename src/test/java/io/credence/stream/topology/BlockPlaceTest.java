package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.ModelSpec;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.state.TaskStores;
import io.credence.stream.wire.Origin;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Where the first event of a block lies, by which a change is told. */
class BlockPlaceTest {
    private static final int FIRST = 51;

    @Test
    void shouldFindTheFirstEventOfABlockWhenACorrectionLiesInItsMinibatch() {
        ModelSpec spec = new Rides("credence.batch.size", "8").config().model();
        TaskStores stores = new TaskStores(
                store("state"), store("ring"), store("reservoir"), spec.shape().fingerprint(), 200, 1 << 19);
        DurableModel model = DurableModel.open(spec, stores.open(""), 100);
        for (int i = 1; i <= FIRST; i++) {
            if (i == FIRST - 1) {
                Observation before = event(i - 1);
                model.learn(before.withLabel(3).correcting(before), new Origin("fares", 0, 1_000));
            }
            model.learn(event(i), new Origin("fares", 0, i));
        }
        assertEquals(FIRST, model.taken());
        assertEquals(new Origin("fares", 0, FIRST), model.store().places().of(FIRST));
    }

    private static Observation event(int i) {
        return new Observation("", "e" + i, i, new FeatureVector(new double[] {i % 7}), 2.0 * (i % 7));
    }

    private static KeyValueStore<Bytes, byte[]> store(String name) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
