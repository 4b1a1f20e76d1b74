package io.credence.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One place where the service runs, as a process that is replaced after a kill. Safe for several threads. */
final class Instance {
    private final int number;
    private final Path directory;
    private final Path config;
    private final List<String> jvm;
    private int starts;
    private ChildProcess process;
    private boolean paused;

    /** An instance whose JVM is small and starts quickly. */
    Instance(int number, Path directory, Path config, String heap) {
        this(
                number,
                directory,
                config,
                List.of(
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xshare:auto"));
    }

    /** @param jvm options of the JVM */
    Instance(int number, Path directory, Path config, List<String> jvm) {
        this.number = number;
        this.directory = directory;
        this.config = config;
        this.jvm = List.copyOf(jvm);
    }

    synchronized void start() throws IOException {
        String jar = System.getProperty("crash.jar");
        process = ChildProcess.java(
                directory.resolve("instance-" + number + "-" + starts++ + ".log"),
                jvm,
                jar == null ? System.getProperty("java.class.path") : jar,
                "io.credence.cli.Main",
                List.of("run", "--config", config.toString()));
    }

    int number() {
        return number;
    }

    /** Whether it is running and may be hit. */
    synchronized boolean running() {
        return process != null && !paused;
    }

    /** Fails if the process ended by itself. */
    synchronized void verifyAlive() throws IOException {
        if (process != null && !process.isAlive()) {
            throw new AssertionError("instance " + number + " ended by itself with code " + process.exitValue() + ":\n"
                    + tail(process.log()));
        }
    }

    synchronized void kill() throws InterruptedException {
        process.kill();
        process = null;
    }

    synchronized void pause() throws IOException, InterruptedException {
        process.pause();
        paused = true;
    }

    synchronized void resume() throws IOException, InterruptedException {
        process.resume();
        paused = false;
    }

    synchronized long pid() {
        return process.pid();
    }

    synchronized long residentKb() {
        return process == null ? 0 : process.residentKb();
    }

    /** A clean stop, which must succeed. */
    synchronized void stop() throws IOException {
        process.terminate();
        if (process.exitValue() != 0) {
            throw new AssertionError("instance " + number + " did not stop cleanly:\n" + tail(process.log()));
        }
        process = null;
    }

    /** Ends whatever still runs. */
    synchronized void discard() throws InterruptedException {
        if (process != null) {
            process.kill();
        }
    }

    private static String tail(String log) {
        return log.substring(Math.max(0, log.length() - 6_000));
    }
}
