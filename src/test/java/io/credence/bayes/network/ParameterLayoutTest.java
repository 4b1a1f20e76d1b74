package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
    @Test
    void shouldPutLayersEndToEndWhenThereAreSeveral() {
        ParameterLayout layout = new ParameterLayout(3, List.of(5, 4), 2);
        assertEquals(
                List.of(new Layer(3, 5, 0, 15), new Layer(5, 4, 20, 40), new Layer(4, 2, 44, 52)), layout.layers());
        assertEquals(54, layout.size());
        assertEquals(3, layout.inputs());
        assertEquals(2, layout.outputs());
        assertEquals(5, layout.widest());
    }

    @Test
    void shouldBeOneLayerWhenNothingIsHidden() {
        ParameterLayout layout = new ParameterLayout(7, List.of(), 1);
        assertEquals(List.of(new Layer(7, 1, 0, 7)), layout.layers());
        assertEquals(7, layout.widest());
    }

    @Test
    void shouldRefuseWhenALayerIsEmpty() {
        assertThrows(IllegalArgumentException.class, () -> new ParameterLayout(0, List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> new ParameterLayout(3, List.of(4, 0), 1));
        assertThrows(IllegalArgumentException.class, () -> new ParameterLayout(3, List.of(), 0));
    }

    @Test
    void shouldRefuseWhenTheNetworkExceedsAnArray() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new ParameterLayout(100_000, List.of(100_000), 1));
        assertTrue(e.getMessage().contains("too large"), e.getMessage());
    }
}
