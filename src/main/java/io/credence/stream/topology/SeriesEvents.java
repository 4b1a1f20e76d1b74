package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.EventSection;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.SeriesReader;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.state.StoredBytesException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The records of the series topic: an input record as it came and where it lay, under the key of its series. */
final class SeriesEvents {
    private SeriesEvents() {}

    /** Who finds the series of an event. */
    static SeriesReader reader(CredenceConfig config) {
        EventSection events = config.events();
        return new SeriesReader(
                events.seriesKey() == null ? events.modelKey() : events.seriesKey(),
                PastPlan.of(config.model().features().specs()));
    }

    /** What a label means in the input that a record came from. */
    static LabelRule rule(CredenceConfig config, RawRecord raw) {
        if (config.topics().shared()) {
            return LabelRule.OPTIONAL;
        }
        return raw.at().topic().equals(config.topics().labelled()) ? LabelRule.REQUIRED : LabelRule.IGNORED;
    }

    /**
     * A record of the series topic.
     *
     * @param series its name
     * @param raw the record of the input
     */
    record InSeries(String series, RawRecord raw) {}

    /** What a record of the series topic holds; or that it is none of ours. */
    static Outcome<InSeries> of(Record<byte @Nullable [], byte @Nullable []> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || value == null) {
            return Outcome.reject(
                    value == null ? Reason.NULL_VALUE : Reason.NULL_SERIES_KEY,
                    "a record of the series topic without " + (value == null ? "value" : "key") + " is none of ours");
        }
        try {
            return Outcome.of(new InSeries(new String(key, StandardCharsets.UTF_8), RawRecordFormat.decode(value)));
        } catch (StoredBytesException e) {
            return Outcome.reject(
                    Reason.UNDECODABLE,
                    "the record of the series topic holds no record of an input: " + e.getMessage());
        }
    }

    static Record<byte[], Object> record(String series, RawRecord raw) {
        return new Record<>(
                series.getBytes(StandardCharsets.UTF_8),
                RawRecordFormat.encode(raw),
                raw.record().timestamp(),
                new RecordHeaders());
    }
}
