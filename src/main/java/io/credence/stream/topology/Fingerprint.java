package io.credence.stream.topology;

import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;

/** The identity of a model's shape. */
final class Fingerprint {
    private Fingerprint() {}

    static long of(ModelSpec spec) {
        return OnlineLearner.create(spec, "").state().fingerprint();
    }
}
