package io.credence.stream.http;

import io.credence.stream.config.HttpSection;
import io.javalin.config.JettyConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.config.types.Password;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What the server below the API may take: connections, threads, bytes and time. */
final class Limits {
    /** Threads beside those that requests may hold: acceptor, selector and a few to spare. */
    private static final int SPARE = 8;

    private static final int HEADER_BYTES = 8 * 1024;

    /** A model key may have slashes, percent signs and semicolons. Ours are no paths of files: nothing is climbed. */
    private static final UriCompliance ANY_KEY = UriCompliance.RFC3986.with(
            "any key",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER);

    /** Below it a body is cut off: a client that drips bytes holds a thread. */
    private static final int LEAST_BYTES_S = 256;

    /** When all connections are taken, silent ones make place sooner. */
    private static final long CROWDED_IDLE_MS = 1_000;

    private Limits() {}

    static void set(JettyConfig jetty, HttpSection http) {
        QueuedThreadPool threads = new QueuedThreadPool(http.connections() + SPARE, 2, http.idleMs());
        threads.setName("credence-http");
        threads.setDaemon(true);
        jetty.threadPool = threads;
        jetty.modifyServer(server -> {
            ConnectionLimit limit = new ConnectionLimit(http.connections(), server);
            limit.setIdleTimeout(Math.min(CROWDED_IDLE_MS, http.idleMs()));
            server.addBean(limit);
            server.setErrorHandler(new Errors());
            server.setStopTimeout(0);
        });
        jetty.addConnector((server, settings) -> connector(server, settings, http));
    }

    private static ServerConnector connector(Server server, HttpConfiguration settings, HttpSection http) {
        settings.setSendServerVersion(false);
        settings.setSendXPoweredBy(false);
        settings.setRequestHeaderSize(HEADER_BYTES);
        settings.setMinRequestDataRate(LEAST_BYTES_S);
        settings.setUriCompliance(ANY_KEY);
        if (http.keystore() != null) {
            // Addresses are names here too: what the request calls us is checked by the gate.
            settings.addCustomizer(new SecureRequestCustomizer(false));
        }
        HttpConnectionFactory plain = new HttpConnectionFactory(settings);
        ServerConnector connector = http.keystore() == null
                ? new ServerConnector(server, 1, 1, plain)
                : new ServerConnector(server, 1, 1, AbstractConnectionFactory.getFactories(tls(http), plain));
        connector.setHost(http.host());
        connector.setPort(Objects.requireNonNullElse(http.port(), 0));
        connector.setIdleTimeout(http.idleMs());
        return connector;
    }

    private static SslContextFactory.Server tls(HttpSection http) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePath(http.keystore());
        Password password = http.keystorePassword();
        tls.setKeyStorePassword(password == null ? null : password.value());
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return tls;
    }

    /** What never reaches a route is a problem of the same shape, and says nothing of what was sent. */
    private static final class Errors extends ErrorHandler {
        @Override
        public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            base.setHandled(true);
            response.setContentType(Problem.TYPE);
            response.getOutputStream().write(json(response.getStatus()));
        }

        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
            fields.put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
            return ByteBuffer.wrap(json(status));
        }

        private static byte[] json(int status) {
            return Problem.of(status).json().toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
