package io.credence.bayes.inference;

/** What a stream of noise is for: part of its key, so that no two uses share numbers. */
final class Purpose {
    static final int INITIAL = 1;
    static final int GRADIENT = 2;
    static final int REPLAY = 3;
    static final int RESERVOIR = 4;
    static final int TEST = 5;
    static final int WEIGHTS = 6;
    static final int RIVAL_GRADIENT = 7;
    static final int RIVAL_REPLAY = 8;
    static final int RIVAL_TEST = 9;
    static final int TRANSFORM = 10;
    static final int DREAM = 11;
    static final int SURPRISE = 12;

    private Purpose() {}
}
