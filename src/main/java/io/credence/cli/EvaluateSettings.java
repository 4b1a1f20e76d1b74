package io.credence.cli;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.LearningSpec;
import io.credence.bayes.inference.ModelSpec;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.EventSection;
import io.credence.stream.config.LearningSection;
import io.credence.tool.csv.CsvReading;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.evaluate.ColumnPlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration and the options of {@code evaluate} say together; options win over configuration, which wins over
 * what the values of the table suggest.
 *
 * @param settings the merged configuration
 */
record EvaluateSettings(Map<String, Object> settings) {
    private static final String LABEL = CredenceConfig.PREFIX + "label";
    private static final String TASK = CredenceConfig.PREFIX + "task";
    private static final String CLASSES = CredenceConfig.PREFIX + "classes";
    private static final String FEATURES = CredenceConfig.PREFIX + "features";

    EvaluateSettings {
        settings = Map.copyOf(settings);
    }

    /**
     * Refuses keys that cannot mean anything here, with the key that was probably meant.
     *
     * @throws ConfigException naming the key
     */
    static void checkKeys(Map<String, String> overrides) {
        if (overrides.containsKey(EventSection.HORIZON)) {
            throw new ConfigException("--set " + EventSection.HORIZON + ": evaluate takes --horizon, in rows");
        }
        for (String key : overrides.keySet()) {
            if (!key.startsWith(CredenceConfig.PREFIX)) {
                boolean abbreviated = CredenceConfig.definition().names().contains(CredenceConfig.PREFIX + key);
                // Without the value: it may be a secret.
                throw new ConfigException(
                        "--set " + key + ": evaluate takes keys that begin with " + CredenceConfig.PREFIX
                                + (abbreviated ? "; did you mean " + CredenceConfig.PREFIX + key + "?" : ""));
            }
        }
    }

    /**
     * How to use a table's columns.
     *
     * @throws IllegalArgumentException if an option cannot be understood or does not fit the table
     */
    ColumnPlan plan(
            CsvTable table,
            @Nullable String label,
            @Nullable Task task,
            @Nullable String features,
            @Nullable String time) {
        String labelColumn = label == null ? text(LABEL) : label;
        if (labelColumn == null) {
            throw new IllegalArgumentException(
                    "no label is given: name its column with --label, one of " + String.join(", ", table.columns()));
        }
        String featureList = features == null ? text(FEATURES) : features;
        return ColumnPlan.of(
                table,
                new ColumnPlan.Wish(
                        CsvReading.name(labelColumn),
                        task == null ? configuredTask() : task,
                        featureList == null || featureList.isBlank() ? null : FeatureSpec.parseList(featureList),
                        time == null ? null : CsvReading.name(time),
                        configuredClasses()));
    }

    /**
     * The model for a plan. Unless the configuration says otherwise, it is fitted to the delay that is measured.
     *
     * @param labelDelay of the table's labels, in events
     * @throws ConfigException naming the key, the value and the allowed values
     */
    ModelSpec model(ColumnPlan plan, int labelDelay) {
        Map<String, Object> model = new HashMap<>();
        model.put(LearningSection.LABEL_DELAY, Math.min(labelDelay, LearningSpec.MOST_LABEL_DELAY));
        model.putAll(settings);
        model.put(LABEL, plan.label());
        model.put(TASK, name(plan.task()));
        model.put(FEATURES, plan.features().stream().map(FeatureSpec::toString).collect(Collectors.joining(",")));
        model.put(CLASSES, String.join(",", plan.classes()));
        return CredenceConfig.modelOnly(model);
    }

    private @Nullable Task configuredTask() {
        String name = text(TASK);
        if (name == null) {
            return null;
        }
        return Arrays.stream(Task.values())
                .filter(task -> name(task).equals(name.trim()))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        TASK,
                        name,
                        "allowed are "
                                + Arrays.stream(Task.values())
                                        .map(EvaluateSettings::name)
                                        .toList()));
    }

    private @Nullable List<String> configuredClasses() {
        String names = text(CLASSES);
        return names == null || names.isBlank()
                ? null
                : Arrays.stream(names.split(",")).map(String::trim).toList();
    }

    private @Nullable String text(String key) {
        Object value = settings.get(key);
        return value == null ? null : value.toString();
    }

    private static String name(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }
}
