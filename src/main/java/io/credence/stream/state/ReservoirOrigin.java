package io.credence.stream.state;

/**
 * Events that a model had learned when its replay reservoir began, version 1, little-endian. Not stored before the
 * first command: the reservoir began with the model then.
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  origin
 * </pre>
 */
final class ReservoirOrigin {
    private static final int VERSION = 1;

    private ReservoirOrigin() {}

    static byte[] encode(long origin) {
        return Frame.seal(Frame.create(VERSION, Long.BYTES).putLong(origin));
    }

    /** @throws StoredBytesException if the bytes are corrupt or of an unknown version */
    static long decode(byte[] bytes) {
        return Frame.open("the stored origin of a reservoir", bytes, VERSION).getLong();
    }
}
