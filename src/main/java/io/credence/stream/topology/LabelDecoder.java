package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelReader;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.TaskSerdes;
import java.util.Optional;

/** Raw records of the labels topic to labels. One thread. */
public final class LabelDecoder {
    private final RecordDecoder decoder;
    private final LabelReader reader;

    /** @param serdes of the reader's task */
    public LabelDecoder(CredenceConfig config, TaskSerdes serdes) {
        this.decoder = serdes.decoder();
        this.reader = new LabelReader(config.labels(), config.model().label());
    }

    /** Reads one record; whatever is wrong with it comes back as a rejection. */
    Outcome<Arrived> read(RawRecord raw) {
        var record = raw.record();
        return decoder.decode(raw.at().topic(), record.headers(), record.value())
                .flatMap(decoded -> reader.read(raw, decoded));
    }

    /** What is wrong with a record; empty if it can be used. */
    public Optional<Rejection> fault(RawRecord raw) {
        return read(raw).<Optional<Rejection>>fold(label -> Optional.empty(), Optional::of);
    }
}
