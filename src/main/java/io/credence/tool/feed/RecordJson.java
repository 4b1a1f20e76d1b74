package io.credence.tool.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.stream.topology.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as one line of JSON: where it lies, its key, and its value or why there is none. */
public final class RecordJson {
    private static final JsonMapper JSON = new JsonMapper();

    private RecordJson() {}

    /**
     * The object of a record. Numbers that JSON does not have are text.
     *
     * @param value decoded, or null for none
     */
    public static ObjectNode of(ConsumerRecord<byte[], byte[]> record, @Nullable GenericRecord value) {
        ObjectNode json = JSON.createObjectNode();
        json.put("topic", record.topic());
        json.put("partition", record.partition());
        json.put("offset", record.offset());
        json.put("time", Instant.ofEpochMilli(record.timestamp()).toString());
        json.put("key", record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
        if (value != null) {
            try {
                json.set("value", JSON.readTree(value.toString()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Avro's own text of a record is not JSON", e);
            }
        }
        return json;
    }

    /** The object of a dead letter: reason, detail and where it came from; of its value the length alone. */
    public static ObjectNode ofDeadLetter(ConsumerRecord<byte[], byte[]> letter) {
        ObjectNode json = of(letter, null);
        json.put("reason", RecordTable.header(letter, DeadLetter.REASON));
        json.put("detail", RecordTable.header(letter, DeadLetter.DETAIL));
        ObjectNode from = json.putObject("from");
        from.put("topic", RecordTable.header(letter, DeadLetter.TOPIC));
        from.put("partition", RecordTable.header(letter, DeadLetter.PARTITION));
        from.put("offset", RecordTable.header(letter, DeadLetter.OFFSET));
        from.put("timestamp", RecordTable.header(letter, DeadLetter.TIMESTAMP));
        json.put("bytes", letter.value() == null ? 0 : letter.value().length);
        return json;
    }

    /** The object of a record that cannot be read. */
    public static ObjectNode unreadable(ConsumerRecord<byte[], byte[]> record, String why) {
        return of(record, null).put("error", why);
    }
}
