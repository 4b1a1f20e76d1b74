package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.NetworkSpec;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Prediction;
import io.credence.fixture.SyntheticStream;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page "Reading the model": its programs predict what the service predicts, from the posteriors topic alone. */
class ReadingTheModelTest {
    private static final Path PAGE = Path.of("src/site/markdown/reading-the-model.md");
    private static final Path SCRIPT = Path.of("src/examples/python/read_model.py");
    private static final int COLUMNS = 4;
    private static final int LEARNED = 1600;
    private static final int EVENTS = 100;
    /** So many that their own error is a third of that of the script's 10,000: they come in antithetic pairs. */
    private static final int MANY_DRAWS = 200_000;

    /** Of probabilities that are 1 in every draw. */
    private static final double ROUNDING = 1e-9;

    /** A level beside which the deviation is tiny, and yet no rounding, as of a time in milliseconds. */
    private static final double HIGH = 1e10;

    private static final boolean[] NUMERIC = {true, true, true, false};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"GAUSSIAN", "BERNOULLI"})
    void shouldPredictInJavaWhatTheServicePredicts(LikelihoodKind likelihood) throws IOException {
        Published model = new Published(likelihood, List.of(64, 64));
        List<Prediction> served = model.served();
        for (int i = 0; i < EVENTS; i++) {
            Observation event = model.events.get(i);
            float[] x = model.reader.standardise(event.features().values());
            var network = model.reader.network(
                    x, model.spec.seed(), model.spec.predictive().samples());
            double[] read = model.reader.predict(network, x, event.timestamp());
            assertNear(served.get(i), read[0], read[1], read[2]);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GAUSSIAN", "BERNOULLI"})
    void shouldDoInPythonWhatTheDriftLayerAndTheScaleDo(LikelihoodKind likelihood) throws Exception {
        Published model = new Published(likelihood, List.of(64, 64));
        List<Prediction> served = model.served();
        List<String> lines = model.networks(model.spec.predictive().samples()).stream()
                .map(n -> "{\"output\":" + n.output() + ",\"mean\":" + n.mean() + ",\"epistemic\":" + n.epistemic()
                        + ",\"aleatoric\":" + n.aleatoric() + ",\"apart\":" + n.apart() + "}")
                .toList();
        Path networks = Files.write(directory.resolve("networks"), lines);
        List<String> read = model.python("--network", networks.toString());
        for (int i = 0; i < EVENTS; i++) {
            String line = read.get(i);
            assertNear(
                    served.get(i),
                    number(line, "mean"),
                    number(line, "epistemicVariance"),
                    number(line, "aleatoricVariance"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GAUSSIAN", "BERNOULLI"})
    void shouldDrawInPythonTheNetworkThatWasPublished(LikelihoodKind likelihood) throws Exception {
        Published model = new Published(likelihood, List.of(8));
        List<ModelReader.Network> networks = model.networks(MANY_DRAWS);
        List<String> read = model.python("--hidden", "8");
        for (int i = 0; i < EVENTS; i++) {
            String network = read.get(i).substring(read.get(i).indexOf("\"network\""));
            double meanError = number(network, "meanError");
            double varianceError = number(network, "epistemicError");
            assertTrue(meanError < 0.1 * Math.sqrt(networks.get(i).epistemic()), network);
            assertEquals(networks.get(i).mean(), number(network, "mean"), 4 * meanError + ROUNDING, "event " + i);
            assertEquals(
                    networks.get(i).epistemic(),
                    number(network, "epistemic"),
                    4 * varianceError + ROUNDING,
                    "event " + i);
        }
    }

    @Test
    void shouldShowOnThePageWhatIsRun() throws IOException {
        String page = Files.readString(PAGE);
        String programs = squeezed(Files.readString(Path.of("src/test/java/io/credence/stream/state/ModelReader.java"))
                + Files.readString(Path.of("src/test/java/io/credence/stream/state/DriftReader.java"))
                + Files.readString(Path.of("src/test/java/io/credence/stream/state/KnownReader.java")));
        var blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        int found = 0;
        while (blocks.find()) {
            found++;
            assertTrue(programs.contains(squeezed(blocks.group(1))), blocks.group(1));
        }
        assertTrue(found >= 4, found + " blocks");
        assertTrue(Files.readAllLines(SCRIPT).size() <= 150);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").trim();
    }

    private static void assertNear(Prediction served, double mean, double epistemic, double aleatoric) {
        assertEquals(served.mean(), mean, 1e-5 * (Math.abs(served.mean()) + served.deviation()));
        assertEquals(served.epistemicVariance(), epistemic, 1e-5 * served.variance());
        assertEquals(served.aleatoricVariance(), aleatoric, 1e-5 * served.variance());
    }

    private static double number(String json, String name) {
        var found = Pattern.compile("\"" + name + "\": ([-+.eE0-9]+)").matcher(json);
        assertTrue(found.find(), name + " in " + json);
        return Double.parseDouble(found.group(1));
    }

    /** A model on the posteriors topic, at the defaults but for its hidden layers, and events to predict. */
    private final class Published {
        private final ModelSpec spec;
        private final LearnerState state;
        private final List<byte[]> chunks = new ArrayList<>();
        private final List<Observation> events = new ArrayList<>();
        private final boolean binary;
        private final ModelReader reader;

        Published(LikelihoodKind likelihood, List<Integer> hidden) throws IOException {
            binary = likelihood == LikelihoodKind.BERNOULLI;
            FeatureEncoder features = new FeatureEncoder(
                    List.of(
                            FeatureSpec.parse("a"),
                            FeatureSpec.parse("b"),
                            FeatureSpec.parse("c"),
                            FeatureSpec.parse("d:boolean")),
                    UnseenCategory.ZERO);
            ModelSpec defaults =
                    ModelSpec.defaults(features, new LabelEncoder(binary ? Task.BINARY : Task.REGRESSION, List.of()));
            NetworkSpec n = defaults.network();
            spec = new ModelSpec(
                    features,
                    defaults.label(),
                    new NetworkSpec(hidden, n.activation(), n.likelihood(), n.priorScale(), n.priorFitted()),
                    defaults.learning(),
                    defaults.predictive(),
                    defaults.seed());
            List<Observation> stream = SyntheticStream.of(likelihood, LEARNED + EVENTS, COLUMNS, 11).stream()
                    .map(event -> changed(event, 2, HIGH + event.features().values()[2]))
                    .collect(Collectors.toCollection(ArrayList::new));
            for (int i = 800; i < LEARNED; i += 160) {
                stream.set(i, changed(stream.get(i), 0, 30));
            }
            OnlineLearner learner = OnlineLearner.create(spec, "north");
            stream.subList(0, LEARNED).forEach(learner::fold);
            state = learner.state();
            events.addAll(stream.subList(LEARNED, LEARNED + EVENTS));
            events.set(3, changed(events.get(3), 0, Float.NaN));
            events.set(4, changed(events.get(4), 1, 40));
            events.set(5, changed(events.get(5), 0, 40));
            events.set(6, changed(events.get(6), 0, -40));
            try (var serde = CredenceSerde.of(PosteriorChunk.class, Fixtures.mock("reading"))) {
                PosteriorChunks.split(state, 9_000, Instant.EPOCH)
                        .forEach(chunk -> chunks.add(serde.serializer().serialize("posteriors", chunk)));
            }
            reader = new ModelReader(
                    chunks, schema("PosteriorChunk"), schema("PosteriorSnapshot"), NUMERIC, hidden, binary);
        }

        List<Prediction> served() {
            return Predictors.of(spec, state).predictStream(events);
        }

        List<ModelReader.Network> networks(int samples) {
            return events.stream()
                    .map(e -> reader.network(reader.standardise(e.features().values()), spec.seed(), samples))
                    .toList();
        }

        List<String> python(String... options) throws IOException, InterruptedException {
            Path topic = Files.write(
                    directory.resolve("chunks"),
                    chunks.stream().map(HexFormat.of()::formatHex).toList());
            Path rows = Files.write(
                    directory.resolve("events"),
                    events.stream().map(e -> e.timestamp() + "," + columns(e)).toList());
            List<String> command = new ArrayList<>(List.of(interpreter(), SCRIPT.toString(), "--model", "north"));
            command.addAll(List.of("--numeric", "1110"));
            command.addAll(binary ? List.of("--binary") : List.of());
            command.addAll(List.of(options));
            command.addAll(List.of(topic.toString(), rows.toString()));
            Path out = directory.resolve("out");
            Path said = directory.resolve("said");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(said.toFile())
                    .start();
            assertTrue(process.waitFor(5, TimeUnit.MINUTES));
            assertEquals(0, process.exitValue(), Files.readString(said));
            return Files.readAllLines(out);
        }

        private String columns(Observation event) {
            double[] x = event.features().values();
            return Arrays.toString(x).replaceAll("[\\[\\] ]", "");
        }
    }

    /** An interpreter that has numpy; without one the test is skipped. */
    private static String interpreter() throws IOException, InterruptedException {
        for (String name : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(name, "-c", "import numpy")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return name;
                }
            } catch (IOException e) {
                // Another one may be there.
            }
        }
        assumeTrue(false, "no python3 with numpy: the Python program of the page was not run");
        return "";
    }

    private static Observation changed(Observation event, int column, double value) {
        double[] x = event.features().values().clone();
        x[column] = value;
        return new Observation(
                event.modelKey(), event.eventId(), event.timestamp(), new FeatureVector(x), event.label());
    }

    private static Schema schema(String name) throws IOException {
        return new Schema.Parser().parse(Files.readString(Path.of("schemas", name + ".avsc")));
    }
}
