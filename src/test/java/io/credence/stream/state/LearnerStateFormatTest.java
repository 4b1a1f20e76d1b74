package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.config.RecordLimit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerStateFormatTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 100, RecordLimit.USUAL_CHUNK})
    void shouldReadBackWhatWasWrittenWhateverTheChunkSize(int chunkBytes) {
        List<byte[]> chunks = LearnerStateFormat.encode(Samples.state(), chunkBytes);
        chunks.forEach(c -> assertTrue(c.length <= chunkBytes + 45, c.length + " bytes"));
        assertSame(Samples.state(), decode(chunks));
    }

    @Test
    void shouldReadNothingWhenNothingWasStored() {
        assertNull(LearnerStateFormat.decode(i -> null, Samples.FINGERPRINT));
    }

    @Test
    void shouldRefuseAnotherShapeAndSayWhatToDo() {
        List<byte[]> chunks = LearnerStateFormat.encode(Samples.state(), 64);
        var e = assertThrows(StoredBytesException.class, () -> LearnerStateFormat.decode(i -> chunks.get(i), 5));
        assertTrue(e.getMessage().contains("1122334455667788"), e.getMessage());
        assertTrue(e.getMessage().contains("application.id"), e.getMessage());
    }

    @Test
    void shouldRefuseAnUnknownVersionAndSayWhatToDo() {
        List<byte[]> chunks = LearnerStateFormat.encode(Samples.state(), 1000);
        chunks.get(0)[0] = 2;
        var e = assertThrows(StoredBytesException.class, () -> decode(chunks));
        assertTrue(e.getMessage().contains("format version 2"), e.getMessage());
        assertTrue(e.getMessage().contains("release"), e.getMessage());
    }

    @Test
    void shouldRefuseWhenAnyByteIsFlipped() {
        List<byte[]> good = LearnerStateFormat.encode(Samples.state(), 64);
        for (int chunk = 0; chunk < good.size(); chunk++) {
            for (int at = 0; at < good.get(chunk).length; at++) {
                List<byte[]> bad = new ArrayList<>(good);
                byte[] flipped = good.get(chunk).clone();
                flipped[at] ^= 0x10;
                bad.set(chunk, flipped);
                assertThrows(StoredBytesException.class, () -> decode(bad));
            }
        }
    }

    @Test
    void shouldRefuseWhenAChunkIsCutOrMissing() {
        List<byte[]> good = LearnerStateFormat.encode(Samples.state(), 64);
        for (int length = 0; length < good.get(1).length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good.get(1), length);
            assertThrows(StoredBytesException.class, () -> decode(List.of(good.get(0), cut, good.get(2))));
        }
        assertThrows(StoredBytesException.class, () -> decode(good.subList(0, 2)));
    }

    @Test
    void shouldRefuseWhenChunksAreOfTwoVersions() {
        LearnerState s = Samples.state();
        ModelVersion version = new ModelVersion(s.version().epoch(), s.version().step() + 1);
        LearnerState next = LearnerState.of(
                s.modelKey(), s.fingerprint(), version, s.events() + 1, s.rejected(), s.weights(), s.statistics());
        List<byte[]> torn = new ArrayList<>(LearnerStateFormat.encode(s, 64));
        torn.set(1, LearnerStateFormat.encode(next, 64).get(1));
        assertTrue(assertThrows(StoredBytesException.class, () -> decode(torn))
                .getMessage()
                .contains("another version"));
    }

    static void assertSame(LearnerState expected, @Nullable LearnerState actual) {
        assertNotNull(actual);
        assertEquals(expected.modelKey(), actual.modelKey());
        assertEquals(expected.fingerprint(), actual.fingerprint());
        assertEquals(
                List.of(expected.version(), expected.events(), expected.rejected()),
                List.of(actual.version(), actual.events(), actual.rejected()));
        assertArrayEquals(expected.weights().toArray(), actual.weights().toArray());
        assertArrayEquals(expected.statistics().toArray(), actual.statistics().toArray());
    }

    private static @Nullable LearnerState decode(List<byte[]> chunks) {
        return LearnerStateFormat.decode(i -> i < chunks.size() ? chunks.get(i) : null, Samples.FINGERPRINT);
    }
}
