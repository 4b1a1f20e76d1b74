package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.PosteriorChunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged snapshots of models: never an exception, and never another model than was published. */
class SnapshotFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.snapshots", 5_000);

    private final Random random = new Random(3);
    private final LearnerState state = new LearnerState(
            "k",
            7,
            new ModelVersion(1, 2),
            3,
            0,
            new float[] {5, 6},
            new float[] {7, 8},
            new float[] {1, 2},
            new float[] {3, 4},
            new float[4],
            new float[2],
            new float[2],
            new float[1],
            new float[3],
            new double[2],
            new double[5],
            new double[3],
            new double[4],
            new double[2],
            new double[3],
            new double[6],
            new double[7],
            new double[2]);

    @Test
    void shouldNeverAssembleAnotherModelWhenChunksAreDamaged() {
        List<PosteriorChunk> good = PosteriorChunks.split(state, 16);
        for (int round = 0; round < ROUNDS; round++) {
            List<PosteriorChunk> bad = new java.util.ArrayList<>(good);
            int at = random.nextInt(good.size());
            bad.set(at, damaged(good.get(at)));
            LearnerState read = PosteriorChunks.assemble(i -> i < bad.size() ? bad.get(i) : null);
            if (read != null) {
                assertArrayEquals(SnapshotCodec.encode(state), SnapshotCodec.encode(read));
            }
        }
    }

    @Test
    void shouldDecodeOrRejectWhenSnapshotBytesAreDamaged() {
        byte[] good = SnapshotCodec.encode(state);
        int rejected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            rejected += SnapshotCodec.decode(bad).fold(s -> 0, r -> 1);
        }
        assertTrue(rejected > ROUNDS / 10, rejected + " rejected");
    }

    private PosteriorChunk damaged(PosteriorChunk good) {
        PosteriorChunk.Builder bad = PosteriorChunk.newBuilder(good);
        switch (random.nextInt(6)) {
            case 0 -> bad.setCount(random.nextInt());
            case 1 -> bad.setIndex(random.nextInt());
            case 2 -> bad.setChecksum(random.nextLong());
            case 3 -> bad.setStep(random.nextLong());
            case 4 -> bad.setFormat(random.nextInt(3));
            default -> {
                byte[] payload = new byte[random.nextInt(20)];
                random.nextBytes(payload);
                bad.setPayload(ByteBuffer.wrap(payload));
            }
        }
        return bad.build();
    }
}
