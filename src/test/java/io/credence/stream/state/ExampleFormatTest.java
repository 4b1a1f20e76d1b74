package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExampleFormatTest {
    private final byte[] good = ExampleFormat.encode(Samples.example(), Samples.FINGERPRINT);

    @Test
    void shouldReadBackWhatWasWritten() {
        assertEquals(Samples.example(), ExampleFormat.decode(good, "Köln", Samples.FINGERPRINT));
    }

    @Test
    void shouldRefuseWhenTheShapeDiffers() {
        assertThrows(StoredBytesException.class, () -> ExampleFormat.decode(good, "Köln", 1));
    }

    @Test
    void shouldRefuseWhenAnyByteIsFlippedOrMissing() {
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            byte[] cut = Arrays.copyOf(good, at);
            assertThrows(StoredBytesException.class, () -> ExampleFormat.decode(flipped, "Köln", Samples.FINGERPRINT));
            assertThrows(StoredBytesException.class, () -> ExampleFormat.decode(cut, "Köln", Samples.FINGERPRINT));
        }
    }
}
