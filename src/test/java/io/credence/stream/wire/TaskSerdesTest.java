package io.credence.stream.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.credence.stream.avro.Alert;
import io.credence.stream.avro.TrainingRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class TaskSerdesTest {
    private final Map<String, Object> settings = new HashMap<>(CountedClients.settings());

    /** A user's serde, whose closings are counted, and which fails then if it is told to. */
    public static final class Plugged implements Serde<GenericRecord> {
        private static int made;
        private static int closed;

        private boolean fails;

        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            made++;
            fails = settings.containsKey("fails");
        }

        @Override
        public Serializer<GenericRecord> serializer() {
            return (topic, record) -> new byte[0];
        }

        @Override
        public Deserializer<GenericRecord> deserializer() {
            return (topic, bytes) -> null;
        }

        @Override
        public void close() {
            closed++;
            if (fails) {
                throw new IllegalStateException("it does not close");
            }
        }
    }

    @Test
    void shouldUseOneClientWhenEverythingIsAskedOfIt() {
        try (TaskSerdes serdes = TaskSerdes.of(settings)) {
            serdes.own(Alert.class).close();
            serdes.own(TrainingRecord.class).close();
            serdes.decoder();
            serdes.encoder();
            assertEquals(1, CountedClients.opened(settings));
            assertEquals(1, CountedClients.open(settings), "a serde that shares a client does not close it");
        }
        assertEquals(0, CountedClients.open(settings));
    }

    @Test
    void shouldUseOneClientWhenOurOwnSerdeIsNamed() {
        settings.put("credence.value.serde", ConfluentAvroSerde.class.getName());
        try (TaskSerdes serdes = TaskSerdes.of(settings)) {
            serdes.decoder();
            assertEquals(1, CountedClients.opened(settings));
        }
        assertEquals(0, CountedClients.open(settings));
    }

    @Test
    void shouldCloseTheClientOfAConfiguredSerdeWhenItIsClosed() {
        ConfluentAvroSerde serde = new ConfluentAvroSerde();
        serde.configure(settings, false);
        CredenceSerde<Alert> own = CredenceSerde.of(Alert.class, settings);
        assertEquals(2, CountedClients.open(settings));
        serde.close();
        own.close();
        assertEquals(0, CountedClients.open(settings));
    }

    @Test
    void shouldCloseAPluggedInSerdeOnceEvenWhenClosedTwice() {
        settings.put("credence.value.serde", Plugged.class);
        int made = Plugged.made;
        int closed = Plugged.closed;
        TaskSerdes serdes = TaskSerdes.of(settings);
        serdes.own(Alert.class);
        assertEquals(made, Plugged.made, "not needed yet");
        serdes.decoder();
        serdes.encoder();
        assertEquals(made + 1, Plugged.made);
        serdes.close();
        serdes.close();
        assertEquals(closed + 1, Plugged.closed);
        assertEquals(0, CountedClients.open(settings));
    }

    @Test
    void shouldCloseTheClientWhenAPluggedInSerdeDoesNotClose() {
        settings.put("credence.value.serde", Plugged.class);
        settings.put("fails", "yes");
        TaskSerdes serdes = TaskSerdes.of(settings);
        serdes.decoder();
        assertThrows(IllegalStateException.class, serdes::close);
        assertEquals(0, CountedClients.open(settings));
    }
}
