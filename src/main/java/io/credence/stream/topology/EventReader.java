package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.inference.ModelSpec;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.EventSection;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.ObservationReader;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.TaskSerdes;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Raw records of an input topic to {@link Event}s. One thread. */
public final class EventReader {
    private static final double[] NOTHING = {};

    private final RecordDecoder decoder;
    private final ObservationReader reader;
    private final boolean told;

    /**
     * A reader of one input, whose producers may write headers as they like.
     *
     * @param rule what a label means there
     * @param serdes of the reader's task
     */
    public EventReader(CredenceConfig config, LabelRule rule, TaskSerdes serdes) {
        this(config, rule, serdes, false);
    }

    /** A reader of events that are stored, with the header that says what they were told of their past. */
    static EventReader ofStored(CredenceConfig config, LabelRule rule, TaskSerdes serdes) {
        return new EventReader(config, rule, serdes, config.topics().series() != null);
    }

    private EventReader(CredenceConfig config, LabelRule rule, TaskSerdes serdes, boolean told) {
        EventSection events = config.events();
        ModelSpec model = config.model();
        var fields = new ObservationReader.Fields(
                Objects.requireNonNullElse(events.label(), ""), events.modelKey(), events.eventId());
        this.decoder = serdes.decoder();
        this.told = told;
        this.reader = new ObservationReader(fields, model.features(), model.label(), rule);
    }

    /** Reads one record; whatever is wrong with it comes back as a rejection. */
    Outcome<Event> read(RawRecord raw) {
        var record = raw.record();
        return decoder.decode(raw.at().topic(), record.headers(), record.value())
                .flatMap(decoded -> read(raw, decoded, told ? RecalledHeader.read(record.headers()) : NOTHING));
    }

    /** Reads a decoded record again, with what it was told of its past. */
    Outcome<Event> read(RawRecord raw, GenericRecord decoded, double[] recalled) {
        return reader.read(decoded, raw.record().timestamp(), raw.at(), recalled)
                .map(observation -> new Event(raw, decoded, observation));
    }

    /** What is wrong with a record; empty if it can be used. */
    public Optional<Rejection> fault(RawRecord raw) {
        return read(raw).<Optional<Rejection>>fold(event -> Optional.empty(), Optional::of);
    }
}
