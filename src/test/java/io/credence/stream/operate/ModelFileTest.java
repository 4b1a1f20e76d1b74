package io.credence.stream.operate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/model-file-v1.bin");

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheFileWhenItIsVersion1() throws IOException {
        byte[] bytes = ModelFile.encode(state());
        if (Boolean.getBoolean("credence.golden.write.model")) {
            Files.write(GOLDEN, bytes);
        }
        assertArrayEquals(Files.readAllBytes(GOLDEN), bytes);
        assertArrayEquals(bytes, ModelFile.encode(ModelFile.read(GOLDEN)));
        assertEquals(new ModelVersion(2, 345), ModelFile.read(GOLDEN).version());
    }

    @Test
    void shouldReadWhatWasWrittenAndLeaveNothingElse() throws IOException {
        Path file = directory.resolve("m.model");
        ModelFile.write(file, state());
        ModelFile.write(file, state());
        assertArrayEquals(ModelFile.encode(state()), ModelFile.encode(ModelFile.read(file)));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void shouldRefuseEveryFileThatDiffersInAByteOrIsCut() {
        byte[] good = ModelFile.encode(state());
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThrows(ModelException.class, () -> ModelFile.decode(bad, "f"), "byte " + i);
        }
        for (int length : new int[] {0, 3, 69, 70, good.length - 1}) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            assertThrows(ModelException.class, () -> ModelFile.decode(cut, "f"), "length " + length);
        }
    }

    @Test
    void shouldSayWhatToDoWhenTheVersionIsUnknown() {
        byte[] newer = ModelFile.encode(state());
        newer[4] = 2;
        ModelException e = assertThrows(ModelException.class, () -> ModelFile.decode(newer, "m.model"));
        assertTrue(e.getMessage().startsWith("m.model has version 2"), e.getMessage());
        assertTrue(e.getMessage().contains("or a newer one"), e.getMessage());
    }

    @Test
    void shouldNameTheFileWhenItIsNotThere() {
        ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(directory.resolve("no")));
        assertTrue(e.getMessage().contains("no"), e.getMessage());
    }

    private static LearnerState state() {
        return new LearnerState(
                "Köln",
                0x1122334455667788L,
                new ModelVersion(2, 345),
                6789,
                1,
                new float[] {0.25f, -1, 1},
                new float[] {-2, -3, -4.5f},
                new float[] {0.5f, -1.25f, Float.MIN_VALUE},
                new float[] {-3, -4, -5.5f},
                new float[] {1e-8f, 2, 3, 4, 5, 6},
                new double[] {0.75, 1.5},
                new double[] {},
                new double[] {0.1, 1e300},
                new double[] {1, 2, 3});
    }
}
