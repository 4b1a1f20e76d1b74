package io.credence.cli;

import java.util.Map;

/** What a command logs where its output is for people: warnings only, unless they ask for more. */
final class QuietLog {
    private QuietLog() {}

    /** To be called before anything is logged. */
    static void unlessAsked() {
        Map.of("LOG_LEVEL", "WARN", "KAFKA_LOG_LEVEL", "ERROR", "BROKER_LOG_LEVEL", "OFF")
                .forEach((name, level) -> {
                    if (System.getenv(name) == null && System.getProperty(name) == null) {
                        System.setProperty(name, level);
                    }
                });
    }
}
