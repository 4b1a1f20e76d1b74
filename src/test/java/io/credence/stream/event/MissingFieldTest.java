package io.credence.stream.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.stream.event.ObservationReader.Fields;
import io.credence.stream.wire.Origin;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A configured field that no schema has is told of, once for each schema. */
class MissingFieldTest {
    private static final Schema READING = SchemaBuilder.record("Reading")
            .fields()
            .requiredDouble("temp")
            .optionalDouble("kWh")
            .endRecord();

    private final Logger logger = (Logger) LoggerFactory.getLogger(ObservationReader.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.WARN);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(before);
    }

    @Test
    void shouldTellOnceWhenTheSchemaLacksTheLabel() {
        read(new Fields("kwh", null, null), "temp", LabelRule.OPTIONAL);

        assertEquals(
                List.of(
                        "Schema Reading has no field 'kwh': its records have no label, none is learned and each is scored;"
                                + " did you mean 'kWh'?"),
                lines());
    }

    @Test
    void shouldTellOfEachFieldWhenTheSchemaLacksSeveral() {
        read(new Fields("kWh", "plant", "id"), "temp,hum", LabelRule.OPTIONAL);

        assertEquals(
                List.of(
                        "Schema Reading has no field 'hum': its records are dead letters",
                        "Schema Reading has no field 'plant': its records have no model and are dead letters",
                        "Schema Reading has no field 'id': its records are identified by topic, partition and offset"),
                lines());
    }

    @Test
    void shouldSayNothingWhenTheLabelIsNotRead() {
        read(new Fields("kwh", null, null), "temp", LabelRule.IGNORED);

        assertEquals(List.of(), lines());
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static void read(Fields fields, String features, LabelRule rule) {
        ObservationReader reader = new ObservationReader(
                fields,
                new FeatureEncoder(FeatureSpec.parseList(features), UnseenCategory.ZERO),
                new LabelEncoder(Task.REGRESSION, List.of()),
                rule);
        for (int i = 0; i < 3; i++) {
            GenericRecord reading = new GenericData.Record(READING);
            reading.put("temp", 1.5);
            reader.read(reading, 0, new Origin("readings", 0, i));
        }
    }
}
