package io.credence.cli;

import io.credence.bayes.predict.ModelVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Credence. */
@Command(
        name = "credence",
        description = "Bayesian neural networks that learn from a Kafka stream while they score it.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.ManifestVersion.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            SchemasCommand.class,
            DemoCommand.class,
            BrokerCommand.class,
            ProduceCommand.class,
            WatchCommand.class,
            TopologyCommand.class,
            EvaluateCommand.class,
            ModelCommand.class,
            FoldCommand.class,
            BenchmarkCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success, or a clean stop", "1:a fatal error", "2:wrong configuration or arguments"})
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where an error came from.")
    private boolean stacktrace;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        try {
            System.exit(commandLine().execute(args));
        } catch (LinkageError | OutOfMemoryError e) {
            System.err.println("credence: " + Failures.sentence(e));
            System.exit(Failures.FATAL);
        }
    }

    /** The parser and runner of every command. */
    static CommandLine commandLine() {
        Main main = new Main();
        Failures failures = new Failures(() -> main.stacktrace);
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(ModelVersion.class, ModelCommand::version)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed");
    }

    /** The version as the jar's manifest has it. */
    static final class ManifestVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"credence " + (version == null ? "(not packaged)" : version)};
        }
    }
}
