package io.credence.stream.state;

import static io.credence.stream.wire.Fixtures.accepted;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.PosteriorSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorChunksTest {
    private static final LearnerState STATE = state(1, 7);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 100_000})
    void shouldRoundTripWhateverTheChunkSize(int size) {
        List<PosteriorChunk> chunks = PosteriorChunks.split(STATE, size);
        assertTrue(chunks.stream().allMatch(c -> c.getPayload().remaining() <= size));
        LearnerState back = assemble(chunks);
        assertNotNull(back);
        assertArrayEquals(SnapshotCodec.encode(STATE), SnapshotCodec.encode(back));
        LearnerStateFormatTest.assertSame(STATE, back);
        assertEquals("a/b", back.modelKey());
        assertEquals(new ModelVersion(1, 7), back.version());
    }

    @Test
    void shouldRefuseEverySetThatIsTorn() {
        List<PosteriorChunk> chunks = PosteriorChunks.split(STATE, 64);
        for (int missing = 0; missing < chunks.size(); missing++) {
            List<PosteriorChunk> torn = new ArrayList<>(chunks);
            torn.set(missing, null);
            assertNull(assemble(torn), "without " + missing);
        }
    }

    @Test
    void shouldRefuseEveryMixtureOfVersionsAndOfWriters() {
        List<PosteriorChunk> chunks = PosteriorChunks.split(STATE, 64);
        // The last has the same version but other numbers: a fenced writer's.
        for (LearnerState other : List.of(state(1, 8), state(2, 7))) {
            List<PosteriorChunk> others = PosteriorChunks.split(other, 64);
            for (int i = 0; i < chunks.size(); i++) {
                List<PosteriorChunk> mixed = new ArrayList<>(chunks);
                mixed.set(i, others.get(i));
                assertNull(assemble(mixed), "mixed at " + i);
            }
        }
    }

    @Test
    void shouldRefuseEveryFlippedBitAndNeverThrow() {
        List<PosteriorChunk> chunks = PosteriorChunks.split(STATE, 64);
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            List<PosteriorChunk> corrupt = new ArrayList<>(chunks);
            int at = random.nextInt(chunks.size());
            PosteriorChunk c = chunks.get(at);
            byte[] payload = new byte[c.getPayload().remaining()];
            c.getPayload().duplicate().get(payload);
            payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
            corrupt.set(
                    at,
                    PosteriorChunk.newBuilder(c)
                            .setPayload(ByteBuffer.wrap(payload))
                            .build());
            assertNull(assemble(corrupt));
        }
    }

    @Test
    void shouldRefuseChunksWhoseHeaderLies() {
        PosteriorChunk whole = PosteriorChunks.split(STATE, 100_000).get(0);
        assertNotNull(assemble(List.of(whole)));
        assertNull(assemble(List.of(PosteriorChunk.newBuilder(whole).setStep(8).build())));
        assertNull(assemble(
                List.of(PosteriorChunk.newBuilder(whole).setModelKey("c").build())));
        assertNull(
                assemble(List.of(PosteriorChunk.newBuilder(whole).setFormat(2).build())));
        assertNull(assemble(List.of(PosteriorChunk.newBuilder(whole).setCount(0).build())));
        assertNull(assemble(List.of(
                PosteriorChunk.newBuilder(whole).setCount(Integer.MAX_VALUE).build())));
        assertNull(assemble(List.of(PosteriorChunk.newBuilder(whole).setIndex(1).build())));
    }

    @Test
    void shouldIgnoreWhatLiesBeyondTheCountWhenAModelShrank() {
        List<PosteriorChunk> chunks = new ArrayList<>(PosteriorChunks.split(STATE, 64));
        chunks.add(PosteriorChunks.split(state(9, 1), 8).get(chunks.size()));
        assertNotNull(assemble(chunks));
    }

    @Test
    void shouldBeReadByAnyAvroReaderWhenTheSnapshotIsPlainBinary() throws Exception {
        byte[] bytes = SnapshotCodec.encode(STATE);
        GenericRecord read = new GenericDatumReader<GenericRecord>(PosteriorSnapshot.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        ByteBuffer mu = (ByteBuffer) read.get("mu");
        assertEquals(4 * STATE.mu().length, mu.remaining());
        assertEquals(Float.floatToIntBits(STATE.mu()[0]), Integer.reverseBytes(mu.getInt(0)));
    }

    @Test
    void shouldRejectSnapshotsWhenTruncatedOrMutated() {
        byte[] bytes = SnapshotCodec.encode(STATE);
        for (int length = 0; length < bytes.length; length++) {
            assertInstanceOf(Outcome.Rejected.class, SnapshotCodec.decode(Arrays.copyOf(bytes, length)));
        }
        assertInstanceOf(Outcome.Rejected.class, SnapshotCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)));
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            byte[] mutant = bytes.clone();
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            SnapshotCodec.decode(mutant);
        }
        assertEquals(STATE.events(), accepted(SnapshotCodec.decode(bytes)).events());
    }

    @Test
    void shouldFindTheModelInTheRecordKey() {
        assertEquals("a/b/12", PosteriorChunks.key("a/b", 12));
        assertEquals("a/b", PosteriorChunks.modelKey("a/b/12"));
        assertEquals("", PosteriorChunks.modelKey(PosteriorChunks.key("", 0)));
        assertThrows(IllegalArgumentException.class, () -> PosteriorChunks.split(STATE, 0));
    }

    private static LearnerState assemble(List<PosteriorChunk> chunks) {
        return PosteriorChunks.assemble(i -> i < chunks.size() ? chunks.get(i) : null);
    }

    private static LearnerState state(long seed, long step) {
        Random random = new Random(seed);
        return new LearnerState(
                "a/b",
                123L,
                new ModelVersion(1, step),
                300,
                2,
                floats(random, 40),
                floats(random, 40),
                floats(random, 40),
                floats(random, 40),
                floats(random, 80),
                floats(random, 40),
                floats(random, 40),
                floats(random, 20),
                floats(random, 10),
                random.doubles(2).toArray(),
                random.doubles(30).toArray(),
                random.doubles(9).toArray(),
                random.doubles(10).toArray(),
                random.doubles(8).toArray(),
                random.doubles(5).toArray(),
                random.doubles(6).toArray(),
                random.doubles(7).toArray(),
                random.doubles(2).toArray());
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
