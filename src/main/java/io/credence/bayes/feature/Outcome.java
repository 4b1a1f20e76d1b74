package io.credence.bayes.feature;

import java.util.function.Function;

/**
 * Either a usable value or the reason why there is none.
 *
 * @param <T> the value's type
 */
public sealed interface Outcome<T> {
    /** A usable value. */
    record Accepted<T>(T value) implements Outcome<T> {}

    /** No value, and why. */
    record Rejected<T>(Rejection rejection) implements Outcome<T> {}

    static <T> Outcome<T> of(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> reject(Rejection.Reason reason, String detail) {
        return new Rejected<>(new Rejection(reason, detail));
    }

    /** Changes a usable value. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return fold(value -> of(change.apply(value)), Rejected::new);
    }

    /** Changes a usable value into another outcome. */
    default <R> Outcome<R> flatMap(Function<? super T, Outcome<R>> next) {
        return fold(next, Rejected::new);
    }

    /**
     * The value, for callers that can do nothing about its absence.
     *
     * @throws IllegalArgumentException if there is none; the message is the rejection's
     */
    default T orElseThrow() {
        return fold(Function.identity(), rejection -> {
            throw new IllegalArgumentException(rejection.reason() + ": " + rejection.detail());
        });
    }

    /** Applies {@code accepted} or {@code rejected}, whichever fits. */
    default <R> R fold(Function<? super T, ? extends R> accepted, Function<Rejection, ? extends R> rejected) {
        if (this instanceof Accepted<T> ok) {
            return accepted.apply(ok.value());
        }
        return rejected.apply(((Rejected<T>) this).rejection());
    }
}
