package io.credence.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import io.credence.fixture.Wait;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A page in a headless Chromium of this machine, driven by Playwright. One thread. */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    /** Leaves a test out where the machine has no browser. */
    public static void assumeThereIsOne() {
        assumeTrue(
                executable().isPresent(),
                () -> "no " + String.join(", ", NAMES)
                        + " on the PATH: the page is not tested; apt-get install chromium");
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Browser() {
        // It brings a driver and would fetch browsers of its own.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            context = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable().orElseThrow())
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")))
                    .newContext();
            page = context.newPage();
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
        // A test that hangs has a limit of its own.
        page.setDefaultTimeout(0);
        page.onPageError(errors::add);
        page.onConsoleMessage(this::hear);
        page.onRequest(this::note);
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text() + " " + message.location());
        }
    }

    private void note(Request request) {
        requests.add(request.url());
    }

    /** Goes to an address, and waits until what is there has been loaded. */
    public void open(String address) {
        page.navigate(address);
    }

    /**
     * The value of an expression; of a promise what it comes to.
     *
     * @throws AssertionError if it throws
     */
    public JsonNode value(String expression) {
        try {
            return evaluate(expression);
        } catch (PlaywrightException e) {
            throw new AssertionError(expression, e);
        }
    }

    /** Waits until an expression is true; as long as it throws, it is not: its elements may still have to come. */
    public void await(String expression) {
        Wait.until(expression, () -> evaluate("document.body.innerText"), () -> {
            try {
                return evaluate("Boolean(" + expression + ")").booleanValue();
            } catch (PlaywrightException e) {
                return false;
            }
        });
    }

    private JsonNode evaluate(String expression) {
        return JSON.valueToTree(page.evaluate(expression));
    }

    /** Sets the size of the window in pixels, and whether colours are dark. */
    public void look(int width, int height, boolean dark) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
    }

    /** Cuts the network, or mends it. */
    public void offline(boolean cut) {
        context.setOffline(cut);
    }

    /** Writes a picture of what the window shows. */
    public void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    /** Writes a picture of the page from top to bottom. */
    public void wholePicture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    /** What the page complained of: errors on the console, exceptions, refused loads. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** The addresses that the page asked. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
