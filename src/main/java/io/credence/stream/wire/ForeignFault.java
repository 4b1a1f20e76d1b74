package io.credence.stream.wire;

import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/** Judges what the serde of a user threw: the record's fault, or that of the moment or of the configuration. */
final class ForeignFault {
    /** How Confluent's client ends the message of every answer that is an error. */
    private static final Pattern CODE = Pattern.compile("; error code: (\\d{3})(\\d{2})?\\s*$");

    private ForeignFault() {}

    /**
     * The rejection of a record that the serde could not handle.
     *
     * @throws RuntimeException what was thrown, if the record is not at fault; a failed connection becomes a
     *     {@link RegistryUnavailableException}
     */
    static Rejection judge(Reason reason, Throwable thrown) {
        Reason found = reason;
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
            if (t instanceof RetriableException
                    || t instanceof AuthenticationException
                    || t instanceof AuthorizationException
                    || t instanceof ConfigException
                    || t instanceof InterruptException) {
                throw (RuntimeException) t;
            }
            if (t instanceof SocketException
                    || t instanceof InterruptedIOException
                    || t instanceof UnknownHostException
                    || t instanceof SSLException) {
                throw new RegistryUnavailableException("the value serde cannot reach its registry: " + t, t);
            }
            if (t.getClass().getSimpleName().equals("RestClientException")) {
                found = answered(found, t);
            }
        }
        return new Rejection(found, brief(thrown));
    }

    private static Reason answered(Reason reason, Throwable answer) {
        Matcher m = CODE.matcher(String.valueOf(answer.getMessage()));
        if (!m.find()) {
            return reason;
        }
        int status = Integer.parseInt(m.group(1));
        if (status >= 500 || status == 429 || status == 408) {
            throw new RegistryUnavailableException("the value serde's registry failed: " + answer.getMessage(), answer);
        }
        if (status == 401 || status == 403) {
            throw new AuthenticationException(
                    "the value serde's registry refuses our credentials: " + answer.getMessage(), answer);
        }
        return status == 404 && m.group(2) != null && reason == Reason.UNDECODABLE ? Reason.UNKNOWN_SCHEMA : reason;
    }

    /** The messages of the whole chain, bounded. */
    private static String brief(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 5; t = t.getCause(), depth++) {
            text.append(depth == 0 ? "" : ": ").append(t.getClass().getSimpleName());
            if (t.getMessage() != null) {
                text.append(" ").append(t.getMessage());
            }
        }
        return text.length() > 400 ? text.substring(0, 400) + "…" : text.toString();
    }
}
