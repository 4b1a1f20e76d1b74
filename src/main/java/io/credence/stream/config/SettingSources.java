package io.credence.stream.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The sources of settings, later ones winning: properties file, environment, command line. */
final class SettingSources {
    private static final String ENV_PREFIX = "CREDENCE_";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern BAD_ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

    /** What Kubernetes sets in every pod beside a service that is named credence: not meant for us. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("CREDENCE_(\\w+_)?(SERVICE_HOST|(SERVICE_)?PORT(_\\w+)?)");

    private SettingSources() {}

    static Map<String, String> merge(
            @Nullable Path file, Map<String, String> env, Map<String, String> overrides, Collection<String> known) {
        Secrets.refuseOnCommandLine(overrides);
        Map<String, String> merged = new TreeMap<>(file == null ? Map.of() : read(file));
        merged.putAll(environment(env, known));
        merged.putAll(overrides);
        merged.replaceAll((key, value) -> value.trim());
        return merged;
    }

    /** A properties file in UTF-8. */
    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            String text = Files.readString(file);
            properties.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (NoSuchFileException e) {
            throw new ConfigException("configuration file " + file + " does not exist");
        } catch (MalformedInputException e) {
            throw new ConfigException("configuration file " + file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new ConfigException("configuration file " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("configuration file " + file + badEscape(file)
                    + ": \\u begins the code of a character there; write a backslash as \\\\ or use a slash");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /** The line with a backslash and a u that no four hexadecimal digits follow. */
    private static String badEscape(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (BAD_ESCAPE.matcher(lines.get(i)).find()) {
                    return ", line " + (i + 1);
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    /** {@code CREDENCE_BATCH_SIZE} is {@code credence.batch.size}; other variables do not concern us. */
    static Map<String, String> environment(Map<String, String> env, Collection<String> known) {
        Map<String, String> keys = new TreeMap<>();
        known.forEach(key -> keys.put(variable(key), key));
        Map<String, String> settings = new TreeMap<>();
        env.forEach((name, value) -> {
            String key = keys.get(name);
            if (key != null) {
                settings.put(key, value);
            } else if (name.startsWith(ENV_PREFIX)
                    && !SERVICE_LINK.matcher(name).matches()) {
                throw new ConfigException("unknown environment variable " + name
                        + Nearest.to(name, keys.keySet())
                                .map(n -> ", did you mean " + n + "?")
                                .orElse(""));
            }
        });
        return settings;
    }

    /** The environment variable of a key. */
    static String variable(String key) {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    static void refuseUnknown(Collection<String> given, Collection<String> known) {
        for (String key : given) {
            if (key.startsWith(CredenceConfig.PREFIX) && !known.contains(key)) {
                throw new ConfigException("unknown configuration " + key
                        + Nearest.to(key, known)
                                .map(n -> ", did you mean " + n + "?")
                                .orElse(""));
            }
        }
    }
}
