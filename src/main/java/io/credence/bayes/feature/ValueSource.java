package io.credence.bayes.feature;

import org.jspecify.annotations.Nullable;

/** Where the raw value of each configured feature comes from. */
@FunctionalInterface
public interface ValueSource {
    /** The raw value of feature {@code index}, or null where it is missing. */
    @Nullable
    Object get(int index);
}
