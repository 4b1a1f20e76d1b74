package io.credence.stream.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** What must not reach a log, nor come from a command line. */
public final class Secrets {
    /** How an unset value is shown. */
    static final String UNSET = "unset";

    private static final String HIDDEN = Password.HIDDEN;
    private static final Pattern SECRET_KEY = Pattern.compile(
            "password|passphrase|secret|token|credential|jaas\\.config|user\\.info|(keystore|api|private|access)\\.key");

    /** What tells where a secret is, how it is got and for how long, but not the secret. */
    private static final Pattern ABOUT_SECRETS =
            Pattern.compile("\\.(source|url|file|location|class|alias|provider|enable|ms|sec|seconds)$");

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
        if (value instanceof Password || holdsSecret(key)) {
            return HIDDEN;
        }
        if (written instanceof String text && Variables.varies(text)) {
            return text;
        }
        String shown = value instanceof Class<?> type ? type.getName() : value.toString();
        return Credentials.hidden(shown);
    }

    /** Whether a key's value is a secret, going by its name. */
    private static boolean holdsSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return SECRET_KEY.matcher(name).find() && !ABOUT_SECRETS.matcher(name).find();
    }

    /**
     * Refuses secrets that were given on the command line: every user of the machine may list those, and shells and
     * orchestrators keep them. A value that comes from a variable is none.
     *
     * @throws ConfigException naming the key and the ways to give a secret, without the value
     */
    public static void refuseOnCommandLine(Map<String, String> overrides) {
        overrides.forEach((key, value) -> {
            if (Variables.varies(value)) {
                return;
            }
            if (holdsSecret(key)) {
                throw new ConfigException("--set " + key + ": a command line is seen by every user of the machine, so a"
                        + " secret must not stand there; write " + key + "=${env:NAME} or " + key
                        + "=${file:/path/to/file.properties:name} into the file of --config");
            }
            if (!Credentials.hidden(value).equals(value)) {
                throw new ConfigException(
                        "--set " + key + ": a command line is seen by every user of the machine, so an"
                                + " address with credentials must not stand there; give the address without them, and the"
                                + " credentials in the file of --config, for the schema registry as"
                                + " basic.auth.user.info=${env:NAME}");
            }
        });
    }
}
