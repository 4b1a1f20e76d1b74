package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    @ParameterizedTest
    @CsvSource({"0, 4, 1", "1, 4, 1", "4, 4, 1", "5, 4, 2", "9, 1, 9", "9, 100, 1"})
    void shouldGiveTheWholeBackWhateverItsLength(int length, int most, int count) {
        byte[] whole = new byte[length];
        IntStream.range(0, length).forEach(i -> whole[i] = (byte) (i + 1));
        Pieces cut = Pieces.cut(whole, most);
        assertEquals(count, cut.count());
        List<ByteBuffer> pieces = IntStream.range(0, count).mapToObj(cut::get).toList();
        assertTrue(pieces.stream().allMatch(piece -> piece.remaining() <= most));
        Pieces glued = Pieces.glue(pieces);
        assertArrayEquals(whole, glued.whole());
        assertEquals(cut.checksum(), glued.checksum());
    }

    @Test
    void shouldHaveTheChecksumOfTheStandard() {
        Pieces check = Pieces.cut("123456789".getBytes(StandardCharsets.US_ASCII), 2);
        assertEquals(0xE3069283L, check.checksum());
    }

    @Test
    void shouldTellNumbersThatCannotBe() {
        assertTrue(Pieces.counted(0, 1));
        assertTrue(Pieces.counted(2, 3));
        assertFalse(Pieces.counted(3, 3));
        assertFalse(Pieces.counted(-1, 3));
        assertFalse(Pieces.counted(0, 0));
        assertFalse(Pieces.counted(0, Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> Pieces.cut(new byte[1], 0));
    }
}
