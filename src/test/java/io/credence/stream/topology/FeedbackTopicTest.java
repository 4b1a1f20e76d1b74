package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Remark;
import io.credence.stream.avro.AlarmFeedback;
import io.credence.stream.avro.AlarmKind;
import io.credence.stream.avro.AlarmVerdict;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.CommandType;
import io.credence.stream.avro.NoticedFeedback;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.FeedbackReader;
import io.credence.stream.event.Notices;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of alerts on a topic becomes commands in the training log, once, or dead letters. */
class FeedbackTopicTest {
    private static final String FEEDBACK = "verdicts";

    private final Bench bench = new Bench(
            "credence.topic.feedback", FEEDBACK, "credence.alert.std", "1000000", "credence.score.linger.ms", "0");
    private final CredenceSerde<TrainingRecord> log =
            CredenceSerde.of(TrainingRecord.class, bench.rides.config().serde());

    @AfterEach
    void close() {
        log.close();
        bench.close();
    }

    /** An episode of features far out, as its last record tells of it. */
    private Alert farOut() {
        bench.train(200);
        bench.pass(1_000);
        bench.score("out", 40);
        for (int i = 0; i < 20; i++) {
            bench.score("in" + i, i % 7);
        }
        bench.read(bench.topics.training());
        List<Alert> alerts;
        try (var serde = CredenceSerde.of(Alert.class, bench.rides.config().serde())) {
            alerts = bench.read(bench.topics.alerts()).stream()
                    .map(r -> serde.decode(r.value()).orElseThrow())
                    .toList();
        }
        Alert last = alerts.get(alerts.size() - 1);
        assertEquals(List.of(AlertReason.OUT_OF_RANGE), last.getReasons());
        return last;
    }

    private byte[] say(String id, String verdict, String... kinds) {
        Schema schema = AlarmFeedback.getClassSchema();
        GenericRecord said = new GenericRecordBuilder(schema)
                .set("id", id)
                .set(
                        "verdict",
                        new GenericData.EnumSymbol(schema.getField("verdict").schema(), verdict))
                .set("kinds", List.of(kinds))
                .set("note", "maintenance")
                .build();
        return send(said);
    }

    private byte[] send(GenericRecord said) {
        byte[] bytes = bench.rides.bytes(FEEDBACK, said);
        bench.send(FEEDBACK, Bench.utf8("who"), bytes);
        return bytes;
    }

    private List<Command> commands() {
        return bench.read(bench.topics.training()).stream()
                .map(r -> (Command) log.decode(r.value()).orElseThrow().getBody())
                .toList();
    }

    private void refused(String reason, String because, byte[] bytes) {
        List<TestRecord<byte[], byte[]>> dead = bench.read(bench.topics.deadLetters());
        assertEquals(1, dead.size(), because);
        assertEquals(reason, Bench.header(dead.get(0), DeadLetter.REASON));
        String detail = Bench.header(dead.get(0), DeadLetter.DETAIL);
        assertTrue(detail.contains(because), detail);
        assertEquals(FEEDBACK, Bench.header(dead.get(0), DeadLetter.TOPIC));
        assertArrayEquals(bytes, dead.get(0).value());
        assertArrayEquals(Bench.utf8("who"), dead.get(0).key());
        assertEquals(List.of(), commands());
    }

    @Test
    void shouldCommandOnceWhenAnEpisodeIsCalledFalseTwice() {
        Alert alert = farOut();
        assertEquals("out", alert.getEventId());

        say(alert.getEpisodeId(), "FALSE_ALARM");
        List<Command> commands = commands();
        assertEquals(1, commands.size());
        Command command = commands.get(0);
        assertEquals(CommandType.FEEDBACK, command.getType());
        assertEquals(FEEDBACK + "-0-0", command.getCommandId());
        assertEquals(AlarmVerdict.FALSE_ALARM, command.getFeedback().getVerdict());
        assertEquals(List.of(AlarmKind.OUT_OF_RANGE), command.getFeedback().getKinds());
        assertEquals(alert.getEpisodeId(), command.getFeedback().getId());
        assertEquals("maintenance", command.getFeedback().getNote());

        refused("BAD_FEEDBACK", "has been said", say(alert.getEpisodeId(), "FALSE_ALARM"));
        refused("BAD_FEEDBACK", "has been said", say("out", "FALSE_ALARM", "out_of_range"));
    }

    @Test
    void shouldBeginAnEpochOfTheModelWhenItHeedsIt() {
        farOut();
        for (int i = 0; i < 12; i++) {
            say("lost" + i, "MISSED", "Out_Of_Range");
        }
        assertEquals(12, commands().size());
        bench.pass(1_000);
        bench.score("after", 1);
        GenericRecord made = Bench.prediction(bench.scored().get(21));
        assertEquals(12L, made.get("modelEpoch"), "each command begins an epoch");
        assertEquals(12, ActivityTest.counted(bench, Activity.HEEDED));
    }

    @Test
    void shouldSayWhyWhenNothingCanBeHeeded() {
        byte[] early = say("x", "MISSED", "shifted");
        refused("BAD_FEEDBACK", "there is no model ''", early);
        Alert alert = farOut();
        refused("BAD_FEEDBACK", "neither one of the last episodes", say("nobody", "FALSE_ALARM"));
        refused("BAD_FEEDBACK", "is of [OUT_OF_RANGE]: 'stuck'", say(alert.getEpisodeId(), "FALSE_ALARM", "stuck"));
        refused("BAD_FEEDBACK", "has no kind by itself", say("x", "MISSED"));
        refused("BAD_FEEDBACK", "'loud' is no kind of alarm", say("x", "MISSED", "loud"));
        refused("BAD_FEEDBACK", "credence.flag.share", say("x", "MISSED", "uncertain"));
        refused("BAD_FEEDBACK", "'id' is missing", say("", "MISSED", "stuck"));
        refused("BAD_FEEDBACK", "longer than 1000", say("x".repeat(1001), "MISSED", "stuck"));
        refused("BAD_FEEDBACK", "larger than 65536 bytes", say("x".repeat(70_000), "MISSED", "stuck"));
        byte[] bytes = Bench.utf8("no Avro");
        bench.send(FEEDBACK, Bench.utf8("who"), bytes);
        refused("BAD_MAGIC", "", bytes);
    }

    @Test
    void shouldReadAnySchemaWhenItHasTheNames() {
        Schema schema = SchemaBuilder.record("Verdict")
                .fields()
                .requiredString("id")
                .requiredString("verdict")
                .optionalString("modelKey")
                .optionalString("kinds")
                .endRecord();
        farOut();

        GenericRecordBuilder said =
                new GenericRecordBuilder(schema).set("id", "out").set("verdict", "false_alarm");
        refused("BAD_FEEDBACK", "no 'north'", send(said.set("modelKey", "north").build()));
        refused(
                "BAD_FEEDBACK",
                "'verdict' is 'maybe'",
                send(said.set("modelKey", null).set("verdict", "maybe").build()));
        send(said.set("verdict", "false_alarm").set("kinds", "out_of_range").build());
        assertEquals(1, commands().size());
    }

    @Test
    void shouldRefuseWhatIsReadAfterTheTopicIsUnset() {
        try (Bench without = new Bench("credence.score.linger.ms", "0");
                var serde = CredenceSerde.of(
                        AlertNotice.class, without.rides.config().serde())) {
            RawRecord raw =
                    new RawRecord(new Record<>(Bench.utf8("who"), Bench.utf8("what"), 7), new Origin(FEEDBACK, 0, 3));
            FeedbackReader.Said said = new FeedbackReader.Said("", new Remark("e", true, Set.of(Question.STUCK)), null);
            String notices = without.topics.notices();
            without.send(notices, Bench.utf8(""), serde.serializer().serialize(notices, Notices.feedback(said, raw)));
            AlertNotice torn = new AlertNotice(
                    "", new NoticedFeedback("e", true, List.of(), null, ByteBuffer.wrap(new byte[] {1, 2})));
            without.send(notices, Bench.utf8(""), serde.serializer().serialize(notices, torn));

            List<TestRecord<byte[], byte[]>> dead = without.read(without.topics.deadLetters());
            assertEquals(
                    List.of("BAD_FEEDBACK", "UNDECODABLE"),
                    dead.stream().map(r -> Bench.header(r, DeadLetter.REASON)).toList());
            assertArrayEquals(Bench.utf8("what"), dead.get(0).value());
            assertEquals("3", Bench.header(dead.get(0), DeadLetter.OFFSET));
        }
    }
}
