package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record of an input topic on its way over the events topic, which is partitioned by event id: its key, value, timestamp and
 * headers as they came, and headers that say where it came from, when it was and which event it is. The topic's own
 * timestamps are those of its broker, by which old events would not be deleted before they are read.
 *
 * @param value as it came
 * @param id of the event
 */
record Hop(byte @Nullable [] value, String id) {
    static final Serializer<Hop> SERIALIZER = (topic, hop) -> hop.value();

    /** The partition that Kafka's default would choose for the id. */
    static final StreamPartitioner<byte[], Hop> BY_ID = (topic, key, hop, partitions) ->
            Optional.of(Set.of(Utils.toPositive(Utils.murmur2(utf8(hop.id()))) % partitions));

    private static final String TOPIC = "credence.hop.topic";
    private static final String PARTITION = "credence.hop.partition";
    private static final String OFFSET = "credence.hop.offset";
    private static final String TIMESTAMP = "credence.hop.timestamp";
    private static final String ID = "credence.hop.id";
    private static final String LABELLED = "credence.hop.labelled";
    private static final List<String> OURS = List.of(TOPIC, PARTITION, OFFSET, TIMESTAMP, ID, LABELLED);

    /**
     * A record after the hop.
     *
     * @param raw as it came
     * @param id of the event
     * @param labelled whether it has a label
     */
    record Landed(RawRecord raw, String id, boolean labelled) {
        /** Tells events, and for each its question from its label: an id may be either's. */
        String identity() {
            return (labelled ? "L" : "Q") + id;
        }
    }

    /** The record of an event as it goes over the topic. */
    static Record<byte @Nullable [], Hop> of(Event event) {
        RawRecord raw = event.raw();
        Headers headers = new RecordHeaders(raw.record().headers());
        String id = event.observation().eventId();
        headers.add(TOPIC, utf8(raw.at().topic()))
                .add(PARTITION, utf8(Integer.toString(raw.at().partition())))
                .add(OFFSET, utf8(Long.toString(raw.at().offset())))
                .add(TIMESTAMP, utf8(Long.toString(raw.record().timestamp())))
                .add(ID, utf8(id))
                .add(LABELLED, utf8(Boolean.toString(event.observation().labelled())));
        var record = raw.record();
        return new Record<>(record.key(), new Hop(record.value(), id), record.timestamp(), headers);
    }

    /** The record as it came, of one that went over the topic. */
    static Outcome<Landed> landed(Record<byte @Nullable [], byte @Nullable []> record) {
        String topic = text(record.headers(), TOPIC);
        String partition = text(record.headers(), PARTITION);
        String offset = text(record.headers(), OFFSET);
        String timestamp = text(record.headers(), TIMESTAMP);
        String id = text(record.headers(), ID);
        String labelled = text(record.headers(), LABELLED);
        if (topic == null
                || partition == null
                || offset == null
                || timestamp == null
                || id == null
                || labelled == null) {
            return lost();
        }
        try {
            Origin at = new Origin(topic, Integer.parseInt(partition), Long.parseLong(offset));
            Headers headers = new RecordHeaders();
            Header[] all = record.headers().toArray();
            // A producer's own headers of these names come before ours and stay.
            for (int i = 0; i < all.length - OURS.size(); i++) {
                headers.add(all[i]);
            }
            var raw = new Record<>(record.key(), record.value(), Long.parseLong(timestamp), headers);
            return Outcome.of(new Landed(new RawRecord(raw, at), id, Boolean.parseBoolean(labelled)));
        } catch (IllegalArgumentException e) {
            return lost();
        }
    }

    private static Outcome<Landed> lost() {
        return Outcome.reject(
                Reason.MISSING_EVENT_ID,
                "the headers " + OURS + " do not say which event it is and where it came from");
    }

    private static @Nullable String text(Headers headers, String name) {
        Header last = headers.lastHeader(name);
        return last == null || last.value() == null ? null : new String(last.value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
