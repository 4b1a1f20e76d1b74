package io.credence.stream.serve;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Whether a port speaks TLS, asked by one who was told to connect without.
 *
 * <p>Kafka's clients cannot tell: they take a TLS alert for the size of an answer of 352 MB, and wait or run out of memory.
 */
final class TlsProbe {
    private static final int PATIENCE_MS = 2000;
    private static final int TLS_ALERT = 0x15;

    /** Ten bytes that ask for the versions of the interface: key 18, version 0, correlation 0, no client id. */
    private static final byte[] QUESTION = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0, -1, -1};

    private TlsProbe() {}

    /** False also where nobody answers at all. */
    static boolean speaksTls(InetSocketAddress address) {
        try (Socket socket = open(address)) {
            socket.getOutputStream().write(QUESTION);
            int first = socket.getInputStream().read();
            return first == TLS_ALERT || first < 0 && shakesHands(address);
        } catch (IOException e) {
            return shakesHands(address);
        }
    }

    private static Socket open(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    /** A certificate that we do not trust is an answer too. */
    private static boolean shakesHands(InetSocketAddress address) {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket plain = open(address);
                SSLSocket socket =
                        (SSLSocket) factory.createSocket(plain, address.getHostString(), address.getPort(), true)) {
            socket.startHandshake();
            return true;
        } catch (SSLHandshakeException e) {
            return !(e.getCause() instanceof EOFException) && isAnswer(e);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isAnswer(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateException
                    || String.valueOf(t.getMessage()).contains("fatal alert")) {
                return true;
            }
        }
        return false;
    }
}
