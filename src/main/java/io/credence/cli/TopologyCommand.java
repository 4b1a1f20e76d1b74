package io.credence.cli;

import io.credence.stream.topology.CredenceTopology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topology}: prints the graph that a configuration asks for; needs no broker. */
@Command(name = "topology", description = "Print the Kafka Streams topology of a configuration.")
final class TopologyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .println(CredenceTopology.build(options.load()).describe());
        spec.commandLine().getOut().flush();
    }
}
