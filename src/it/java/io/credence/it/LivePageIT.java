package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.credence.tool.demo.Demo;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The demo's page in a real browser. Pictures go to {@code target/pages}, or with {@code -Dcredence.page.pictures=DIR} to
 * the documentation; those of the page from top to bottom always to the former.
 */
@Timeout(600)
final class LivePageIT {
    private static final List<String> CHARTS = List.of("band", "error", "coverage", "doubt", "elbo", "rate");
    /** What the browser itself says of every request while it has no network. */
    private static final String CUT = "net::ERR_INTERNET_DISCONNECTED";

    private static final double CLOSE = 1e-9;

    @BeforeAll
    static void thereMustBeABrowser() {
        Browser.assumeThereIsOne();
    }

    @Test
    void shouldShowAndAnswerWhenTheDemoRuns() throws Exception {
        CompletableFuture<String> address = new CompletableFuture<>();
        CountDownLatch through = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> demo = beside.submit(() -> new Demo(new PrintStream(OutputStream.nullOutputStream()), false)
                    .embedded(address::complete, result -> {
                        through.countDown();
                        looked.await();
                    }));
            try (Browser browser = new Browser()) {
                browser.look(1280, 900, false);
                String at = address.get(120, TimeUnit.SECONDS);
                browser.open(at);
                for (String chart : CHARTS) {
                    browser.await("Number(document.getElementById('" + chart + "')?.dataset.points) > 10");
                }
                String before = shown(browser);
                browser.await("document.getElementById('band').getAttribute('aria-label') !== '" + before + "'");
                browser.await("document.querySelectorAll('#alerts tr').length > 0");
                through.await();
                browser.await("document.querySelector('#list td:nth-child(3)').textContent === '17379'");
                browser.await("document.querySelectorAll('#layers tr').length > 1");
                browser.await("document.querySelectorAll('#topology rect').length > 10");
                browser.await("Number(document.getElementById('calibration').dataset.points) > 2");
                browser.await("document.querySelectorAll('#lag tr').length === 4");
                browser.await("[...document.querySelectorAll('#lag tr')].every(r => r.cells[2].textContent === '0')");
                browser.await("document.querySelectorAll('#facts div').length > 10");
                browser.await("document.querySelectorAll('#trust li').length >= 4");
                browser.await(
                        "[...document.querySelectorAll('#trust .good')].some(li => li.textContent.startsWith('Since the beginning it errs by '))");
                browser.await(
                        "[...document.querySelectorAll('#trust .good')].some(li => li.textContent === 'It has read everything that came.')");
                whatIfShouldEqualTheApi(browser);
                nothingSeriousShouldBeFoundByAxe(browser);
                pictures(browser);
                assertEquals(List.of(), browser.errors());
                aLostConnectionShouldComeBack(browser);
                assertEquals(
                        List.of(),
                        browser.errors().stream()
                                .filter(error -> !error.contains(CUT))
                                .toList());
                assertTrue(
                        browser.requests().stream().allMatch(url -> url.startsWith(at)),
                        () -> "asked others than " + at + ": " + browser.requests());
            } finally {
                looked.countDown();
            }
            assertTrue(demo.get(120, TimeUnit.SECONDS), "not every hour was scored and learned exactly once");
        } finally {
            beside.shutdownNow();
        }
    }

    private static String shown(Browser browser) {
        return browser.value("document.getElementById('band').getAttribute('aria-label')")
                .textValue();
    }

    /** Moves a slider and a picker, and asks for the same event. */
    private static void whatIfShouldEqualTheApi(Browser browser) {
        String before =
                browser.value("document.getElementById('answer').dataset.mean").textValue();
        browser.value("""
                for (const [name, value] of [['hr', '17'], ['temp', '0.3']]) {
                  const input = document.querySelector(`#features [name=${name}]`);
                  input.value = value;
                  input.dispatchEvent(new Event('input', {bubbles: true}));
                }
                """);
        browser.await("document.getElementById('answer').dataset.mean !== '" + before + "'");
        JsonNode told = browser.value("""
                (async () => {
                  const event = {};
                  for (const input of document.querySelectorAll('#features [name]')) {
                    event[input.name] = input.type === 'checkbox' ? input.checked
                      : input.type === 'range' ? Number(input.value) : input.value;
                  }
                  const answer = await fetch('/api/v1/models/default/predict', {method: 'POST',
                    headers: {'Content-Type': 'application/json'}, body: JSON.stringify({events: [event]})});
                  return (await answer.json()).predictions[0].mean;
                })()
                """);
        double mean = Double.parseDouble(
                browser.value("document.getElementById('answer').dataset.mean").textValue());
        assertEquals(told.doubleValue(), mean, CLOSE * Math.abs(mean) + 1e-5 * Math.abs(mean));
        assertEquals(
                12,
                browser.value("document.querySelectorAll('#curves canvas').length")
                        .intValue());
        browser.value("document.getElementById('why').open = true");
        browser.await("document.querySelectorAll('#why-parts meter').length > 3");
    }

    private static void nothingSeriousShouldBeFoundByAxe(Browser browser) throws Exception {
        try (InputStream script = Objects.requireNonNull(LivePageIT.class.getResourceAsStream("/axe.min.js"))) {
            browser.value(new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";0");
        }
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 390}) {
                browser.look(width, 900, dark);
                JsonNode found = browser.value("""
                        axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
                          .map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))
                        """);
                assertEquals("[]", found.toString(), width + (dark ? " dark" : " light"));
            }
        }
    }

    private static void pictures(Browser browser) throws Exception {
        Path whole = Files.createDirectories(Path.of("target/pages"));
        Path directory =
                Files.createDirectories(Path.of(System.getProperty("credence.page.pictures", whole.toString())));
        for (boolean dark : new boolean[] {false, true}) {
            String colours = dark ? "dark" : "light";
            browser.look(1280, 900, dark);
            browser.value("new Promise(r => setTimeout(r, 300))");
            browser.picture(directory.resolve("desktop-" + colours + ".png"));
            browser.wholePicture(whole.resolve("desktop-whole-" + colours + ".png"));
            browser.look(390, 844, dark);
            browser.value("new Promise(r => setTimeout(r, 300))");
            browser.picture(directory.resolve("phone-" + colours + ".png"));
            browser.wholePicture(whole.resolve("phone-whole-" + colours + ".png"));
            assertEquals(
                    390,
                    browser.value("document.documentElement.scrollWidth").intValue(),
                    "nothing to scroll sideways");
        }
    }

    private static void aLostConnectionShouldComeBack(Browser browser) {
        browser.offline(true);
        browser.await("document.getElementById('status').className === 'bad'");
        browser.offline(false);
        browser.await("document.getElementById('status').className === 'good'");
        browser.await("Number(document.getElementById('band').dataset.points) > 10");
    }
}
