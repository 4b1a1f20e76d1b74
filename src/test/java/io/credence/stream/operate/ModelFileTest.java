package io.credence.stream.operate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.inference.Shape;
import io.credence.bayes.inference.SpecBuilder;
import io.credence.bayes.predict.ModelVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/model-file-v1.bin");

    /** Of about the size of the state here. */
    private static final Shape SHAPE =
            SpecBuilder.of(LikelihoodKind.GAUSSIAN, 1).build().shape();

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheFileWhenItIsVersion1() throws IOException {
        byte[] bytes = ModelFile.encode(state());
        if (Boolean.getBoolean("credence.golden.write.model")) {
            Files.write(GOLDEN, bytes);
        }
        assertArrayEquals(Files.readAllBytes(GOLDEN), bytes);
        assertArrayEquals(bytes, ModelFile.encode(ModelFile.read(GOLDEN, SHAPE)));
        assertEquals(new ModelVersion(2, 345), ModelFile.read(GOLDEN, SHAPE).version());
    }

    @Test
    void shouldReadWhatWasWrittenAndLeaveNothingElse() throws IOException {
        Path file = directory.resolve("m.model");
        ModelFile.write(file, state());
        ModelFile.write(file, state());
        assertArrayEquals(ModelFile.encode(state()), ModelFile.encode(ModelFile.read(file, SHAPE)));
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
            byte[] cut = Arrays.copyOf(good, length);
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
        ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(directory.resolve("no"), SHAPE));
        assertTrue(e.getMessage().contains("no"), e.getMessage());
    }

    @Test
    void shouldRefuseAFileBySizeWhenItIsLargerThanAnyExport() throws IOException {
        Path huge = directory.resolve("huge.model");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.write("CRDN".getBytes(StandardCharsets.US_ASCII));
            // A file with a hole: it has a size, and takes no room.
            file.setLength(3L << 30);
        }

        ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(huge, SHAPE));

        assertTrue(e.getMessage().contains("has 3221225472 bytes"), e.getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseWithoutReadingOnWhenTheFileHasNoEnd() {
        ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(Path.of("/dev/zero"), SHAPE));

        assertEquals("/dev/zero is no exported model", e.getMessage());
    }

    @Test
    void shouldRefuseADirectory() {
        ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(directory, SHAPE));

        assertTrue(e.getMessage().endsWith("is a directory, no exported model"), e.getMessage());
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
                new float[] {0.125f, -0.5f, 2},
                new float[] {-1, -2, -3},
                new float[] {0.5f},
                new float[] {0.25f, 3},
                new double[] {0.75, 1.5},
                new double[] {},
                new double[] {0.1, 1e300},
                new double[] {1, 2, 3},
                new double[] {4, 5},
                new double[] {6},
                new double[] {7, Double.NaN},
                new double[] {8, 9, 10},
                new double[] {0, Double.NaN});
    }
}
