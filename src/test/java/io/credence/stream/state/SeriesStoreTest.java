package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Remembered;
import io.credence.bayes.feature.SeriesMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesStoreTest {
    private static final PastPlan PLAN = PastPlan.of(FeatureSpec.parseList("lag(label,1),mean(x,3)"));

    @Test
    void shouldOpenWhatTheMemoryHoldsWhenEachChangeWasPut() {
        SeriesStore store = new SeriesStore(MapStore.create("series"), PLAN, "y");
        SeriesMemory memory = store.open("a");
        for (int i = 0; i < 300; i++) {
            Remembered event = memory.remember(i + 1, 1000L * i - i % 3 * 5000L, new double[] {i});
            store.put("a", event);
            Remembered old = memory.find(i - 4, 0);
            if (old != null && i % 5 != 0) {
                store.put("a", memory.answer(old, i));
            }
        }

        assertEquals(memory.events(), store.open("a").events());
        assertEquals(List.of(), store.open("b").events());
    }

    @Test
    void shouldReadNothingOfAnotherFeatureList() {
        var bytes = MapStore.create("series");
        SeriesStore store = new SeriesStore(bytes, PLAN, "y");
        store.put("a", store.open("a").remember(0, 1, new double[] {2}));
        PastPlan longer = PastPlan.of(FeatureSpec.parseList("lag(label,50),mean(x,3)"));
        PastPlan wider = PastPlan.of(FeatureSpec.parseList("lag(label,1),mean(x,3),delta(z)"));

        assertEquals(List.of(), new SeriesStore(bytes, longer, "y").open("a").events());
        assertEquals(List.of(), new SeriesStore(bytes, wider, "y").open("a").events());
        PastPlan other = PastPlan.of(FeatureSpec.parseList("lag(label,1),mean(z,3)"));
        assertEquals(List.of(), new SeriesStore(bytes, other, "y").open("a").events(), "as many fields, but others");
        assertEquals(
                List.of(), new SeriesStore(bytes, PLAN, "z").open("a").events(), "labels that mean something else");
        PastPlan same = PastPlan.of(FeatureSpec.parseList("max(x,3),lag(label,2)"));
        assertEquals(1, new SeriesStore(bytes, same, "y").open("a").events().size(), "only what is remembered counts");
    }
}
