package io.credence.it;

import io.credence.fixture.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP gate in front of a server of this machine: while it is shut, connections are cut. */
final class Gate implements AutoCloseable {
    private final ServerSocket server;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;
    private final AtomicInteger refused = new AtomicInteger();

    /** @param behind port of the server */
    Gate(int behind) throws IOException {
        this.behind = behind;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        thread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void shut() {
        shut = true;
        open.forEach(Gate::close);
        open.clear();
    }

    void open() {
        shut = false;
    }

    /** Waits until so many connections, in all, have found it shut. */
    void awaitRefused(int connections) {
        Wait.atLeast("connections tried while the gate is shut", connections, refused::get);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (shut) {
                    close(client);
                    refused.incrementAndGet();
                    continue;
                }
                Socket inner = new Socket(InetAddress.getByName("127.0.0.1"), behind);
                open.add(client);
                open.add(inner);
                thread(() -> pump(client, inner));
                thread(() -> pump(inner, client));
            } catch (IOException e) {
                // Closed, by us or by the other side: the next connection decides.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The connection is over.
        }
        close(from);
        close(to);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }

    @Override
    public void close() throws IOException {
        shut();
        server.close();
    }
}
