package io.credence.stream.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Tells apart why the registry did not give what was asked.
 *
 * <table>
 * <caption>Failures and what becomes of them</caption>
 * <tr><td>no connection, time-out, 408, 429, 5xx</td><td>{@link RegistryUnavailableException}: the record waits</td></tr>
 * <tr><td>401, 403</td><td>authentication or authorization exception: the service stops</td></tr>
 * <tr><td>404 with the registry's own code, no Avro</td><td>{@link UnknownSchemaException}: the record is at fault</td></tr>
 * <tr><td>any other 404</td><td>{@link ConfigException}: something else answers at that address</td></tr>
 * <tr><td>409, 422 and the like while writing</td><td>{@link SchemaRefusedException}: the record cannot be written</td></tr>
 * </table>
 */
final class RegistryFault {
    /** What was asked for. */
    enum Request {
        READ,
        WRITE
    }

    private static final String TLS = "schema.registry.ssl.";
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private RegistryFault() {}

    /** The registry answered with an error. */
    static RuntimeException answered(
            RegistrySettings settings, Request request, String what, int status, int code, Exception cause) {
        String text = "schema registry " + settings.urls() + ", " + what + ": ";
        String answer = "it answered " + status + ", " + cause.getMessage();
        if (status >= 500 || status == 429 || status == 408) {
            return new RegistryUnavailableException(text + answer, cause);
        }
        if (status == 401) {
            return new AuthenticationException(
                    text + "it does not accept our credentials (401); check basic.auth.* or bearer.auth.*", cause);
        }
        if (status == 403) {
            return new AuthorizationException(text + "our credentials do not permit this request (403)", cause);
        }
        boolean notFound = code == SCHEMA_NOT_FOUND || code == SUBJECT_NOT_FOUND || code == VERSION_NOT_FOUND;
        if (status == 404 && !notFound) {
            return new ConfigException(
                    RegistrySettings.URL,
                    settings.urls(),
                    "no schema registry answers at this address (404), is its path right?");
        }
        if (request == Request.READ) {
            return new UnknownSchemaException(text + (notFound ? "not registered" : answer), cause);
        }
        return new SchemaRefusedException(
                text + (notFound && !settings.autoRegister() ? "the schema is not registered" : answer), cause);
    }

    /** No answer, or one that is no schema. */
    static RuntimeException failed(RegistrySettings settings, Request request, String what, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        // The client's words for a schema of another kind, such as Protobuf, or one that it cannot parse.
        if (cause.getClass() == IOException.class && message.startsWith("Invalid schema")) {
            return unusable(settings, request, what, cause);
        }
        return new RegistryUnavailableException(
                "schema registry " + settings.urls() + " cannot be reached for " + what + ": "
                        + cause.getClass().getSimpleName() + ", " + message + hint(settings, cause),
                cause);
    }

    /** Which settings decide it, where that can be told. */
    private static String hint(RegistrySettings settings, IOException cause) {
        if (cause instanceof SSLException) {
            return "; check " + TLS + "truststore.*, which says whose certificates we trust, and " + TLS
                    + "keystore.*, which has ours";
        }
        // A server that misses our certificate may just hang up.
        boolean anonymous = settings.urls().stream().anyMatch(url -> url.startsWith("https:"))
                && !settings.client().containsKey(TLS + "keystore.location");
        boolean away = cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof InterruptedIOException;
        return anonymous && !away ? "; it may want a certificate of ours, which " + TLS + "keystore.* would name" : "";
    }

    /** The registry's answer, or our own schema, is not usable as Avro. */
    static RuntimeException unusable(RegistrySettings settings, Request request, String what, Throwable cause) {
        String text = "schema registry " + settings.urls() + ", " + what + ": no usable Avro schema: " + brief(cause);
        return request == Request.READ
                ? new UnknownSchemaException(text, cause)
                : new SchemaRefusedException(text, cause);
    }

    private static String brief(Throwable cause) {
        String text = String.valueOf(cause);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
