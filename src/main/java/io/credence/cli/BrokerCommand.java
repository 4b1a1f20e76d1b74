package io.credence.cli;

import io.credence.tool.broker.EmbeddedBroker;
import io.credence.tool.broker.MemoryRegistry;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code broker}: a broker and a schema registry for trying things. */
@Command(
        name = "broker",
        description = {
            "Run a Kafka broker and a schema registry in this process, for trying things and for nothing else: one node,"
                    + " on this machine only, open to each of its users, and everything is gone when it ends.",
            "Prints the two settings that lead to them."
        })
final class BrokerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the registry; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int registryPort;

    @Override
    public Integer call() throws InterruptedException {
        QuietLog.unlessAsked();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(asked, closed), "broker-stop");
        try (MemoryRegistry registry = MemoryRegistry.start(registryPort);
                EmbeddedBroker broker = EmbeddedBroker.start(port)) {
            Runtime.getRuntime().addShutdownHook(hook);
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "For trying things only: one node, open to everybody on this machine, and whatever it holds is gone"
                            + " when it ends. Ctrl-C ends it.");
            err.flush();
            PrintWriter out = spec.commandLine().getOut();
            out.println("bootstrap.servers=" + broker.bootstrapServers());
            out.println("schema.registry.url=" + registry.url());
            out.flush();
            asked.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /** A signal would make the JVM's exit code 143; a clean stop is 0. */
    private static void stop(CountDownLatch asked, CountDownLatch closed) {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
