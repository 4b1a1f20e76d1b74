package io.credence.stream.operate;

import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Tolerance;
import io.credence.stream.avro.AlarmVerdict;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.CommandType;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.AlertSection;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Commands;
import io.credence.stream.wire.CredenceSerde;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final String KINDS = Stream.of(Question.values())
            .filter(Feedback::isMoved)
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));

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
        Set<Question> meant = kinds.isEmpty() ? kinds(last) : named(kinds);
        for (Question kind : meant) {
            if (last.getReasons().stream().noneMatch(reason -> reason.name().equals(kind.name()))) {
                throw new ModelException("episode '" + EpisodeSearch.episode(last) + "' is of " + last.getReasons()
                        + ": '" + kind.name().toLowerCase(Locale.ROOT) + "' is not among them");
            }
        }
        return new Feedback(last.getModelKey(), meant, false, EpisodeSearch.episode(last), note);
    }

    /**
     * An alert did not come.
     *
     * @param eventId the event, which nobody remembers: it is for audits
     * @param kinds that should have come, as alerts call them
     * @throws ModelException if there are none, or feedback does not move them
     */
    public static Feedback missed(String modelKey, String eventId, List<String> kinds, @Nullable String note) {
        if (kinds.isEmpty()) {
            throw new ModelException("an alert that did not come has no kind by itself: name it, one of " + KINDS);
        }
        return new Feedback(modelKey, named(kinds), true, eventId, note);
    }

    /** The kinds of an episode that feedback moves. */
    static Set<Question> kinds(Alert alert) {
        Set<Question> kinds = EnumSet.noneOf(Question.class);
        for (AlertReason reason : alert.getReasons()) {
            Stream.of(Question.values())
                    .filter(kind -> kind.name().equals(reason.name()) && isMoved(kind))
                    .forEach(kinds::add);
        }
        if (kinds.isEmpty()) {
            throw new ModelException("the alert is of " + alert.getReasons() + ", which is configured and not learned: "
                    + AlertSection.STD + " is the limit of the deviation, " + AlertSection.SILENCE
                    + " that of silence");
        }
        return Collections.unmodifiableSet(kinds);
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

    /** Uncertain events are flagged, and raise by a configured limit alone: no threshold of alarms is behind them. */
    private static boolean isMoved(Question kind) {
        return kind != Question.UNCERTAIN && Tolerance.isMoved(kind);
    }

    private static Set<Question> named(List<String> kinds) {
        Set<Question> found = EnumSet.noneOf(Question.class);
        for (String name : kinds) {
            if (Question.UNCERTAIN.name().equalsIgnoreCase(name)) {
                throw new ModelException("'" + name
                        + "' raises no alert by what is learned, so that feedback cannot make it"
                        + " rarer: set " + AlertSection.SHARE + " for how many events are flagged, or "
                        + AlertSection.STD + ", the limit of the deviation above which one raises; kinds that feedback"
                        + " moves are " + KINDS);
            }
            found.add(Stream.of(Question.values())
                    .filter(kind -> kind.name().equalsIgnoreCase(name) && isMoved(kind))
                    .findFirst()
                    .orElseThrow(() -> new ModelException("'" + name + "' is no kind of alarm, one of " + KINDS)));
        }
        return Collections.unmodifiableSet(found);
    }
}
