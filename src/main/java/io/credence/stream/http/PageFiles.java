package io.credence.stream.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        this(PageFiles.class::getResourceAsStream);
    }

    /**
     * @param resources of the class path, by name
     * @throws IllegalStateException in one sentence, if the charts are not among them
     */
    PageFiles(Function<String, @Nullable InputStream> resources) {
        read(resources, "/", OURS + "index.html");
        for (String name : List.of(
                "app.js",
                "charts.js",
                "measures.js",
                "panels.js",
                "trust.js",
                "whatif.js",
                "topology.js",
                "style.css",
                "icon.svg")) {
            read(resources, "/page/" + name, OURS + name);
        }
        read(resources, "/page/uplot.js", CHARTS + "uPlot.esm.js");
        read(resources, "/page/uplot.css", CHARTS + "uPlot.min.css");
    }

    Set<String> paths() {
        return files.keySet();
    }

    void answer(Context request) {
        String path = request.path();
        String ending = path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
        request.contentType(Objects.requireNonNull(TYPES.get(ending))).result(Objects.requireNonNull(files.get(path)));
    }

    private void read(Function<String, @Nullable InputStream> resources, String path, String resource) {
        try (InputStream in = resources.apply(resource)) {
            if (in == null) {
                throw new IllegalStateException("credence.http.port is set, but " + resource
                        + " is not on the class path: org.webjars.npm:uplot has the charts of the live page");
            }
            files.put(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
