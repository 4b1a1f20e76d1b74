package io.credence.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that this process logs while the tape runs, as lines of the log: message and stack trace. */
public final class LogTape extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, @Nullable Level> before = new HashMap<>();

    /** @param levels from which on each logger logs */
    public LogTape(Map<String, Level> levels) {
        levels.forEach((name, level) -> {
            Logger logger = logger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(level);
        });
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        encoder.setContext(context);
        encoder.setPattern("%level %logger - %msg%n%ex");
        encoder.start();
        setContext(context);
        start();
        root.addAppender(this);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @Override
    protected void append(ILoggingEvent event) {
        entries.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    /** What was logged, one text for each call of a logger. */
    public List<String> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        before.forEach(Logger::setLevel);
        stop();
    }
}
