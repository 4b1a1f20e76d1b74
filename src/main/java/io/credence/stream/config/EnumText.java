package io.credence.stream.config;

import java.util.Locale;

/** Enum constants as users write them: lower case out, any case in. */
final class EnumText {
    private EnumText() {}

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such constant; the validator has seen to it */
    static <E extends Enum<E>> E of(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}
