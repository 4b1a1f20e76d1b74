package io.credence.tool.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error; nothing at all where that is no terminal. Safe for several threads. */
public final class ProgressDisplay implements LongConsumer, AutoCloseable {
    private static final Path NOWHERE = Path.of("/dev/null");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final @Nullable ProgressBar bar;

    /**
     * @param task what is being done
     * @param wanted whether to show anything, given a terminal
     * @param events the number of events that are to be done
     */
    public ProgressDisplay(String task, boolean wanted, long events) {
        this.bar = wanted && onTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(events)
                        .setUnit(" events", 1)
                        .showSpeed()
                        .clearDisplayOnFinish()
                        .build()
                : null;
    }

    @Override
    public void accept(long events) {
        if (bar != null) {
            bar.stepBy(events);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** The JDK only tells of standard input and output together; Linux tells of standard error as well. */
    private static boolean onTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            return !Files.isSymbolicLink(STANDARD_ERROR) || isTerminal(Files.readSymbolicLink(STANDARD_ERROR));
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isTerminal(Path device) {
        return device.startsWith("/dev/") && !device.equals(NOWHERE);
    }
}
