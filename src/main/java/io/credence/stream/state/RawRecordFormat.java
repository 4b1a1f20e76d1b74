package io.credence.stream.state;

import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The stored bytes of one raw record, version 1: an event that waits for its prediction, or a part of a command. All numbers are little-endian; a length of −1
 * stands for null.
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  timestamp, milliseconds since the epoch
 * 13  i64  source offset
 * 21  i32  source partition
 * 25  i32  length, then UTF-8: source topic
 *  …  i32  length, then bytes: key
 *  …  i32  length, then bytes: value
 *  …  i32  number of headers, then for each
 *          i32  length, then UTF-8: name
 *          i32  length, then bytes: value
 * </pre>
 */
public final class RawRecordFormat {
    private static final int VERSION = 1;
    private static final int FIXED = 2 * Long.BYTES + 2 * Integer.BYTES;
    private static final String WHAT = "a stored unscored event";

    private RawRecordFormat() {}

    /** The bytes of a record. */
    public static byte[] encode(RawRecord raw) {
        var record = raw.record();
        byte[] topic = Frame.utf8(raw.at().topic());
        Header[] headers = record.headers().toArray();
        int size = FIXED + Frame.sizeOf(topic) + Frame.sizeOf(record.key()) + Frame.sizeOf(record.value());
        for (Header header : headers) {
            size += Frame.sizeOf(Frame.utf8(header.key())) + Frame.sizeOf(header.value());
        }
        ByteBuffer frame = Frame.create(VERSION, size)
                .putLong(record.timestamp())
                .putLong(raw.at().offset())
                .putInt(raw.at().partition());
        Frame.putBytes(frame, topic);
        Frame.putBytes(frame, record.key());
        Frame.putBytes(frame, record.value());
        frame.putInt(headers.length);
        for (Header header : headers) {
            Frame.putBytes(frame, Frame.utf8(header.key()));
            Frame.putBytes(frame, header.value());
        }
        return Frame.seal(frame);
    }

    /**
     * The record in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static RawRecord decode(byte[] bytes) {
        return Frame.read(WHAT, bytes, VERSION, RawRecordFormat::raw);
    }

    private static RawRecord raw(ByteBuffer body) {
        long timestamp = body.getLong();
        long offset = body.getLong();
        int partition = body.getInt();
        String topic = Frame.getText(body);
        byte[] key = Frame.getBytes(body);
        byte[] value = Frame.getBytes(body);
        Headers headers = new RecordHeaders();
        for (int n = body.getInt(); n > 0; n--) {
            String name = Frame.getText(body);
            headers.add(name, Frame.getBytes(body));
        }
        return new RawRecord(new Record<>(key, value, timestamp, headers), new Origin(topic, partition, offset));
    }
}
