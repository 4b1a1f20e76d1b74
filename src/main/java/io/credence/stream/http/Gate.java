package io.credence.stream.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.credence.stream.config.HttpSection;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: requests that name this server, come from no page of another site, are not too many, and show the token
 * where one is needed. For several threads.
 *
 * <p>A page of another site may be given an address of this machine by its name server (DNS rebinding), and then asks us
 * in the name of whoever looks at it. Its name still is in the header {@code Host}. An address there cannot be rebound.
 */
final class Gate {
    private static final Pattern ADDRESS =
            Pattern.compile("(localhost|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})$");
    private static final String COOKIE = "credence";
    private static final int LARGEST_TOKEN = 10_000;
    private static final long PATIENCE_MS = 5_000;
    private static final String BEARER = "Bearer ";
    private static final long SECOND_NS = 1_000_000_000L;

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final byte @Nullable [] token;
    private final String session;
    private final int rate;
    private final LongSupplier clock;
    private long second;
    private int taken;

    /** @param clock nanoseconds since some time */
    Gate(HttpSection http, LongSupplier clock) {
        names.addAll(http.names());
        names.add(http.host());
        Password secret = http.token();
        token = secret == null ? null : utf8(secret.value());
        session = session(token);
        rate = http.rate();
        this.clock = clock;
        second = clock.getAsLong();
    }

    /** @throws Problem.Thrown if the request is not let in */
    void pass(Context request) {
        String host = request.header("Host");
        if (host == null || !isOurs(host)) {
            throw Problem.of(403, "host", "This server has another name; credence.http.names lists those it takes.")
                    .thrown();
        }
        String origin = request.header("Origin");
        if (origin != null && !lower(origin).equals(request.scheme() + "://" + lower(host)) && !secure(request, host)) {
            throw Problem.of(403, "origin", "Pages of other sites may not ask this server.")
                    .thrown();
        }
        if (!mayNow()) {
            request.header("Retry-After", "1");
            throw Problem.of(429, "rate", "There are too many requests in this second.")
                    .thrown();
        }
    }

    /** Whether a page of ours asks through a proxy that speaks TLS for us. */
    private static boolean secure(Context request, @Nullable String host) {
        String origin = request.header("Origin");
        return origin != null && host != null && lower(origin).equals("https://" + lower(host));
    }

    /** @throws Problem.Thrown if a token is needed that the request does not show, or another site asks */
    void authorise(Context request) {
        // A browser says where a request comes from that has no Origin, such as that of a picture's address.
        if ("cross-site".equals(request.header("Sec-Fetch-Site"))) {
            throw Problem.of(403, "origin", "Pages of other sites may not ask this server.")
                    .thrown();
        }
        if (token == null) {
            return;
        }
        String cookie = request.cookie(cookie(request));
        if (cookie != null && MessageDigest.isEqual(utf8(session), utf8(cookie))) {
            return;
        }
        String shown = request.header("Authorization");
        boolean bearer = shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
        byte[] given =
                bearer && shown != null ? utf8(shown.substring(BEARER.length()).strip()) : new byte[0];
        require(request, given);
    }

    /**
     * Gives a page that shows the token in its body a cookie in its place, which an event stream can send.
     *
     * @throws Problem.Thrown if it is another token
     */
    void admit(Context request) {
        JsonNode body = Body.read(request, LARGEST_TOKEN, PATIENCE_MS);
        if (token != null) {
            require(request, utf8(body.path("token").asText()));
            request.header(
                    "Set-Cookie",
                    cookie(request) + "=" + session + "; Path=/; HttpOnly; SameSite=Strict"
                            + (request.scheme().equals("https") || secure(request, request.header("Host"))
                                    ? "; Secure"
                                    : ""));
        }
        request.status(204);
    }

    /** Browsers send cookies to every port of a host: services side by side need names of their own. */
    private static String cookie(Context request) {
        Matcher host = PORT.matcher(Objects.requireNonNullElse(request.header("Host"), ""));
        return host.find() ? COOKIE + "-" + host.group(1) : COOKIE;
    }

    private void require(Context request, byte[] given) {
        if (!MessageDigest.isEqual(token, given)) {
            request.header("WWW-Authenticate", "Bearer");
            throw Problem.of(401, "token", "The request shows no valid bearer token.")
                    .thrown();
        }
    }

    /** The same for every instance that has the token, and no way back to it. */
    private static String session(byte @Nullable [] token) {
        if (token == null) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(utf8("the session of a page")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isOurs(String host) {
        return ADDRESS.matcher(host).matches()
                || names.contains(PORT.matcher(host).replaceFirst(""));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private synchronized boolean mayNow() {
        long now = clock.getAsLong();
        if (now - second >= SECOND_NS) {
            second = now;
            taken = 0;
        }
        taken++;
        return taken <= rate;
    }
}
