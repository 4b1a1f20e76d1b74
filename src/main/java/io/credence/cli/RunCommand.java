package io.credence.cli;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: the service, until it is told to stop. */
@Command(name = "run", description = "Run the service until SIGTERM.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        CredenceConfig config = options.load();
        try (CredenceService service = new CredenceService(config)) {
            Thread hook = new Thread(() -> stop(service), "credence-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                service.start();
                return service.awaitStop();
            } finally {
                remove(hook);
            }
        }
    }

    /** A signal would make the JVM's exit code 143; a clean stop is 0. */
    private static void stop(CredenceService service) {
        service.close();
        System.err.flush();
        Runtime.getRuntime().halt(service.exitCode());
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already: the hook is at work and will end it.
            return;
        }
    }
}
