package io.credence.stream.topology;

import io.credence.bayes.alert.AlertRules;
import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Remark;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.NoticedEvent;
import io.credence.stream.avro.NoticedFeedback;
import io.credence.stream.avro.NoticedTime;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.AlertSection;
import io.credence.stream.config.AlertSection.Direction;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.Commands;
import io.credence.stream.event.Notices;
import io.credence.stream.event.Reports;
import io.credence.stream.state.EpisodesFormat;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Folds what is told of each model's events into its episodes, and tells of these.
 *
 * <p>The notices topic is a log like the training topic: the same records give the same alerts. When nothing comes and an
 * episode ought to end, or a silence to begin, a record that says what time it is goes into that topic; the wall clock enters
 * in no other way. How long nothing came is counted from when this task last read a notice, so that a service that was down
 * takes no stream for silent; and no model is ahead of what was read last of any: while a backlog is read, what comes of one
 * model tells how far the others are. After a restart other tasks may have to be restored first, for which there is time.
 */
@SuppressWarnings("NullAway.Init") // init() sets the fields
final class EpisodesProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Least time from a start until a stream is silent. */
    private static final long RESTORED_MS = 300_000;

    private final CredenceConfig config;
    private final Names names;
    private final AlertRules rules;
    private final FeedbackDesk desk;
    private final SharedSerdes.Part part;
    private ProcessorContext<byte[], byte[]> context;
    private CredenceSerde<AlertNotice> notices;
    private CredenceSerde<Alert> alerts;
    private KeyValueStore<Bytes, byte[]> store;
    private CredenceSerde<TrainingRecord> training;
    private Counter fired;
    private Counter heeded;
    private Counter dead;
    private Map<String, Heard> watched;
    private @Nullable Heard latest;
    private @Nullable Cancellable look;

    /**
     * When something was last read of a model.
     *
     * @param clock event time then
     * @param due event time at which there is something to tell if nothing comes
     * @param at wall clock, milliseconds
     * @param asked whether a time was sent since
     */
    private record Heard(long clock, long due, long at, boolean asked) {
        long time(long now) {
            return clock + now - at;
        }
    }

    /** @param serdes of the graph's tasks */
    EpisodesProcessor(CredenceConfig config, SharedSerdes serdes) {
        this.config = config;
        this.names = Names.of(config);
        this.rules = rules(config.alerts());
        this.desk = new FeedbackDesk(config.topics().feedback() != null);
        this.part = serdes.part();
    }

    static AlertRules rules(AlertSection alerts) {
        return new AlertRules(
                alerts.forMs(),
                alerts.forEvents(),
                alerts.keepFiringMs(),
                alerts.keepFiringEvents(),
                alerts.cooldownMs(),
                alerts.deviationMin(),
                alerts.relativeDeviationMin(),
                alerts.direction() != Direction.BELOW,
                alerts.direction() != Direction.ABOVE,
                alerts.silenceMs());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        TaskSerdes serdes = part.open(context.taskId());
        notices = serdes.own(AlertNotice.class);
        alerts = serdes.own(Alert.class);
        store = context.getStateStore(names.episodesState());
        training = serdes.own(TrainingRecord.class);
        heeded = Counter.of(context, Activity.HEEDED, names.episodes(), config.prefix());
        fired = Counter.of(context, Activity.FIRED, names.episodes(), config.prefix());
        dead = Counter.of(context, Activity.DEAD, names.episodes(), config.prefix());
        watched = new HashMap<>();
        latest = null;
        long from = context.currentSystemTimeMs() + Math.max(0, RESTORED_MS - Math.abs(rules.silenceMs()));
        for (String modelKey : EpisodesFormat.models(store)) {
            watch(EpisodesFormat.read(store, modelKey), rules.silenceMs() > 0 ? from : context.currentSystemTimeMs());
        }
        if (look != null) {
            look.cancel();
        }
        look = context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        notices.decode(record.value()).take(notice -> take(record, notice), bad -> {
            dead.add(1);
            context.forward(DeadLetter.of(record, Position.of(context), bad), names.deadLettersOf(names.episodes()));
        });
    }

    private void take(Record<byte[], byte[]> record, AlertNotice told) {
        Episodes before = EpisodesFormat.read(store, told.getModelKey());
        Notice notice = Notices.notice(told, record.value());
        Episodes.Taken taken;
        if (notice != null) {
            taken = before.take(notice, rules);
        } else if (told.getBody() instanceof NoticedTime time) {
            taken = before.tick(time.getEventTime().toEpochMilli(), rules);
        } else {
            if (told.getBody() instanceof NoticedFeedback said) {
                heed(record, before, said);
            }
            return;
        }
        taken.said().forEach(episode -> tell(record, told.getModelKey(), episode, before.isNew(episode)));
        EpisodesFormat.write(store, taken.next());
        latest = watch(taken.next(), context.currentSystemTimeMs());
    }

    /** Remembers what is said before the command that it becomes is in the training log: both are committed together. */
    private void heed(Record<byte[], byte[]> record, Episodes before, NoticedFeedback said) {
        Notices.raw(said).take(raw -> heed(before, said, raw), bad -> {
            dead.add(1);
            context.forward(DeadLetter.of(record, Position.of(context), bad), names.deadLettersOf(names.episodes()));
        });
    }

    private void heed(Episodes before, NoticedFeedback said, RawRecord raw) {
        desk.resolve(before, Notices.remark(said))
                .take(
                        remark -> {
                            heeded.add(1);
                            EpisodesFormat.write(store, before.with(remark));
                            context.forward(
                                    command(before.modelKey(), remark, said.getNote(), raw),
                                    names.feedbackToTraining());
                        },
                        bad -> {
                            dead.add(1);
                            context.forward(
                                    DeadLetter.of(raw.record(), raw.at(), bad), names.deadLettersOf(names.episodes()));
                        });
    }

    private Record<byte[], byte[]> command(String modelKey, Remark remark, @Nullable String note, RawRecord raw) {
        String topic = config.topics().training();
        long at = raw.record().timestamp();
        TrainingRecord command = new TrainingRecord(Commands.feedback(
                modelKey,
                remark.questions(),
                remark.missed(),
                remark.about(),
                note,
                raw.at().toString(),
                Instant.ofEpochMilli(at)));
        return new Record<>(
                modelKey.getBytes(StandardCharsets.UTF_8), training.serializer().serialize(topic, command), at);
    }

    private void tell(Record<byte[], byte[]> record, String modelKey, Episode episode, boolean begins) {
        if (begins) {
            fired.add(1);
        }
        boolean limited = config.alerts().std() != null;
        Alert alert = Reports.alert(modelKey, episode, event(episode.worst().evidence()), begins, limited);
        context.forward(
                record.withKey(episode.id().getBytes(StandardCharsets.UTF_8))
                        .withValue(alerts.serializer().serialize(config.topics().alerts(), alert)),
                names.toAlerts());
    }

    /** The worst event as it was told; null for what is none. */
    private @Nullable NoticedEvent event(byte[] evidence) {
        if (evidence.length == 0) {
            return null;
        }
        return notices.decode(evidence)
                .<@Nullable NoticedEvent>fold(
                        told -> told.getBody() instanceof NoticedEvent event ? event : null, bad -> null);
    }

    /** Watches a model, unless no time has anything to tell of it: what is watched is on the heap. */
    private Heard watch(Episodes episodes, long at) {
        Heard heard = new Heard(episodes.clock(), episodes.due(rules), at, false);
        if (heard.due == Long.MAX_VALUE) {
            watched.remove(episodes.modelKey());
        } else {
            watched.put(episodes.modelKey(), heard);
        }
        return heard;
    }

    private void look(long now) {
        long read = latest == null ? Long.MAX_VALUE : latest.time(now);
        watched.replaceAll((modelKey, heard) -> {
            long time = Math.min(heard.time(now), read);
            if (heard.asked || time < heard.due || time <= heard.clock) {
                return heard;
            }
            byte[] value = notices.serializer().serialize(config.topics().notices(), Notices.time(modelKey, time));
            context.forward(
                    new Record<>(modelKey.getBytes(StandardCharsets.UTF_8), value, Math.max(0, time)),
                    names.noticesOf(names.episodes()));
            return new Heard(heard.clock, heard.due, heard.at, true);
        });
    }

    @Override
    public void close() {
        fired.close();
        heeded.close();
        dead.close();
        part.close();
    }
}
