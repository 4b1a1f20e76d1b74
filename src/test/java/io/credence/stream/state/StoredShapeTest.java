package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.avro.PosteriorChunk;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StoredShapeTest {
    private static final OptionalLong FINGERPRINT = OptionalLong.of(Samples.FINGERPRINT);

    @Test
    void shouldFindTheFingerprintInEachPartOfALearnersState() {
        int i = 0;
        for (byte[] chunk : LearnerStateFormat.encode(Samples.state(), 40)) {
            byte[] key = StoreKey.of(StoreKey.CHUNK, "Köln", i++).get();
            assertEquals(FINGERPRINT, StoredShape.inChangelog(key, chunk));
        }
    }

    @Test
    void shouldFindItInALoggedExample() {
        byte[] key = StoreKey.of(StoreKey.SLOT, "Köln", 3).get();

        assertEquals(
                FINGERPRINT,
                StoredShape.inChangelog(key, ExampleFormat.encode(Samples.example(), Samples.FINGERPRINT)));
    }

    @Test
    void shouldFindItInTheFirstChunkOfAPublishedModel() {
        for (PosteriorChunk chunk : PosteriorChunks.split(Samples.state(), 30, Instant.EPOCH)) {
            OptionalLong expected = chunk.getIndex() == 0 ? FINGERPRINT : OptionalLong.empty();
            assertEquals(expected, StoredShape.inChunk(chunk));
        }
    }

    @Test
    void shouldFindNoneInWhatCarriesNone() {
        byte[] chunk = LearnerStateFormat.encode(Samples.state(), 1000).get(0);
        byte[] key = StoreKey.of(StoreKey.CHUNK, "", 0).get();
        byte[] newer = chunk.clone();
        newer[0] = 99;

        assertEquals(
                OptionalLong.empty(),
                StoredShape.inChangelog(StoreKey.of(StoreKey.MARKS, "", 0).get(), chunk));
        assertEquals(OptionalLong.empty(), StoredShape.inChangelog(key, null));
        assertEquals(OptionalLong.empty(), StoredShape.inChangelog(null, chunk));
        assertEquals(OptionalLong.empty(), StoredShape.inChangelog(key, new byte[12]));
        assertEquals(OptionalLong.empty(), StoredShape.inChangelog(key, newer));
    }
}
