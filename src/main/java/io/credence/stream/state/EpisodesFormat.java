package io.credence.stream.state;

import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episode.Phase;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Episodes.Span;
import io.credence.bayes.alert.Line;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Notice.Source;
import io.credence.bayes.alert.Question;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The stored episodes of a model, version 1. In the body numbers are big-endian; text is UTF-8 behind its length, an i32; bits
 * of a set are those of the constants in their order.
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end, little-endian
 *  5  i64  clock
 * 13  i64  suppressed
 * 21  i64  begun
 * 29  …    lines of scorer and learner, each: heard i64, gap f64, notices i64, said i64, newest i64, step f64, last i64,
 *          quiet i64, older i64
 *  …  i32  number of episodes that were told of, each: source u8, started i64, last i64, ended i64, slack i64
 *  …  u8   1 if one of the scorer is open, then that
 *  …  u8   1 if one of the learner is open, then that
 *  …  u8   1 if there is a silence, then that
 *
 * episode: id text, phase u8, started i64, last i64, ended i64, events i64, suppressed i64, told i64, questions u8,
 *          features i32 and texts, worst
 * worst:   source u8, event id text, time i64, events i64, raises u8, clears u8, grade f64, confidence f64,
 *          expected f64, actual f64, lower f64, upper f64, questions u8, features i32 and texts, evidence i32 and bytes
 * </pre>
 */
public final class EpisodesFormat {
    private static final int VERSION = 1;
    private static final int SPAN = 1 + 4 * Long.BYTES;
    private static final String WHAT = "the stored episodes of a model";

    private EpisodesFormat() {}

    /** The episodes of a model in the store of a task. */
    public static Episodes read(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        byte[] bytes = store.get(key(modelKey));
        return bytes == null ? Episodes.of(modelKey) : decode(modelKey, bytes);
    }

    /** Remembers these as the episodes of their model. */
    public static void write(KeyValueStore<Bytes, byte[]> store, Episodes episodes) {
        store.put(key(episodes.modelKey()), encode(episodes));
    }

    /** The models of which there are any. */
    public static List<String> models(KeyValueStore<Bytes, byte[]> store) {
        return StoreKey.owners(store, StoreKey.EPISODES);
    }

    private static Bytes key(String modelKey) {
        return StoreKey.of(StoreKey.EPISODES, modelKey, 0);
    }

    /** The stored bytes. */
    public static byte[] encode(Episodes episodes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        try (DataOutputStream to = new DataOutputStream(body)) {
            to.writeLong(episodes.clock());
            to.writeLong(episodes.suppressed());
            to.writeLong(episodes.begun());
            put(to, episodes.scoring());
            put(to, episodes.learning());
            to.writeInt(episodes.told().size());
            for (Span span : episodes.told()) {
                put(to, span);
            }
            put(to, episodes.scored());
            put(to, episodes.learned());
            put(to, episodes.silence());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Frame.seal(Frame.create(VERSION, body.size()).put(body.toByteArray()));
    }

    /**
     * The episodes in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static Episodes decode(String modelKey, byte[] bytes) {
        return Frame.read(WHAT, bytes, VERSION, frame -> {
            ByteBuffer from = frame.order(ByteOrder.BIG_ENDIAN);
            long clock = from.getLong();
            long suppressed = from.getLong();
            long begun = from.getLong();
            Line scoring = line(from);
            Line learning = line(from);
            List<Span> told = spans(from);
            return new Episodes(
                    modelKey,
                    clock,
                    scoring,
                    learning,
                    episode(from),
                    episode(from),
                    episode(from),
                    told,
                    suppressed,
                    begun);
        });
    }

    private static void put(DataOutputStream to, Line line) throws IOException {
        to.writeLong(line.heard());
        to.writeDouble(line.gap());
        to.writeLong(line.notices());
        to.writeLong(line.said());
        to.writeLong(line.newest());
        to.writeDouble(line.step());
        to.writeLong(line.last());
        to.writeLong(line.quiet());
        to.writeLong(line.older());
    }

    private static Line line(ByteBuffer from) {
        return new Line(
                from.getLong(),
                from.getDouble(),
                from.getLong(),
                from.getLong(),
                from.getLong(),
                from.getDouble(),
                from.getLong(),
                from.getLong(),
                from.getLong());
    }

    private static void put(DataOutputStream to, Span span) throws IOException {
        to.writeByte(span.source().ordinal());
        to.writeLong(span.started());
        to.writeLong(span.last());
        to.writeLong(span.ended());
        to.writeLong(span.slack());
    }

    private static List<Span> spans(ByteBuffer from) {
        int count = Frame.getLength(from, SPAN);
        List<Span> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Source source = Source.values()[from.get()];
            spans.add(new Span(source, from.getLong(), from.getLong(), from.getLong(), from.getLong()));
        }
        return spans;
    }

    private static void put(DataOutputStream to, @Nullable Episode episode) throws IOException {
        to.writeBoolean(episode != null);
        if (episode != null) {
            put(to, Frame.utf8(episode.id()));
            to.writeByte(episode.phase().ordinal());
            to.writeLong(episode.started());
            to.writeLong(episode.last());
            to.writeLong(episode.ended());
            to.writeLong(episode.events());
            to.writeLong(episode.suppressed());
            to.writeLong(episode.told());
            to.writeByte(bits(episode.questions()));
            put(to, episode.features());
            put(to, episode.worst());
        }
    }

    private static @Nullable Episode episode(ByteBuffer from) {
        if (from.get() == 0) {
            return null;
        }
        String id = Frame.getText(from);
        Phase phase = Phase.values()[from.get()];
        long started = from.getLong();
        long last = from.getLong();
        long ended = from.getLong();
        long events = from.getLong();
        long suppressed = from.getLong();
        long told = from.getLong();
        Set<Question> questions = questions(from.get());
        List<String> features = texts(from);
        return new Episode(
                id, phase, started, last, ended, events, suppressed, told, notice(from), questions, features);
    }

    private static void put(DataOutputStream to, Notice notice) throws IOException {
        to.writeByte(notice.source().ordinal());
        put(to, Frame.utf8(notice.eventId()));
        to.writeLong(notice.time());
        to.writeLong(notice.events());
        to.writeBoolean(notice.raises());
        to.writeBoolean(notice.clears());
        to.writeDouble(notice.grade());
        to.writeDouble(notice.confidence());
        to.writeDouble(notice.expected());
        to.writeDouble(notice.actual());
        to.writeDouble(notice.lower());
        to.writeDouble(notice.upper());
        to.writeByte(bits(notice.questions()));
        put(to, notice.features());
        put(to, notice.evidence());
    }

    private static Notice notice(ByteBuffer from) {
        Source source = Source.values()[from.get()];
        String eventId = Frame.getText(from);
        long time = from.getLong();
        long events = from.getLong();
        boolean raises = from.get() != 0;
        boolean clears = from.get() != 0;
        double[] numbers = new double[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from.getDouble();
        }
        Set<Question> questions = questions(from.get());
        List<String> features = texts(from);
        byte[] evidence = Frame.getBytes(from);
        return new Notice(
                source,
                eventId,
                time,
                events,
                raises,
                clears,
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                questions,
                features,
                evidence == null ? new byte[0] : evidence);
    }

    private static void put(DataOutputStream to, byte[] bytes) throws IOException {
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private static void put(DataOutputStream to, List<String> texts) throws IOException {
        to.writeInt(texts.size());
        for (String text : texts) {
            put(to, Frame.utf8(text));
        }
    }

    private static List<String> texts(ByteBuffer from) {
        int count = Frame.getLength(from, Integer.BYTES);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(Frame.getText(from));
        }
        return texts;
    }

    private static int bits(Set<Question> questions) {
        return questions.stream().mapToInt(question -> 1 << question.ordinal()).sum();
    }

    private static Set<Question> questions(int bits) {
        EnumSet<Question> questions = EnumSet.noneOf(Question.class);
        for (Question question : Question.values()) {
            if ((bits & 1 << question.ordinal()) != 0) {
                questions.add(question);
            }
        }
        return questions;
    }
}
