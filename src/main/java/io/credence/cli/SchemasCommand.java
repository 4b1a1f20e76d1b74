package io.credence.cli;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.NeededSchema;
import io.credence.stream.wire.SchemaRegistry;
import java.io.PrintWriter;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code schemas}: the subjects and schemas that a service writes with, to be registered beforehand. */
@Command(
        name = "schemas",
        description = "Print every subject that the service writes under, its schema, and whether the registry has it.")
final class SchemasCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--subject", paramLabel = "NAME", description = "Print the schema of this subject alone, as JSON.")
    private @Nullable String subject;

    @Override
    public void run() {
        QuietLog.unlessAsked();
        CredenceConfig config = options.load();
        PrintWriter out = spec.commandLine().getOut();
        try (SchemaRegistry registry = SchemaRegistry.of(config.serde())) {
            for (NeededSchema needed : NeededSchema.of(config, registry)) {
                Schema schema = needed.schema();
                if (subject == null) {
                    out.printf(
                            "# topic %s, subject %s: %s%n",
                            needed.topic(), needed.subject(), needed.registered() ? "registered" : "not registered");
                    out.println(
                            schema == null
                                    ? "# it follows the schema of the input topic, which is not registered under <topic>-value"
                                    : SchemaFormatter.format("json/pretty", schema));
                } else if (subject.equals(needed.subject()) && schema != null) {
                    out.println(schema);
                }
            }
        }
        out.flush();
    }
}
