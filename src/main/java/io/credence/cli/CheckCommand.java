package io.credence.cli;

import io.credence.stream.config.Credentials;
import io.credence.stream.serve.DryRun;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: what a start would find on the real cluster; changes nothing there. */
@Command(
        name = "check",
        description =
                "Look at everything that a start needs on the real cluster, and change nothing: addresses, rights,"
                        + " topics, settings, schemas, the first 100 records of each input, sizes. Exit code 1 if it would fail.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        QuietLog.unlessAsked();
        PrintWriter out = spec.commandLine().getOut();
        boolean sound = new DryRun(options.load(), finding -> {
                    out.printf("%-4s  %s%n", finding.weight(), Credentials.hidden(finding.text()));
                    out.flush();
                })
                .run();
        return sound ? 0 : Failures.FATAL;
    }
}
