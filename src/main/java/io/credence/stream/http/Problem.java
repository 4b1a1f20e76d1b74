package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request, as problem details (RFC 9457): the same members whatever it is, and nothing of what was
 * sent.
 *
 * @param status of HTTP
 * @param kind the last word of the type, stable across releases
 * @param detail one sentence
 * @param faults what is wrong with single events
 */
record Problem(int status, String kind, String detail, List<Fault> faults) {
    static final String TYPE = "application/problem+json";
    private static final String URN = "urn:credence:problem:";

    /**
     * An event that cannot be predicted.
     *
     * @param event its index, from 0
     * @param reason that its dead letter would have
     * @param field the field that is at fault, or null
     */
    record Fault(int event, String reason, @Nullable String field) {}

    /** Ends the handling of a request. It has no stack: it is no surprise. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        private Thrown(Problem problem) {
            super(problem.detail, null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }

    static Problem of(int status, String kind, String detail) {
        return new Problem(status, kind, detail, List.of());
    }

    /** The problem of a status that somebody else chose. */
    static Problem of(int status) {
        return switch (status) {
            case 400 -> of(status, "malformed", "The request is no HTTP that can be understood.");
            case 404 -> of(status, "not-found", "There is nothing at this path.");
            case 405 -> of(status, "method", "This path does not take this method.");
            case 408 -> of(status, "slow", "The request did not arrive in time.");
            case 413 -> of(status, "too-large", "The request's body is too large.");
            case 414 -> of(status, "too-large", "The request's address is too long.");
            case 431 -> of(status, "too-large", "The request's headers are too large.");
            default ->
                status < 500
                        ? of(status, "refused", "The request is refused.")
                        : of(status, "internal", "The request could not be answered; the log says why.");
        };
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", URN + kind);
        json.put("title", kind.replace('-', ' '));
        json.put("status", status);
        json.put("detail", detail);
        ArrayNode errors = json.putArray("errors");
        for (Fault fault : faults) {
            errors.addObject()
                    .put("event", fault.event)
                    .put("reason", fault.reason)
                    .put("field", fault.field);
        }
        return json;
    }
}
