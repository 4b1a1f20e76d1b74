package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVersionTest {
    @Test
    void shouldReadItsOwnTextForm() {
        ModelVersion version = new ModelVersion(3, 1200);
        assertEquals("3/1200", version.toString());
        assertEquals(version, ModelVersion.parse("3/1200"));
    }

    @Test
    void shouldOrderByEpochFirst() {
        ModelVersion version = new ModelVersion(1, 9);
        assertTrue(new ModelVersion(2, 0).isAfter(version));
        assertTrue(new ModelVersion(1, 10).isAfter(version));
        assertFalse(new ModelVersion(0, 99).isAfter(version));
        assertFalse(version.isAfter(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3/", "/3", "-1/3", "3/4/5", " 3/4", "3/12345678901234567890"})
    void shouldRefuseWhenTheTextIsNoVersion(String text) {
        assertThrows(IllegalArgumentException.class, () -> ModelVersion.parse(text));
    }
}
