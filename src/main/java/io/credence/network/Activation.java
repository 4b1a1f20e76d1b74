package io.credence.network;

/** The hidden layers' activation functions. */
public enum Activation {
    RELU,
    TANH,
    SILU,
    GELU
}
