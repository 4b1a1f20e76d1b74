package io.credence.bayes.feature;

import java.util.function.Consumer;
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

    /** A usable value as an outcome. */
    static <T> Outcome<T> of(T value) {
        return new Accepted<>(value);
    }

    /**
     * No value, and why.
     *
     * @param detail one sentence that names the field, the value and what was expected
     */
    static <T> Outcome<T> reject(Rejection.Reason reason, String detail) {
        return reject(new Rejection(reason, detail));
    }

    /** No value, and why. */
    static <T> Outcome<T> reject(Rejection rejection) {
        return new Rejected<>(rejection);
    }

    /** The value made into another one; a rejection stays what it is. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> next) {
        return flatMap(value -> of(next.apply(value)));
    }

    /** What {@code next} makes of the value, which may be a rejection; a rejection stays what it is. */
    default <R> Outcome<R> flatMap(Function<? super T, Outcome<R>> next) {
        return fold(next, Outcome::reject);
    }

    /** Hands the value to {@code accepted} or the reason to {@code rejected}, whichever there is. */
    default void take(Consumer<? super T> accepted, Consumer<Rejection> rejected) {
        if (this instanceof Accepted<T> ok) {
            accepted.accept(ok.value());
        } else {
            rejected.accept(((Rejected<T>) this).rejection());
        }
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
