package io.credence.stream.state;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event whose label comes apart from it.
 *
 * @param eventId of the event
 * @param asked the event; null before it came, and once it is not needed any more
 * @param label of it; null before it came, and once it is not needed any more
 * @param settling number of the meeting of the two, by which they are learned in order; {@link #NONE} if they have not
 *     met, {@link #DONE} if they were learned
 */
public record Meeting(
        String eventId, @Nullable Asked asked, @Nullable Arrived label, long settling) {
    /** They have not met. */
    public static final long NONE = -1;

    /** The event was learned. */
    public static final long DONE = -2;

    private static final String WHAT = "a stored event whose label comes later";
    private static final int ASKED = 1;
    private static final int LABEL = 2;
    private static final int SAID = 4;
    private static final int SERIES = 8;

    /** An event without its label. */
    public static Meeting of(Asked asked) {
        return new Meeting(asked.event().eventId(), asked, null, NONE);
    }

    /** A label without its event. */
    public static Meeting of(Arrived label) {
        return new Meeting(label.eventId(), null, label, NONE);
    }

    /** Both, which meet under a number. */
    public static Meeting of(Asked asked, Arrived label, long settling) {
        return new Meeting(label.eventId(), asked, label, settling);
    }

    /** The same with another label. */
    public Meeting with(Arrived other) {
        return new Meeting(eventId, asked, other, settling);
    }

    /** The same once it is learned, with all that it takes to correct it. */
    public Meeting done() {
        return new Meeting(eventId, asked, label, DONE);
    }

    /** No more than that it was learned. */
    public Meeting forgotten() {
        return new Meeting(eventId, null, null, DONE);
    }

    /** Whether the event was learned. */
    public boolean isDone() {
        return settling == DONE;
    }

    /** Whether event and label are there and not learned yet. */
    public boolean isSettling() {
        return settling >= 0;
    }

    /**
     * The stored bytes, little-endian; the event's id is stored beside them.
     *
     * <pre>
     *  0  u8   sum of 1 with the event, 2 with the label, 4 with what was predicted, 8 with a series
     *  1  i64  number of the meeting, −1 before it, −2 once it is learned
     *  …  with the event:
     *     i64  event time, milliseconds since the epoch
     *     i32  length, then UTF-8: model key
     *     i32  length, then UTF-8: topic
     *     i32  partition
     *     i64  offset
     *     …    features, as {@link FeatureBytes} draws them
     *  …  with a series:
     *     i32  length, then UTF-8: series
     *  …  with what was predicted: as {@link SaidBytes} draws it
     *  …  with the label:
     *     f64  label
     *     i64  time of the label, milliseconds since the epoch
     *     i64  the time by which it settles
     *     i32  length, then bytes: the record that brought it, as {@link RawRecordFormat} has it
     * </pre>
     */
    public byte[] encode() {
        ByteBuffer to = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        put(to);
        return to.array();
    }

    private void put(ByteBuffer to) {
        Asked.Said said = asked == null ? null : asked.said();
        String series = asked == null ? null : asked.series();
        to.put((byte) ((asked == null ? 0 : ASKED)
                + (label == null ? 0 : LABEL)
                + (said == null ? 0 : SAID)
                + (series == null ? 0 : SERIES)));
        to.putLong(settling);
        if (asked != null) {
            to.putLong(asked.event().timestamp());
            Frame.putBytes(to, Frame.utf8(asked.event().modelKey()));
            Frame.putBytes(to, Frame.utf8(asked.at().topic()));
            to.putInt(asked.at().partition()).putLong(asked.at().offset());
            FeatureBytes.put(to, asked.event().features().values());
        }
        if (series != null) {
            Frame.putBytes(to, Frame.utf8(series));
        }
        if (said != null) {
            SaidBytes.put(to, said);
        }
        if (label != null) {
            to.putDouble(label.label()).putLong(label.time()).putLong(label.settles());
            Frame.putBytes(to, RawRecordFormat.encode(label.raw()));
        }
    }

    private int size() {
        int size = 1 + Long.BYTES;
        if (asked != null) {
            size += 2 * Long.BYTES
                    + Integer.BYTES
                    + Frame.sizeOf(Frame.utf8(asked.event().modelKey()))
                    + Frame.sizeOf(Frame.utf8(asked.at().topic()))
                    + FeatureBytes.sizeOf(asked.event().features().values());
            size += asked.series() == null ? 0 : Frame.sizeOf(Frame.utf8(asked.series()));
            size += asked.said() == null ? 0 : SaidBytes.sizeOf(asked.said());
        }
        if (label != null) {
            size += 3 * Long.BYTES + Frame.sizeOf(RawRecordFormat.encode(label.raw()));
        }
        return size;
    }

    /**
     * The meeting in stored bytes.
     *
     * @throws StoredBytesException if they are none
     */
    public static Meeting decode(String id, byte[] bytes) {
        return Frame.body(WHAT, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), body -> get(id, body));
    }

    private static Meeting get(String id, ByteBuffer from) {
        int parts = from.get();
        long settling = from.getLong();
        Asked asked = null;
        if ((parts & ASKED) != 0) {
            long time = from.getLong();
            String modelKey = Frame.getText(from);
            String topic = Frame.getText(from);
            Origin at = new Origin(topic, from.getInt(), from.getLong());
            FeatureVector x = new FeatureVector(FeatureBytes.get(from));
            String series = (parts & SERIES) == 0 ? null : Frame.getText(from);
            Asked.Said said = (parts & SAID) == 0 ? null : SaidBytes.get(from);
            asked = new Asked(new Observation(modelKey, id, time, x, Double.NaN), at, series, said);
        }
        Arrived label = null;
        if ((parts & LABEL) != 0) {
            double y = from.getDouble();
            long time = from.getLong();
            long settles = from.getLong();
            byte[] raw = Frame.getBytes(from);
            if (raw == null) {
                throw new IllegalArgumentException("the record that brought the label is missing");
            }
            label = new Arrived(id, y, time, settles, RawRecordFormat.decode(raw));
        }
        return new Meeting(id, asked, label, settling);
    }
}
