package io.credence.topology;

import io.credence.inference.ModelSpec;
import io.credence.inference.OnlineLearner;

/** The identity of a model's shape. */
final class Fingerprint {
    private Fingerprint() {}

    static long of(ModelSpec spec) {
        return OnlineLearner.create(spec, "").state().fingerprint();
    }
}
