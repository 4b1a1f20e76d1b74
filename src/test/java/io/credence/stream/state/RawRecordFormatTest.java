package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.credence.stream.wire.Origin;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RawRecordFormatTest {
    private final byte[] good = RawRecordFormat.encode(Samples.pending());

    @Test
    void shouldReadBackWhatWasWritten() {
        assertSame(Samples.pending(), RawRecordFormat.decode(good));
    }

    @Test
    void shouldReadBackWhenKeyAndValueAreNull() {
        RawRecord bare = new RawRecord(new Record<>(null, null, 0), new Origin("t", 0, 0));
        assertSame(bare, RawRecordFormat.decode(RawRecordFormat.encode(bare)));
    }

    @Test
    void shouldRefuseWhenAnyByteIsFlippedOrMissing() {
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            byte[] cut = Arrays.copyOf(good, at);
            assertThrows(StoredBytesException.class, () -> RawRecordFormat.decode(flipped));
            assertThrows(StoredBytesException.class, () -> RawRecordFormat.decode(cut));
        }
    }

    static void assertSame(RawRecord expected, RawRecord actual) {
        assertEquals(expected.at(), actual.at());
        assertArrayEquals(expected.record().key(), actual.record().key());
        assertArrayEquals(expected.record().value(), actual.record().value());
        assertEquals(expected.record().timestamp(), actual.record().timestamp());
        assertEquals(expected.record().headers(), actual.record().headers());
    }
}
