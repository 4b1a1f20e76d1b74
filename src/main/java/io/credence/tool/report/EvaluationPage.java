package io.credence.tool.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.tool.csv.CsvException;
import io.credence.tool.evaluate.PassResult;
import io.credence.tool.evaluate.Windows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An evaluation as one file of HTML that asks nothing of any network: figures, error, coverage and baselines by window,
 * calibration, ranks of labels, the band over the last rows, curves of features, and the events that went worst or took
 * longest.
 *
 * <p>Its charts are those of the live page, whose script, style and library are written into it.
 */
public final class EvaluationPage {
    private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern LEVEL = Pattern.compile("coverage(\\d+(?:\\.\\d+)?)");
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final List<Windows.Window> windows = new ArrayList<>();
    private final Highlights rows;
    private ArrayNode curves = JSON.createArrayNode();

    /**
     * @param file to write; it is created now, so that what cannot be written is known before the learning
     * @param classes names of the classes, empty for numbers
     * @throws CsvException if it cannot be written
     */
    public EvaluationPage(Path file, List<String> classes) {
        this.file = file;
        this.rows = new Highlights(classes);
        write("");
    }

    /** Takes the windows of the pass. */
    public void add(Windows.Window window) {
        windows.add(window);
    }

    /** Takes the rows of the pass. */
    public Highlights rows() {
        return rows;
    }

    /** Takes what was learned in the end, as far as one feature after the other shows it. */
    public void learned(ModelSpec spec, LearnerState state) {
        curves = FeatureCurves.of(spec, state, rows.latest());
    }

    /**
     * Writes the page.
     *
     * @param description what was evaluated, a line each
     * @param level of the central interval
     * @throws CsvException if it cannot be written
     */
    public void finish(List<String> description, double level, PassResult result) {
        ObjectNode data = JSON.createObjectNode();
        description.forEach(data.putArray("description")::add);
        data.put("level", level);
        ObjectNode facts = data.putObject("facts");
        facts.put("n", result.n());
        put(facts, result.metrics());
        facts.put("eventsPerSecond", result.eventsPerSecond());
        facts.put("seconds", result.seconds());
        facts.put("rejected", result.rejections().rows());
        facts.put("rejectedUpdates", result.rejections().updates());
        ArrayNode stretches = data.putArray("windows");
        for (Windows.Window window : windows) {
            ObjectNode one = stretches.addObject();
            one.put("from", window.from()).put("to", window.to()).put("n", window.n());
            put(one.putObject("metrics"), window.metrics());
        }
        levels(data.putArray("levels"), result.metrics());
        rows.put(data);
        data.set("curves", curves);
        write(fill(data));
    }

    /** Of each level the share that was covered, calibrated and before. */
    private static void levels(ArrayNode levels, Map<String, Double> metrics) {
        Map<Double, String> names = new TreeMap<>();
        for (String field : metrics.keySet()) {
            Matcher name = LEVEL.matcher(field);
            if (name.matches() && metrics.containsKey("rawCoverage" + name.group(1))) {
                names.put(Double.parseDouble(name.group(1)) / 100, name.group(1));
            }
        }
        names.forEach((level, name) -> levels.addArray()
                .add(level)
                .add(metrics.get("coverage" + name))
                .add(metrics.get("rawCoverage" + name)));
    }

    private static void put(ObjectNode object, Map<String, Double> metrics) {
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                object.put(name, value);
            }
        });
    }

    private static String fill(ObjectNode data) {
        Map<String, String> parts = Map.of(
                "style", resource("/http/page/style.css") + resource(LIBRARY + "uPlot.min.css"),
                "library", script(resource(LIBRARY + "uPlot.iife.min.js")),
                "charts", script(alone(resource("/http/page/charts.js"))),
                "report", script(alone(resource("/report/report.js"))),
                // Within the page no cell of the file may be read as a tag.
                "data", data.toString().replace("<", "\\u003c"));
        return PLACE.matcher(resource("/report/report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
    }

    /** A module that stands in the page: what it takes from others stands before it. */
    private static String alone(String module) {
        return module.replaceAll("(?m)^import .*;\\R", "").replaceAll("(?m)^export ", "");
    }

    private static String script(String text) {
        return text.replace("</script", "<\\/script");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(EvaluationPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CsvException("report file '" + file + "' cannot be written: " + e.getMessage());
        }
    }
}
