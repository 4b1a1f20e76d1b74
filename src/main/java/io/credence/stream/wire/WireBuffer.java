package io.credence.stream.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/**
 * Avro binary written into one growing array, used again for every record. One thread.
 *
 * <p>Avro's own direct encoder goes through an {@link java.io.OutputStream}: a call under a lock for each number.
 */
final class WireBuffer extends BinaryEncoder {
    private static final int LONGEST_NUMBER = 10;

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[512];
    private int size;

    /** Forgets what was written. */
    void clear() {
        size = 0;
    }

    /** A copy of what was written. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Writes the head of the Confluent wire format. */
    void writeHeader(int schemaId) {
        room(WireReader.HEADER);
        bytes[size++] = WireReader.MAGIC;
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (schemaId >>> shift);
        }
    }

    @Override
    public void writeBoolean(boolean b) {
        room(1);
        size += BinaryData.encodeBoolean(b, bytes, size);
    }

    @Override
    public void writeInt(int n) {
        room(LONGEST_NUMBER);
        size += BinaryData.encodeInt(n, bytes, size);
    }

    @Override
    public void writeLong(long n) {
        room(LONGEST_NUMBER);
        size += BinaryData.encodeLong(n, bytes, size);
    }

    @Override
    public void writeFloat(float f) {
        room(Float.BYTES);
        size += BinaryData.encodeFloat(f, bytes, size);
    }

    /** Writes numbers one after another, as the items of an array. */
    void writeDoubles(double[] numbers) {
        room(numbers.length * Double.BYTES);
        for (double d : numbers) {
            DOUBLES.set(bytes, size, d);
            size += Double.BYTES;
        }
    }

    @Override
    public void writeDouble(double d) {
        room(Double.BYTES);
        size += BinaryData.encodeDouble(d, bytes, size);
    }

    @Override
    public void writeFixed(byte[] from, int start, int length) {
        room(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    @Override
    public void writeFixed(ByteBuffer from) {
        int length = from.remaining();
        room(length);
        from.duplicate().get(bytes, size, length);
        size += length;
    }

    @Override
    protected void writeZero() {
        writeInt(0);
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {}

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
        }
    }
}
