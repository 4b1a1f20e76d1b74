package io.credence.stream.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Question;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.Commands;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Who names an alert means its episode with all that was said of it. */
class EpisodeSearchTest {
    private static final List<Alert> TOPIC = List.of(
            alert("A", "A/1", "e1", AlertReason.OUT_OF_RANGE),
            alert("B", "B/1", "e1", AlertReason.STUCK),
            alert("A", "A/1", "e2", AlertReason.OUT_OF_RANGE, AlertReason.SURPRISING),
            alert("A", "A/2", "e9", AlertReason.SHIFTED));

    @Test
    void shouldTakeTheLastRecordOfTheEpisodeWhenAnEarlierWorstEventIsNamed() {
        Feedback said = Feedback.falseAlarm(search("A", "e1").found(), List.of(), "why");

        assertEquals(new Feedback("A", Set.of(Question.OUT_OF_RANGE, Question.SURPRISING), false, "A/1", "why"), said);
        assertEquals(said, Feedback.falseAlarm(search("", "A/1").found(), List.of(), "why"));
        assertEquals(said, Feedback.falseAlarm(search("", "e2").found(), List.of(), "why"));
    }

    @Test
    void shouldAskForTheModelWhenTheEventIsOfSeveral() {
        String message =
                assertThrows(ModelException.class, search("", "e1")::found).getMessage();

        assertTrue(message.contains("episodeIds, [A/1, B/1]"), message);
        assertTrue(message.contains("--model: [A, B]"), message);
        assertEquals(
                Set.of(Question.STUCK),
                Feedback.falseAlarm(search("B", "e1").found(), List.of(), null).kinds());
    }

    @Test
    void shouldSayWhereToLookWhenTheModelHasNoSuchAlert() {
        assertEquals(
                "no alert of an episode or event 'e9' of model 'B' is on topic alerts: take the episodeId or eventId of one",
                assertThrows(ModelException.class, search("B", "e9")::found).getMessage());
    }

    @Test
    void shouldRefuseAKindWhenTheEpisodeNeverHadIt() {
        Alert last = search("", "A/1").found();

        assertEquals(
                "episode 'A/1' is of [SURPRISING, OUT_OF_RANGE]: 'shifted' is not among them",
                assertThrows(ModelException.class, () -> Feedback.falseAlarm(last, List.of("shifted"), null))
                        .getMessage());
        assertEquals(
                Set.of(Question.SURPRISING),
                Feedback.falseAlarm(last, List.of("Surprising"), null).kinds());
    }

    @Test
    void shouldLeaveUncertainOutAndSayWhatToSetWhenItIsNamed() {
        Alert far = alert("A", "A/1", "e1", AlertReason.UNCERTAIN, AlertReason.OUT_OF_RANGE);

        assertEquals(
                Set.of(Question.OUT_OF_RANGE),
                Feedback.falseAlarm(far, List.of(), null).kinds());
        for (Executable said : List.<Executable>of(
                () -> Feedback.falseAlarm(far, List.of("uncertain"), null),
                () -> Feedback.missed("A", "e1", List.of("Uncertain"), null))) {
            String message = assertThrows(ModelException.class, said).getMessage();
            assertTrue(message.contains("set credence.flag.share"), message);
            assertTrue(message.contains("credence.alert.std"), message);
        }
        Alert limited = alert("A", "A/1", "e1", AlertReason.DEVIATION_ABOVE_LIMIT);
        assertThrows(ModelException.class, () -> Feedback.falseAlarm(limited, List.of(), null));
    }

    @Test
    void shouldRefuseWhatWasSaidBeforeOfTheSameKind() {
        Feedback said = Feedback.falseAlarm(search("", "A/1").found(), List.of("surprising"), null);

        String message = assertThrows(ModelException.class, () -> said.refuseAfter(said("A", "A/1", false)))
                .getMessage();
        assertEquals(
                "that 'A/1' was a false alarm has been said at 1970-01-01T00:00:00Z, of [SURPRISING, STUCK]: each time counts;"
                        + " say --again if that is meant",
                message);
        said.refuseAfter(said("A", "A/1", true));
        said.refuseAfter(said("A", "A/2", false));
        said.refuseAfter(said("B", "A/1", false));
        said.refuseAfter(new TrainingRecord(Commands.reset("A", "r", Instant.EPOCH)));
        Feedback other = Feedback.falseAlarm(search("", "A/1").found(), List.of("out_of_range"), null);
        other.refuseAfter(said("A", "A/1", false));
    }

    private static TrainingRecord said(String model, String about, boolean missed) {
        Set<Question> kinds = Set.of(Question.SURPRISING, Question.STUCK);
        return new TrainingRecord(Commands.feedback(model, kinds, missed, about, null, "c", Instant.EPOCH));
    }

    private static EpisodeSearch search(String model, String id) {
        EpisodeSearch search = new EpisodeSearch("alerts", model, id);
        TOPIC.forEach(search::accept);
        return search;
    }

    private static Alert alert(String model, String episode, String event, AlertReason... reasons) {
        return Alert.newBuilder()
                .setModelKey(model)
                .setEventId(event)
                .setTopic("t")
                .setPartition(0)
                .setOffset(0)
                .setEventTime(Instant.EPOCH)
                .setReason(reasons[0])
                .setDeviation(1)
                .setOutOfRangeScore(0)
                .setOutOfRangeFeatures(List.of())
                .setMean(0)
                .setEpistemicVariance(1)
                .setAleatoricVariance(1)
                .setModelEpoch(0)
                .setModelStep(1)
                .setEventsSeen(1)
                .setEpisodeId(episode)
                .setReasons(List.of(reasons))
                .build();
    }
}
