package io.credence.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.tool.demo.Demo;
import io.credence.tool.demo.DemoResult;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: two years of bike-sharing hours through the service, with a live view. */
@Command(
        name = "demo",
        description = "Runs a broker, a registry and the service in this process on two years of bike-sharing hours.")
final class DemoCommand implements Callable<Integer> {
    private static final int STOP_SECONDS = 25;

    @Option(names = "--once", description = "Exit when all hours are scored and learned.")
    private boolean once;

    @Option(names = "--json", description = "Print the outcome as one JSON object, the last line of standard output.")
    private boolean json;

    @Option(names = "--feed", description = "Start nothing: feed a service that runs elsewhere.")
    private boolean feed;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Brokers for --feed.")
    private @Nullable String bootstrap;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry for --feed.")
    private @Nullable String registry;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String brokers = bootstrap;
        String schemas = registry;
        if (feed != (brokers != null) || feed != (schemas != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--feed needs --bootstrap and --registry, and they need --feed");
        }
        // What the service logs about itself would tear the live view apart.
        QuietLog.unlessAsked();
        PrintStream out = System.out;
        boolean terminal = !json && System.console() != null;
        Demo demo = new Demo(json ? System.err : out, terminal);
        boolean exact;
        Demo.WhenDone whenDone = result -> {
            report(result, out);
            if (terminal && !once && !feed) {
                out.println("All hours are through. The service stays up; Ctrl-C ends it.");
                new CountDownLatch(1).await();
            }
        };
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(stopper(Thread.currentThread(), stopped));
        try {
            if (brokers != null && schemas != null) {
                exact = demo.feed(brokers, schemas, whenDone);
            } else {
                exact = demo.embedded(address -> show(address, json ? System.err : out, terminal), whenDone);
            }
        } catch (InterruptedException e) {
            return 130;
        } finally {
            stopped.countDown();
        }
        if (!exact) {
            System.err.println("not every hour was scored and learned exactly once");
        }
        return exact ? 0 : 1;
    }

    /** Says where the live page is, and opens it for somebody who sits before a desktop. */
    private static void show(String address, PrintStream out, boolean somebody) {
        out.println("Live page: " + address);
        out.flush();
        try {
            if (somebody
                    && !GraphicsEnvironment.isHeadless()
                    && Desktop.isDesktopSupported()
                    && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(URI.create(address));
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // A desktop without a browser: the address is there to be read.
            return;
        }
    }

    /** Ctrl-C and SIGTERM close broker and service in order and delete the broker's directory. */
    private static Thread stopper(Thread main, CountDownLatch stopped) {
        return new Thread(
                () -> {
                    if (stopped.getCount() == 0) {
                        return;
                    }
                    main.interrupt();
                    try {
                        stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "demo-stop");
    }

    private void report(DemoResult result, PrintStream out) {
        if (json) {
            out.println(new ObjectMapper().valueToTree(result).toString());
        } else {
            out.printf(
                    Locale.ROOT,
                    "Last half: prequential RMSE %.1f (last value %.1f), served RMSE %.1f,"
                            + " 95 %% band covers %.1f %%, %d alerts, %d dead letters, %.0f s%n",
                    result.rmse(),
                    result.lastValueRmse(),
                    result.servedRmse(),
                    100 * result.coverage95(),
                    result.alerts(),
                    result.deadLetters(),
                    result.seconds());
        }
        out.flush();
    }
}
