package io.credence.stream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Bytes cut into pieces that fit a record, and the checksum by which the pieces of another whole are told: the one place
 * where models are cut and glued.
 */
public final class Pieces {
    /** More pieces than that are refused: it is far above any model that fits the heap in pieces of useful size. */
    private static final int MOST = 1 << 20;

    private final byte[] whole;
    private final List<ByteBuffer> pieces;

    private Pieces(byte[] whole, List<ByteBuffer> pieces) {
        this.whole = whole;
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Cuts bytes into equal pieces but for a shorter last one; empty bytes are one empty piece.
     *
     * @param whole the bytes, not copied
     * @param most bytes of a piece, at least 1
     */
    public static Pieces cut(byte[] whole, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a piece cannot hold " + most + " bytes");
        }
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from == 0 || from < whole.length; from += most) {
            pieces.add(ByteBuffer.wrap(whole, from, Math.min(most, whole.length - from))
                    .slice());
        }
        return new Pieces(whole, pieces);
    }

    /** Glues pieces together; their positions stay. */
    public static Pieces glue(List<ByteBuffer> pieces) {
        int size = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer whole = ByteBuffer.allocate(size);
        pieces.forEach(piece -> whole.put(piece.duplicate()));
        return new Pieces(whole.array(), pieces);
    }

    /** Whether there can be a piece of that number, from 0, among so many. */
    public static boolean counted(int index, int count) {
        return count <= MOST && index >= 0 && index < count;
    }

    /** The bytes of all pieces; not to be written to. */
    public byte[] whole() {
        return whole;
    }

    /** How many pieces there are, at least 1. */
    public int count() {
        return pieces.size();
    }

    /** A piece, from 0. */
    public ByteBuffer get(int index) {
        return pieces.get(index).duplicate();
    }

    /** CRC-32C of the whole, unsigned. */
    public long checksum() {
        CRC32C crc = new CRC32C();
        crc.update(whole, 0, whole.length);
        return crc.getValue();
    }
}
