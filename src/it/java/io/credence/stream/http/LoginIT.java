package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.it.Browser;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, where a token is asked for and the service goes away and comes back. */
@Timeout(300)
final class LoginIT {
    private static final String TOKEN = "hush7f3c";

    @Test
    void shouldAskForTheTokenOnceAndComeBackWhenTheServiceDoes() throws Exception {
        Browser.assumeThereIsOne();
        String[] settings = {"credence.http.port", Integer.toString(freePort()), "credence.http.token", TOKEN};
        Standing standing = new Standing(settings);
        try (Browser browser = new Browser()) {
            browser.look(1280, 900, false);
            browser.open("http://127.0.0.1:" + standing.port() + "/");
            browser.await("!document.getElementById('login')?.hidden && document.getElementById('panels').hidden");
            enter(browser, "wrong");
            browser.await("document.getElementById('refused').textContent.includes('token')");
            enter(browser, TOKEN);
            browser.await("document.getElementById('login').hidden && !document.getElementById('panels').hidden");
            browser.await("document.getElementById('status').className === 'good'");
            browser.await("document.getElementById('answer').dataset.mean");
            assertEquals("", browser.value("document.cookie").textValue(), "a script cannot read it");
            assertFalse(browser.requests().toString().contains(TOKEN));

            standing.close();
            browser.await("document.getElementById('status').className === 'bad'");
            standing = new Standing(settings);
            browser.await("document.getElementById('status').className === 'good'");
            assertTrue(browser.value("document.getElementById('login').hidden").booleanValue(), "no second time");
        } finally {
            standing.close();
        }
    }

    private static void enter(Browser browser, String token) {
        browser.value("document.getElementById('token').value = '" + token + "';"
                + "document.getElementById('login').requestSubmit()");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
