package io.credence.stream.topology;

import io.credence.bayes.network.SampledNetworks;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The weight samples of this instance's scoring tasks: those of one version of a model are drawn once, whichever of its
 * threads asks first.
 *
 * <p>Holds none of them itself: samples go when the last task that scores with them lets go.
 */
final class SharedSamples {
    private final ConcurrentMap<String, Drawn> drawn = new ConcurrentHashMap<>();

    /**
     * The samples of a version.
     *
     * @param modelKey the model
     * @param version what tells its versions apart: the first chunk of the snapshot
     * @param draw makes them; other threads that ask for the same model wait
     */
    List<SampledNetworks> of(String modelKey, byte[] version, Supplier<List<SampledNetworks>> draw) {
        drawn.values().removeIf(Drawn::isGone);
        List<List<SampledNetworks>> found = new ArrayList<>(1);
        drawn.compute(modelKey, (key, known) -> {
            List<SampledNetworks> alive = known == null ? null : known.of(version);
            List<SampledNetworks> used = alive == null ? draw.get() : alive;
            found.add(used);
            return used == alive && known != null ? known : new Drawn(version, new WeakReference<>(used));
        });
        return found.get(0);
    }

    private record Drawn(byte[] version, WeakReference<List<SampledNetworks>> networks) {
        boolean isGone() {
            return networks.get() == null;
        }

        @Nullable
        List<SampledNetworks> of(byte[] asked) {
            return Arrays.equals(version, asked) ? networks.get() : null;
        }
    }
}
