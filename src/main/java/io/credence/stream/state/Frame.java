package io.credence.stream.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The frame around every stored value. All numbers are little-endian.
 *
 * <pre>
 *  0  u8   format version
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  …    body
 * </pre>
 */
final class Frame {
    /** Bytes before the body. */
    static final int HEADER = 5;

    private Frame() {}

    /** A buffer of exactly the right size, positioned at the body. */
    static ByteBuffer create(int version, int bodySize) {
        return ByteBuffer.allocate(HEADER + bodySize)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) version)
                .putInt(0);
    }

    /** The finished bytes of a buffer from {@link #create} whose body has been filled. */
    static byte[] seal(ByteBuffer frame) {
        if (frame.hasRemaining()) {
            throw new IllegalStateException(frame.remaining() + " bytes of the frame were not written");
        }
        byte[] bytes = frame.array();
        frame.putInt(1, checksum(bytes));
        return bytes;
    }

    /**
     * The body of stored bytes.
     *
     * @param what names the value in messages
     * @throws StoredBytesException if the version is unknown or the checksum does not fit
     */
    static ByteBuffer open(String what, byte[] bytes, int newestVersion) {
        if (bytes.length < HEADER) {
            throw StoredBytesException.corrupt(what, "only " + bytes.length + " bytes");
        }
        int version = bytes[0] & 0xff;
        if (version < 1 || version > newestVersion) {
            throw StoredBytesException.unknownVersion(what, version, newestVersion);
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(1);
        if (frame.getInt() != checksum(bytes)) {
            throw StoredBytesException.corrupt(what, "its checksum does not fit");
        }
        return frame;
    }

    /**
     * The value in stored bytes.
     *
     * @param what names the value in messages
     * @param body reads the value; it may trip over lengths that make no sense
     * @throws StoredBytesException if the version is unknown, the checksum does not fit, or the body is not exactly one
     *     value
     */
    static <T> T read(String what, byte[] bytes, int newestVersion, Function<ByteBuffer, T> body) {
        return body(what, open(what, bytes, newestVersion), body);
    }

    /** The same of a body whose frame is already opened, or that was put together from several. */
    static <T> T body(String what, ByteBuffer from, Function<ByteBuffer, T> body) {
        T value;
        try {
            value = body.apply(from);
        } catch (StoredBytesException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StoredBytesException.corrupt(what, "it is not laid out as such a value: " + e);
        }
        if (from.hasRemaining()) {
            throw StoredBytesException.corrupt(what, from.remaining() + " bytes are left over");
        }
        return value;
    }

    /** A stored length, which no more bytes than there are can follow. */
    static int getLength(ByteBuffer from, int bytesEach) {
        return checked(from.getInt(), from, bytesEach);
    }

    private static int checked(int length, ByteBuffer from, int bytesEach) {
        if (length < 0 || length > from.remaining() / bytesEach) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, HEADER, bytes.length - HEADER);
        return (int) crc.getValue();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a length (−1 for null) and the bytes. */
    static void putBytes(ByteBuffer to, byte @Nullable [] bytes) {
        to.putInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            to.put(bytes);
        }
    }

    /** What {@link #putBytes} wrote. */
    static byte @Nullable [] getBytes(ByteBuffer from) {
        int length = from.getInt();
        if (length == -1) {
            return null;
        }
        byte[] bytes = new byte[checked(length, from, 1)];
        from.get(bytes);
        return bytes;
    }

    /** Text that {@link #putBytes} wrote as UTF-8. */
    static String getText(ByteBuffer from) {
        byte[] bytes = getBytes(from);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The size of what {@link #putBytes} writes. */
    static int sizeOf(byte @Nullable [] bytes) {
        return Integer.BYTES + (bytes == null ? 0 : bytes.length);
    }
}
