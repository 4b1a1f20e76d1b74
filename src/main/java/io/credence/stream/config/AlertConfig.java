package io.credence.stream.config;

import org.jspecify.annotations.Nullable;

/**
 * When a prediction counts as uncertain.
 *
 * @param std total predictive standard deviation above which it is, in the label's unit, or null to use the ratio
 * @param ratio multiple of the running median of the total predictive deviation above which it is
 */
public record AlertConfig(@Nullable Double std, double ratio) {}
