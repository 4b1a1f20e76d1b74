package io.credence.stream.state;

import io.credence.stream.avro.PosteriorChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** The shape fingerprint in a single stored record, without reading the rest of the model. */
public final class StoredShape {
    /** {@link LearnerStateFormat} and {@link ExampleFormat} alike begin with it in every version, after version and checksum. */
    private static final int NEWEST = 2;

    private StoredShape() {}

    /** That of a record in the changelog of the learner's state or of its redo log; none in one of another kind. */
    public static OptionalLong inChangelog(byte @Nullable [] key, byte @Nullable [] value) {
        boolean carries = key != null
                && key.length > 0
                && (key[0] == StoreKey.CHUNK || key[0] == StoreKey.SLOT)
                && value != null
                && value.length >= Frame.HEADER + Long.BYTES
                && value[0] >= 1
                && value[0] <= NEWEST;
        return carries && value != null
                ? OptionalLong.of(
                        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(Frame.HEADER))
                : OptionalLong.empty();
    }

    /** That of a record on the posteriors topic; none in a part of a model that is not its first. */
    public static OptionalLong inChunk(PosteriorChunk chunk) {
        if (chunk.getIndex() != 0 || chunk.getFormat() != SnapshotCodec.FORMAT) {
            return OptionalLong.empty();
        }
        ByteBuffer payload = chunk.getPayload().duplicate();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        try {
            @SuppressWarnings("NullAway") // Avro takes null for "nothing to reuse".
            BinaryDecoder snapshot = DecoderFactory.get().binaryDecoder(bytes, null);
            snapshot.skipString();
            return OptionalLong.of(snapshot.readLong());
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}
