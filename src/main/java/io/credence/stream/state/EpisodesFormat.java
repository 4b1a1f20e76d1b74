package io.credence.stream.state;

import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episode.Phase;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Episodes.Span;
import io.credence.bayes.alert.Line;
import io.credence.bayes.alert.Notice.Source;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Remark;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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
 *  …  i32  number of episodes that were told of, each: source u8, started i64, last i64, ended i64, slack i64, id text,
 *          worst event's id text, questions u8
 *  …  u8   1 if one of the scorer is open, then that
 *  …  u8   1 if one of the learner is open, then that
 *  …  u8   1 if there is a silence, then that
 *  …  i32  number of remarks, each: about text, missed u8, questions u8
 *
 * episode: id text, phase u8, started i64, last i64, ended i64, events i64, suppressed i64, told i64, questions u8,
 *          features i32 and texts, worst
 * worst:   source u8, event id text, time i64, events i64, raises u8, clears u8, grade f64, confidence f64,
 *          expected f64, actual f64, lower f64, upper f64, questions u8, features i32 and texts, evidence i32 and bytes
 * </pre>
 */
public final class EpisodesFormat {
    private static final int VERSION = 1;
    private static final int SPAN = 1 + 4 * Long.BYTES + 2 * Integer.BYTES + 1;
    private static final int REMARK = Integer.BYTES + 2;
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
            to.writeInt(episodes.remarks().size());
            for (Remark remark : episodes.remarks()) {
                NoticeBytes.put(to, Frame.utf8(remark.about()));
                to.writeBoolean(remark.missed());
                to.writeByte(NoticeBytes.bits(remark.questions()));
            }
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
                    begun,
                    remarks(from));
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
        NoticeBytes.put(to, Frame.utf8(span.id()));
        NoticeBytes.put(to, Frame.utf8(span.worst()));
        to.writeByte(NoticeBytes.bits(span.questions()));
    }

    private static List<Span> spans(ByteBuffer from) {
        int count = Frame.getLength(from, SPAN);
        List<Span> spans = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Source source = Source.values()[from.get()];
            spans.add(new Span(
                    source,
                    from.getLong(),
                    from.getLong(),
                    from.getLong(),
                    from.getLong(),
                    Frame.getText(from),
                    Frame.getText(from),
                    NoticeBytes.questions(from.get())));
        }
        return spans;
    }

    private static List<Remark> remarks(ByteBuffer from) {
        int count = Frame.getLength(from, REMARK);
        List<Remark> remarks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            remarks.add(new Remark(Frame.getText(from), from.get() != 0, NoticeBytes.questions(from.get())));
        }
        return remarks;
    }

    private static void put(DataOutputStream to, @Nullable Episode episode) throws IOException {
        to.writeBoolean(episode != null);
        if (episode != null) {
            NoticeBytes.put(to, Frame.utf8(episode.id()));
            to.writeByte(episode.phase().ordinal());
            to.writeLong(episode.started());
            to.writeLong(episode.last());
            to.writeLong(episode.ended());
            to.writeLong(episode.events());
            to.writeLong(episode.suppressed());
            to.writeLong(episode.told());
            to.writeByte(NoticeBytes.bits(episode.questions()));
            NoticeBytes.put(to, episode.features());
            NoticeBytes.put(to, episode.worst());
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
        Set<Question> questions = NoticeBytes.questions(from.get());
        List<String> features = NoticeBytes.texts(from);
        return new Episode(
                id,
                phase,
                started,
                last,
                ended,
                events,
                suppressed,
                told,
                NoticeBytes.notice(from),
                questions,
                features);
    }
}
