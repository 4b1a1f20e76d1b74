package io.credence.stream.event;

import java.nio.ByteBuffer;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The header in which a record carries what it was told of its past, to the scorer and on to the scored topic: the numbers
 * of the functions of the past in the order of the feature list, 8 bytes each, big-endian; NaN where there is none.
 */
public final class RecalledHeader {
    /** Its name. */
    public static final String NAME = "credence.past";

    private RecalledHeader() {}

    /** Replaces what a record carries. */
    public static void write(Headers headers, double[] recalled) {
        ByteBuffer bytes = ByteBuffer.allocate(recalled.length * Double.BYTES);
        DoubleStream.of(recalled).forEach(bytes::putDouble);
        headers.remove(NAME).add(NAME, bytes.array());
    }

    /** What a record carries; nothing if it has no such header. */
    public static double[] read(Headers headers) {
        Header header = headers.lastHeader(NAME);
        if (header == null || header.value() == null) {
            return new double[0];
        }
        double[] recalled = new double[header.value().length / Double.BYTES];
        ByteBuffer.wrap(header.value()).asDoubleBuffer().get(recalled);
        return recalled;
    }
}
