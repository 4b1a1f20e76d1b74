package io.credence.stream.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** What must not reach a log. */
final class Secrets {
    /** How an unset value is shown. */
    static final String UNSET = "unset";

    private static final String HIDDEN = Password.HIDDEN;
    private static final Pattern SECRET_KEY = Pattern.compile(
            "password|secret|token|credential|sasl\\.jaas\\.config|basic\\.auth\\.user\\.info|keystore\\.key|api\\.key");

    private Secrets() {}

    /**
     * A value as the log may show it.
     *
     * @param written the value as the user wrote it: one that came from a variable is shown as the variable
     */
    static String mask(String key, @Nullable Object value, @Nullable Object written) {
        if (value == null) {
            return UNSET;
        }
        if (value instanceof Password
                || SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()) {
            return HIDDEN;
        }
        if (written instanceof String text && Variables.varies(text)) {
            return text;
        }
        String shown = value instanceof Class<?> type ? type.getName() : value.toString();
        return Credentials.hidden(shown);
    }
}
