package io.credence.stream.state;

import java.nio.ByteBuffer;

/**
 * A label that came later than its event, on its way to the memory of the event's series.
 *
 * @param eventId of the event that it is of
 * @param time of that event, milliseconds since the epoch
 * @param label in target units, or the index of the class
 */
public record LateLabel(String eventId, long time, double label) {
    private static final int VERSION = 1;
    private static final String WHAT = "a label of a series";

    /**
     * The bytes of the label, version 1, little-endian.
     *
     * <pre>
     *  0  u8   format version, 1
     *  1  u32  CRC-32C of bytes 5 to the end
     *  5  i64  time of the event, milliseconds since the epoch
     * 13  f64  label
     * 21  i32  length, then UTF-8: id of the event
     * </pre>
     */
    public byte[] encode() {
        byte[] id = Frame.utf8(eventId);
        ByteBuffer frame = Frame.create(VERSION, Long.BYTES + Double.BYTES + Frame.sizeOf(id))
                .putLong(time)
                .putDouble(label);
        Frame.putBytes(frame, id);
        return Frame.seal(frame);
    }

    /**
     * The label in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static LateLabel decode(byte[] bytes) {
        return Frame.read(WHAT, bytes, VERSION, body -> {
            long time = body.getLong();
            double label = body.getDouble();
            return new LateLabel(Frame.getText(body), time, label);
        });
    }
}
