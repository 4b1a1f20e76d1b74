package io.credence.stream.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The body of a request as JSON: strict, of bounded size and depth, and within a time. */
final class Body {
    private static final int DEPTH = 20;
    private static final int NUMBER = 100;
    private static final int BLOCK = 8192;

    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(NUMBER)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Body() {}

    /**
     * Reads it.
     *
     * @param most bytes
     * @param patience most milliseconds
     * @throws Problem.Thrown if it is too large, too slow, not called JSON or none
     */
    static JsonNode read(Context request, int most, long patience) {
        return parse(bytes(request, most, patience));
    }

    /** The bytes of a body that {@link #parse} may make much more of. */
    static byte[] bytes(Context request, int most, long patience) {
        String type = request.contentType();
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).matches("application/json(\\s*;.*)?")) {
            throw Problem.of(415, "media-type", "The body must be of type application/json.")
                    .thrown();
        }
        try {
            return received(request, most, patience);
        } catch (TimeoutException e) {
            throw Problem.of(408).thrown();
        } catch (IOException e) {
            // The server below ends the wait for a silent client in its own way.
            throw Problem.of(e.getCause() instanceof TimeoutException ? 408 : 400)
                    .thrown();
        }
    }

    /** @throws Problem.Thrown if they are no JSON object */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode read = JSON.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "malformed", "The body is no JSON object" + place(e.getLocation()) + ".")
                    .thrown();
        } catch (IOException e) {
            throw Problem.of(400).thrown();
        }
        throw Problem.of(400, "malformed", "The body is no JSON object.").thrown();
    }

    /** The fault's own message shows what was sent. */
    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : ": there is a fault in line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static byte[] received(Context request, int most, long patience) throws IOException, TimeoutException {
        if (request.req().getContentLengthLong() > most) {
            throw Problem.of(413).thrown();
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        InputStream in = request.req().getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            all.write(block, 0, n);
            if (all.size() > most) {
                throw Problem.of(413).thrown();
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException();
            }
        }
        return all.toByteArray();
    }
}
