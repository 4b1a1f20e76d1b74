package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.Names;
import java.util.List;
import java.util.stream.Stream;

/**
 * The topics from which Kafka Streams restores a configuration's stores, by name.
 *
 * @param learning those of the learner; none where nothing is learned
 * @param scoring those of the scorer; none where nothing is scored
 * @param remembering that of the series; none where no feature asks for the past
 * @param joining those of what waits for labels that come later; none where none do
 * @param deduplicating those of the events that were let through; none where repeats are not looked for
 * @param alerting those of the episodes
 */
record Changelogs(
        List<String> learning,
        List<String> scoring,
        List<String> remembering,
        List<String> joining,
        List<String> deduplicating,
        List<String> alerting) {
    static Changelogs of(CredenceConfig config) {
        Names names = Names.of(config);
        return new Changelogs(
                !config.topics().learns()
                        ? List.of()
                        : named(config, names.learnerState(), names.learnerRing(), names.learnerReservoir()),
                config.topics().unlabelled() == null
                        ? List.of()
                        : named(config, names.scorePending(), names.scoreMarks()),
                config.topics().series() == null ? List.of() : named(config, names.seriesMemory()),
                config.topics().waiting() == null ? List.of() : named(config, names.joinWaiting()),
                config.topics().events() == null ? List.of() : named(config, names.seenEvents()),
                named(config, names.episodesState()));
    }

    /** The changelog of one store. */
    static String of(CredenceConfig config, String store) {
        return config.applicationId() + "-" + store + "-changelog";
    }

    List<String> all() {
        return Stream.of(learning, scoring, remembering, joining, deduplicating, alerting)
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> named(CredenceConfig config, String... stores) {
        return Stream.of(stores).map(store -> of(config, store)).toList();
    }
}
