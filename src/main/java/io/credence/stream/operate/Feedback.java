package io.credence.stream.operate;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.Outcome;
import io.credence.stream.avro.AlarmVerdict;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.CommandType;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.AlarmKinds;
import io.credence.stream.event.Commands;
import io.credence.stream.wire.CredenceSerde;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of an alert, or of one that did not come.
 *
 * @param modelKey the model that is told
 * @param kinds of alarms whose thresholds move
 * @param missed whether there was none where there should have been; else there was one where there should not
 * @param about the episode or event
 * @param note why, or null
 */
public record Feedback(
        String modelKey,
        Set<Question> kinds,
        boolean missed,
        String about,
        @Nullable String note) {
    /**
     * An alert was false.
     *
     * @param modelKey whose alert it is; empty where there is one model, or for any
     * @param id of its episode, or of an event that was the worst of that
     * @param kinds that are meant, as alerts call them; empty for all of the episode
     * @throws ModelException if there is no such alert on the alerts topic or more than one, or feedback does not move its
     *     kind
     */
    public static Feedback falseAlarm(
            CredenceConfig config, String modelKey, String id, List<String> kinds, @Nullable String note) {
        EpisodeSearch search = new EpisodeSearch(config.topics().alerts(), modelKey, id);
        try (var serde = CredenceSerde.of(Alert.class, config.serde())) {
            TopicReader.read(config, config.topics().alerts(), record -> {
                serde.decode(record.value()).take(search::accept, bad -> {});
                return true;
            });
        }
        return falseAlarm(search.found(), kinds, note);
    }

    /** The last record of an episode was false. */
    static Feedback falseAlarm(Alert last, List<String> kinds, @Nullable String note) {
        String episode = EpisodeSearch.episode(last);
        Set<Question> meant =
                known(AlarmKinds.named(kinds).flatMap(named -> AlarmKinds.falseAlarm(episode, raised(last), named)));
        return new Feedback(last.getModelKey(), meant, false, episode, note);
    }

    /**
     * An alert did not come.
     *
     * @param eventId the event, which nobody remembers: it is for audits
     * @param kinds that should have come, as alerts call them
     * @throws ModelException if there are none, or feedback does not move them
     */
    public static Feedback missed(String modelKey, String eventId, List<String> kinds, @Nullable String note) {
        return new Feedback(modelKey, known(AlarmKinds.missed(kinds)), true, eventId, note);
    }

    /** What was unusual by an alert. A reason that this release does not know is none that feedback moves. */
    static Set<Question> raised(Alert alert) {
        Set<Question> raised = EnumSet.noneOf(Question.class);
        for (AlertReason reason : alert.getReasons()) {
            Stream.of(Question.values())
                    .filter(kind -> kind.name().equals(reason.name())
                            || kind == Question.UNCERTAIN && reason == AlertReason.DEVIATION_ABOVE_LIMIT)
                    .forEach(raised::add);
        }
        return raised;
    }

    private static Set<Question> known(Outcome<Set<Question>> kinds) {
        return kinds.fold(Function.identity(), bad -> {
            throw new ModelException(bad.detail());
        });
    }

    /**
     * Refuses what was said before: who does not see the effect at once says it again, and each time counts.
     *
     * @throws ModelException if the training log has it, or cannot be read
     */
    public void refuseRepeated(CredenceConfig config) {
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            TopicReader.read(config, config.topics().training(), record -> {
                serde.decode(record.value()).take(this::refuseAfter, bad -> {});
                return true;
            });
        }
    }

    /** Refuses it after a record of the training log that says the same of one of its kinds. */
    void refuseAfter(TrainingRecord record) {
        if (record.getBody() instanceof Command command
                && command.getType() == CommandType.FEEDBACK
                && Commands.fault(command) == null
                && command.getModelKey().equals(modelKey)
                && command.getFeedback().getId().equals(about)
                && (command.getFeedback().getVerdict() == AlarmVerdict.MISSED) == missed
                && !Collections.disjoint(Commands.kinds(command.getFeedback()), kinds)) {
            throw new ModelException("that '" + about + "' was " + (missed ? "missed" : "a false alarm")
                    + " has been said at " + command.getTimestamp() + ", of "
                    + command.getFeedback().getKinds()
                    + ": each time counts; say --again if that is meant");
        }
    }
}
