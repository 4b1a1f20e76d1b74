package io.credence.stream.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The files of the page: the only ones that are served, read once. */
final class PageFiles {
    private static final String OURS = "/http/page/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    PageFiles() {
        read("/", OURS + "index.html");
        for (String name :
                new String[] {"app.js", "charts.js", "panels.js", "whatif.js", "topology.js", "style.css", "icon.svg"
                }) {
            read("/page/" + name, OURS + name);
        }
        read("/page/uplot.js", CHARTS + "uPlot.esm.js");
        read("/page/uplot.css", CHARTS + "uPlot.min.css");
    }

    Set<String> paths() {
        return files.keySet();
    }

    void answer(Context request) {
        String path = request.path();
        String ending = path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
        request.contentType(Objects.requireNonNull(TYPES.get(ending))).result(Objects.requireNonNull(files.get(path)));
    }

    private void read(String path, String resource) {
        try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream(resource), resource)) {
            files.put(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
