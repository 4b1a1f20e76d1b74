package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged stored bytes of every format: refused as such, whatever the damage, even under a checksum that fits. */
class StoredBytesFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.stored", 5_000);
    private static final int HEADER = 5;

    enum Format {
        EXAMPLE(
                ExampleFormat.encode(Samples.example(), Samples.FINGERPRINT),
                b -> ExampleFormat.decode(b, "Köln", Samples.FINGERPRINT)),
        PENDING(RawRecordFormat.encode(Samples.pending()), RawRecordFormat::decode),
        LEARNER_MARKS(Samples.learnerMarks().encode(), LearnerMarks::decode),
        SCORER_MARKS(Samples.scorerMarks().encode(), ScorerMarks::decode),
        SOURCE_OFFSETS(Samples.sourceOffsets().encode(), SourceOffsets::decode),
        WARM_UP_MARKS(Samples.warmupMarks().encode(), WarmupMarks::decode),
        EPISODES(EpisodesFormat.encode(Samples.episodes()), b -> EpisodesFormat.decode("Köln", b)),
        LATE_LABEL(new LateLabel("e", 7, 0.5).encode(), LateLabel::decode),
        WAITING_EVENT(Samples.waitingEvent(), b -> WaitingEvents.decode(0, b)),
        STATE(
                LearnerStateFormat.encode(Samples.state(), 1 << 20).get(0),
                b -> LearnerStateFormat.decode(i -> b, Samples.FINGERPRINT)),
        RING(ring(), StoredBytesFuzzTest::openRing);

        private final byte[] good;
        private final Consumer<byte[]> decode;

        Format(byte[] good, Consumer<byte[]> decode) {
            this.good = good;
            this.decode = decode;
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void shouldRefuseDamageWhenTheChecksumDoesNotFit(Format format) {
        Random random = new Random(format.ordinal());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = damaged(random, format.good);
            if (!Arrays.equals(bad, format.good)) {
                assertThrows(StoredBytesException.class, () -> format.decode.accept(bad), () -> hex(bad));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void shouldReadOrRefuseWhenTheChecksumFitsTheDamage(Format format) {
        Random random = new Random(format.ordinal());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = damaged(random, format.good);
            if (bad.length < HEADER) {
                continue;
            }
            bad[0] = 1;
            CRC32C crc = new CRC32C();
            crc.update(bad, HEADER, bad.length - HEADER);
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(1, (int) crc.getValue());
            try {
                format.decode.accept(bad);
            } catch (StoredBytesException e) {
                // Refused with a message, as it should be.
            } catch (RuntimeException | Error e) {
                throw new AssertionError(hex(bad), e);
            }
        }
    }

    private static byte[] damaged(Random random, byte[] good) {
        byte[] bad = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(2 * good.length)) : good.clone();
        for (int n = random.nextInt(4); n >= 0 && bad.length > 0; n--) {
            int at = random.nextInt(bad.length);
            switch (random.nextInt(3)) {
                case 0 -> bad[at] = (byte) random.nextInt();
                case 1 -> bad[at] ^= (byte) (1 << random.nextInt(8));
                default -> Arrays.fill(bad, at, Math.min(bad.length, at + 4), (byte) random.nextInt(-2, 1));
            }
        }
        return bad;
    }

    private static byte[] ring() {
        KeyValueStore<Bytes, byte[]> store = MapStore.create("ring");
        RingStore ring = new RingStore(store, "", 8);
        for (byte i = 0; i < 5; i++) {
            ring.append(new byte[] {i});
        }
        ring.release(2);
        return store.get(StoreKey.of(StoreKey.POSITION, "", 0));
    }

    private static void openRing(byte[] position) {
        KeyValueStore<Bytes, byte[]> store = MapStore.create("ring");
        List.of(0, 1, 2, 3, 4)
                .forEach(i -> store.put(
                        StoreKey.of(StoreKey.SLOT, "", i), new byte[] {9, i.byteValue(), 0, 0, 0, 0, 0, 0, 0}));
        store.put(StoreKey.of(StoreKey.POSITION, "", 0), position);
        new RingStore(store, "", 8).entries();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
