package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.FeedbackReader;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.TaskSerdes;
import java.util.Optional;

/** Raw records of the feedback topic to what they say. One thread. */
public final class FeedbackDecoder {
    private final RecordDecoder decoder;
    private final FeedbackReader reader;

    /** @param serdes of the reader's task */
    public FeedbackDecoder(CredenceConfig config, TaskSerdes serdes) {
        this.decoder = serdes.decoder();
        this.reader = new FeedbackReader(config.events().modelKey() != null);
    }

    /** Reads one record; whatever is wrong with it comes back as a rejection. */
    Outcome<FeedbackReader.Said> read(RawRecord raw) {
        var record = raw.record();
        return decoder.decode(raw.at().topic(), record.headers(), record.value())
                .flatMap(reader::read);
    }

    /** What is wrong with a record; empty if it can be used as far as it says itself. */
    public Optional<Rejection> fault(RawRecord raw) {
        return read(raw).<Optional<Rejection>>fold(said -> Optional.empty(), Optional::of);
    }
}
