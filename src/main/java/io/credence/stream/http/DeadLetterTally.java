package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.topology.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Dead letters by reason, and where the last few came from; nothing of what they hold. How many came before the first that was
 * counted, its offset bounds. For several threads.
 */
final class DeadLetterTally {
    /** Bytes of a header that are shown. */
    private static final int LONGEST = 300;

    private static final int SHOWN = 10;
    private static final String OTHER = "OTHER";

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Deque<ObjectNode> latest = new ArrayDeque<>();
    private final Map<Integer, Long> first = new HashMap<>();
    private long total;

    /** Takes one record of the dead-letter topic. */
    synchronized void take(ConsumerRecord<byte[], byte[]> letter) {
        String reason = reason(header(letter, DeadLetter.REASON));
        first.putIfAbsent(letter.partition(), letter.offset());
        total++;
        reasons.merge(reason, 1L, Long::sum);
        latest.addFirst(JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason)
                .put("topic", header(letter, DeadLetter.TOPIC))
                .put("partition", header(letter, DeadLetter.PARTITION))
                .put("offset", header(letter, DeadLetter.OFFSET))
                .put("timestamp", letter.timestamp()));
        while (latest.size() > SHOWN) {
            latest.removeLast();
        }
    }

    synchronized ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("total", total);
        json.put("earlier", first.values().stream().mapToLong(Long::longValue).sum());
        ObjectNode counts = json.putObject("reasons");
        reasons.forEach(counts::put);
        ArrayNode array = json.putArray("latest");
        latest.forEach(array::add);
        return json;
    }

    /** Anybody may write to the topic: what is no reason of ours does not get a count of its own. */
    private static String reason(String name) {
        try {
            return Reason.valueOf(name).name();
        } catch (IllegalArgumentException e) {
            return OTHER;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), 0, Math.min(LONGEST, header.value().length), StandardCharsets.UTF_8);
    }
}
