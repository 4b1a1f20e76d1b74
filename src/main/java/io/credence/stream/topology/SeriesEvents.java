package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.EventSection;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.SeriesReader;
import io.credence.stream.state.LateLabel;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.state.StoredBytesException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The records of the series topic, under the key of their series: an input record as it came and where it lay, or, with the
 * header {@value #LABEL}, a label that came later and has met its event.
 */
final class SeriesEvents {
    /** Tells labels from events. */
    static final String LABEL = "credence.label";

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

    /** Whether labels that come later are told in the series of their events. */
    static boolean takeLabels(CredenceConfig config) {
        return config.topics().series() != null
                && config.topics().labels() != null
                && PastPlan.of(config.model().features().specs()).asksLabels();
    }

    /** What a record of the series topic holds. */
    sealed interface InSeries {
        /** Its name. */
        String series();

        /**
         * An event.
         *
         * @param raw the record of the input
         */
        record Came(String series, RawRecord raw) implements InSeries {}

        /** A label whose event came before. */
        record Answered(String series, LateLabel label) implements InSeries {}
    }

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
            String series = new String(key, StandardCharsets.UTF_8);
            return Outcome.of(
                    record.headers().lastHeader(LABEL) == null
                            ? new InSeries.Came(series, RawRecordFormat.decode(value))
                            : new InSeries.Answered(series, LateLabel.decode(value)));
        } catch (StoredBytesException e) {
            return Outcome.reject(
                    Reason.UNDECODABLE,
                    "the record of the series topic holds no record of an input and no label: " + e.getMessage());
        }
    }

    static Record<byte[], byte[]> record(String series, LateLabel label) {
        return new Record<>(
                series.getBytes(StandardCharsets.UTF_8),
                label.encode(),
                label.time(),
                new RecordHeaders().add(LABEL, new byte[0]));
    }

    static Record<byte[], Object> record(String series, RawRecord raw) {
        return new Record<>(
                series.getBytes(StandardCharsets.UTF_8),
                RawRecordFormat.encode(raw),
                raw.record().timestamp(),
                new RecordHeaders());
    }
}
