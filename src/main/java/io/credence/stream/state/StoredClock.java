package io.credence.stream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How much event time goes by, as the records that a task reads tell it, in a store. It never goes back.
 *
 * <p>Time goes on when two records in a row say so: one that is early or late moves nothing. Records that lie further apart
 * than the span are of several sources, or of before and after a gap, and each source is followed by itself. One of them is
 * the clock, until another has gone on by more than the span and nothing was heard of it. So sources that take turns, up to
 * {@value #MOST} of them, do not make time pass by the distance between them, and nobody can tell how long a gap was until what
 * comes behind it has gone on.
 *
 * <p>Value, version 2, little-endian:
 *
 * <pre>
 *  0  u8   format version, 2
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  milliseconds that have gone by, from the time of the first record on
 * 13  i32  which source is the clock, from 0
 * 17  i32  number of sources, then for each, the one that was heard of last at the end:
 *          i64  its time, milliseconds since the epoch
 *          i64  time of its last record
 *          i64  its time when the clock was last heard of
 *          i64  time of its first record since, the least number if there is none
 * </pre>
 *
 * <p>Version 1 held the time and that of the last record.
 */
public final class StoredClock {
    private static final int VERSION = 2;
    private static final int MOST = 8;
    private static final long UNHEARD = Long.MIN_VALUE;
    private static final String WHAT = "a stored event time";

    private final KeyValueStore<Bytes, byte[]> store;
    private final Bytes key;
    private final long span;
    private final List<Source> sources = new ArrayList<>();
    private Source clock = new Source(0);
    private long passed;

    private static final class Source {
        private long now;
        private long last;
        private long from;
        private long first = UNHEARD;

        Source(long time) {
            now = time;
            last = time;
            from = time;
        }

        /** Takes the next record's time; gives by how much time went on. */
        long note(long time) {
            first = first == UNHEARD ? Math.max(now, time) : first;
            long step = Math.max(0, Math.min(last, time) - now);
            now += step;
            last = time;
            return step;
        }

        /** The clock was heard of. What has gone on since is taken for more by who comes, and for less by the time. */
        void clockHeard() {
            from = now;
            first = UNHEARD;
        }
    }

    /**
     * @param number tells the clocks of a store apart
     * @param span milliseconds beyond which records are of several sources
     */
    public StoredClock(KeyValueStore<Bytes, byte[]> store, int number, long span) {
        this.store = store;
        this.span = span;
        this.key = StoreKey.of(StoreKey.CLOCK, number);
        byte[] stored = store.get(key);
        if (stored != null) {
            Frame.read(WHAT, stored, VERSION, body -> stored[0] == 1 ? readOld(body) : read(body));
        }
    }

    private StoredClock readOld(ByteBuffer body) {
        clock = new Source(body.getLong());
        clock.last = body.getLong();
        passed = clock.now;
        sources.add(clock);
        return this;
    }

    private StoredClock read(ByteBuffer body) {
        passed = body.getLong();
        int which = body.getInt();
        for (int n = Frame.getLength(body, 4 * Long.BYTES); n > 0; n--) {
            Source source = new Source(body.getLong());
            source.last = body.getLong();
            source.from = body.getLong();
            source.first = body.getLong();
            sources.add(source);
        }
        clock = sources.get(which);
        return this;
    }

    /** Takes the next record's time, milliseconds since the epoch. */
    public void note(long time) {
        if (sources.isEmpty()) {
            clock = new Source(time);
            passed = time;
            sources.add(clock);
        }
        Source source = of(time);
        long step = source.note(time);
        if (source == clock) {
            passed += step;
            sources.forEach(Source::clockHeard);
        } else if (source.now - source.first > span) {
            follow(source, source.now - source.first);
        }
        sources.remove(source);
        sources.add(source);
        if (sources.size() > MOST && sources.remove(0) == clock) {
            // So many others came since: they are batches, further apart than the span.
            follow(sources.get(0), span + 1);
        }
        write();
    }

    private void follow(Source other, long since) {
        passed += since;
        clock = other;
        sources.forEach(Source::clockHeard);
    }

    /** The source that a record is of: the nearest, or else a new one. */
    private Source of(long time) {
        Source nearest = null;
        double least = span;
        for (Source source : sources) {
            double distance = Math.abs((double) time - source.now);
            if (distance <= least) {
                nearest = source;
                least = distance;
            }
        }
        return nearest == null ? new Source(time) : nearest;
    }

    private void write() {
        ByteBuffer frame = Frame.create(VERSION, (1 + 4 * sources.size()) * Long.BYTES + 2 * Integer.BYTES)
                .putLong(passed)
                .putInt(sources.indexOf(clock))
                .putInt(sources.size());
        sources.forEach(source -> frame.putLong(source.now)
                .putLong(source.last)
                .putLong(source.from)
                .putLong(source.first));
        store.put(key, Frame.seal(frame));
    }

    /** The time of the last record; 0 before the first. */
    public long last() {
        return sources.isEmpty() ? 0 : sources.get(sources.size() - 1).last;
    }

    /** Event time that has gone by, as far as it is sure, on a scale of its own. */
    public long passed() {
        return passed;
    }

    /** The same as the last record tells it, which may be early: at most a span more. */
    public long atLast() {
        if (sources.isEmpty()) {
            return passed;
        }
        Source heard = sources.get(sources.size() - 1);
        long early = Math.max(0, clock.last - clock.now);
        long since = heard == clock ? 0 : Math.max(0, Math.max(heard.now, heard.last) - heard.from);
        return passed + Math.min(span, early + Math.min(span, since));
    }
}
