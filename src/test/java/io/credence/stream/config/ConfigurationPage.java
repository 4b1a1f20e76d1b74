package io.credence.stream.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.jspecify.annotations.Nullable;

/** The generated part of the configuration reference: one table for each section of the definition. */
final class ConfigurationPage {
    static final String BEGIN = "<!-- generated from the ConfigDef: begin -->\n";
    static final String END = "<!-- generated from the ConfigDef: end -->\n";

    private ConfigurationPage() {}

    /** The page with its generated part made anew. */
    static String refresh(String page, ConfigDef definition) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the page has lost the lines " + BEGIN + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + tables(definition) + page.substring(end);
    }

    static String tables(ConfigDef definition) {
        return definition.groups().stream()
                .map(group -> table(group, definition.configKeys().values()))
                .collect(Collectors.joining());
    }

    private static String table(String group, Collection<ConfigKey> keys) {
        return "\n## " + group + "\n\n| key | type | default | allowed | importance | meaning |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + keys.stream()
                        .filter(key -> group.equals(key.group))
                        .sorted((a, b) -> Integer.compare(a.orderInGroup, b.orderInGroup))
                        .map(ConfigurationPage::row)
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(ConfigKey key) {
        String allowed = key.validator == null ? "" : key.validator.toString();
        return "| "
                + String.join(
                        " | ",
                        "`" + key.name + "`",
                        word(key.type),
                        otherwise(key),
                        cell(allowed),
                        word(key.importance),
                        cell(key.documentation))
                + " |\n";
    }

    private static String otherwise(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        @Nullable Object value = key.defaultValue;
        if (value == null) {
            return "unset";
        }
        String text = value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("`([^`]*)&lt;([^`]*)`", "`$1<$2`");
    }
}
