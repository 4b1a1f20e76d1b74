package io.credence.stream.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary of unknown quality, read from one array: nothing is allocated or looped over that the bytes left could not
 * pay for.
 *
 * <p>Avro's own decoder believes a length before it reads: twelve corrupt bytes can ask for two gigabytes. Here a string
 * or a byte sequence may be no longer than what is left, and all arrays and maps together may hold no more items than
 * there are bytes: every item takes at least one, save for types of no size, for which there is a small allowance.
 */
public final class BoundedDecoder extends Decoder {
    private static final int SIZELESS_ITEMS = 1_024;
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private final int end;
    private int at;
    private long itemsLeft;

    /** Reads from {@code data[from]} to the end. */
    public BoundedDecoder(byte[] data, int from) {
        this.data = data;
        this.at = from;
        this.end = data.length;
        this.itemsLeft = (long) end - from + SIZELESS_ITEMS;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return end - at;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        byte b = data[take(1)];
        if (b != 0 && b != 1) {
            throw new IOException("a boolean is encoded as " + b);
        }
        return b == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("an int is out of range: " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte b = data[take(1)];
            zigzag |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("a long takes more than ten bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return (float) FLOATS.get(data, take(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return (double) DOUBLES.get(data, take(Double.BYTES));
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        int length = length();
        int from = take(length);
        return new Utf8(Arrays.copyOfRange(data, from, from + length));
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        return new String(data, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = length();
        int from = take(length);
        return ByteBuffer.wrap(Arrays.copyOfRange(data, from, from + length));
    }

    @Override
    public void skipBytes() throws IOException {
        take(length());
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        System.arraycopy(data, take(length), bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return block();
    }

    @Override
    public long arrayNext() throws IOException {
        return block();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return block();
    }

    @Override
    public long mapNext() throws IOException {
        return block();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** The number of items in the next block, 0 at the end; a negative count is followed by the block's size. */
    private long block() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong();
        }
        return items(count);
    }

    /** Skips blocks of known size; returns the number of items of a block that must be skipped one by one. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            take(checked(readLong()));
            count = readLong();
        }
        return items(count);
    }

    private long items(long count) throws IOException {
        if (count == Long.MIN_VALUE || Math.abs(count) > itemsLeft) {
            throw new IOException("a block of " + count + " items in a record of " + end + " bytes");
        }
        itemsLeft -= Math.abs(count);
        return Math.abs(count);
    }

    private int length() throws IOException {
        return checked(readLong());
    }

    private int checked(long length) throws IOException {
        if (length < 0) {
            throw new IOException("a length is negative: " + length);
        }
        if (length > remaining()) {
            throw new EOFException("a length of " + length + " bytes where " + remaining() + " are left");
        }
        return (int) length;
    }

    /** Moves past {@code length} bytes and returns where they begin. */
    private int take(int length) throws IOException {
        if (length > remaining()) {
            throw new EOFException("the record ends where " + length + " more bytes are needed");
        }
        int from = at;
        at += length;
        return from;
    }
}
