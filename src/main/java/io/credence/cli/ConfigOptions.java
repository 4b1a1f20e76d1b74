package io.credence.cli;

import io.credence.stream.config.CredenceConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that give a command its configuration. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file. Variables such as CREDENCE_BATCH_SIZE in the environment win over it.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, which wins over file and environment. May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /** The checked configuration of a service. */
    CredenceConfig load() {
        return CredenceConfig.load(file, System.getenv(), overrides);
    }

    /**
     * The same for a command that needs less than a service does.
     *
     * @param more settings of the command line beside {@code --set}
     * @param otherwise what stands for settings that are not given
     */
    CredenceConfig load(Map<String, String> more, Map<String, String> otherwise) {
        Map<String, String> said = new LinkedHashMap<>(overrides);
        said.putAll(more);
        Map<String, Object> settings = CredenceConfig.settings(file, System.getenv(), said);
        otherwise.forEach(settings::putIfAbsent);
        return CredenceConfig.of(settings);
    }

    /** The merged settings, not checked yet. */
    Map<String, Object> settings() {
        return CredenceConfig.settings(file, System.getenv(), overrides);
    }

    /** The settings of the command line alone. */
    Map<String, String> overrides() {
        return overrides;
    }
}
