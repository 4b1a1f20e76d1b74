package io.credence.stream.topology;

/** The names of nodes, stores and metrics: part of the contract, because changelog topics are named after stores. */
public final class Names {
    /** Source of the labelled topic. */
    static final String LABELLED = "labelled";
    /** Source of the unlabelled topic, where that is another one. */
    static final String UNLABELLED = "unlabelled";
    /** Source of the training log. */
    static final String TRAINING = "training";
    /** Source of the published models. */
    static final String POSTERIORS = "posteriors";

    static final String READ_LABELLED = "read-labelled";
    static final String READ_UNLABELLED = "read-unlabelled";
    static final String LEARN = "learn";
    static final String SCORE = "score";
    static final String KEEP_POSTERIORS = "keep-posteriors";

    static final String TO_TRAINING = "to-training";
    static final String TO_POSTERIORS = "to-posteriors";
    static final String TO_METRICS = "to-metrics";
    static final String TO_SCORED = "to-scored";
    static final String TO_ALERTS = "to-alerts";

    /** Checkpoints of the learners and what was published last. */
    public static final String LEARNER_STATE = "learner-state";
    /** The redo log: examples since the checkpoint, the half-filled minibatch among them. */
    public static final String LEARNER_RING = "learner-ring";
    /** The replay reservoirs. */
    public static final String LEARNER_RESERVOIR = "learner-reservoir";
    /** Events that wait for their prediction. */
    public static final String SCORE_PENDING = "score-pending";
    /** For each model the last version used and the running median of the deviations. */
    public static final String SCORE_MARKS = "score-marks";
    /** The chunks of the published models, on every instance. */
    public static final String POSTERIORS_GLOBAL = "posteriors-global";

    /** Group of every metric of ours in JMX: {@code kafka.streams:type=credence,…}. */
    public static final String METRICS_GROUP = "credence";

    private Names() {}

    /** The dead-letter sink of a processor: each has its own, so that their sub-topologies stay apart. */
    static String deadLettersOf(String processor) {
        return "dead-letters-of-" + processor;
    }
}
