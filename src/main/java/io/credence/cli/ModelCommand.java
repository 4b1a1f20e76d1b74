package io.credence.cli;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.Feedback;
import io.credence.stream.operate.ModelFile;
import io.credence.stream.operate.Models;
import io.credence.stream.operate.OfflineFold;
import io.credence.stream.operate.Published;
import io.credence.stream.state.StateDigest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code model}: the models of a service, looked at and changed from outside. */
@Command(
        name = "model",
        description =
                "List, show, export, import, reset or roll back the models of a service, let them forget, or tell them how"
                        + " their alerts were.")
final class ModelCommand implements Runnable {
    private static final String LINE = "%-20s %6s %10s %12s %7s  %s%n";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "one of list, show, export, import, reset, forget, rollback or feedback");
    }

    @Command(name = "list", description = "List the published models.")
    int list(@Mixin ConfigOptions options) {
        out().printf(LINE, "MODEL", "EPOCH", "STEP", "EVENTS", "CHUNKS", "PUBLISHED");
        new Models(options.load()).list().forEach((key, model) -> out().printf(
                        LINE,
                        key.isEmpty() ? "(single)" : key,
                        model.state().version().epoch(),
                        model.state().version().step(),
                        model.state().events(),
                        model.chunks(),
                        model.publishedAt()));
        return done();
    }

    @Command(name = "show", description = "Show a published model and the digest of its bits.")
    int show(@Mixin ConfigOptions options, @Mixin ModelKey model) {
        Published published = new Models(options.load()).published(model.key);
        describe(published.state());
        out().println("published    " + published.publishedAt() + " in " + published.chunks() + " chunk(s)");
        return done();
    }

    @Command(name = "export", description = "Write a published model to a file.")
    int export(@Mixin ConfigOptions options, @Mixin ModelKey model, @Parameters(paramLabel = "FILE") Path file) {
        LearnerState state = new Models(options.load()).published(model.key).state();
        ModelFile.write(file, state);
        describe(state);
        return done();
    }

    @Command(
            name = "import",
            description = "Let a model take over the state in a file: it learns on from there, one epoch later.")
    int imports(
            @Mixin ConfigOptions options,
            @Mixin ModelKey model,
            @Mixin Patience patience,
            @Parameters(paramLabel = "FILE") Path file) {
        CredenceConfig config = options.load();
        Models models = new Models(config);
        LearnerState state = ModelFile.read(file, config.model().shape());
        long before = epoch(models, model.key);
        return told(models, model.key, before, models.importing(model.key, state), patience);
    }

    @Command(name = "reset", description = "Let a model start again from its prior, one epoch later.")
    int reset(@Mixin ConfigOptions options, @Mixin ModelKey model, @Mixin Patience patience) {
        Models models = new Models(options.load());
        long before = models.published(model.key).state().version().epoch();
        return told(models, model.key, before, models.reset(model.key), patience);
    }

    @Command(
            name = "forget",
            description = "Let a model forget all but its recent events, one epoch later: for when you know that the"
                    + " stream has changed.")
    int forget(@Mixin ConfigOptions options, @Mixin ModelKey model, @Mixin Patience patience) {
        Models models = new Models(options.load());
        long before = models.published(model.key).state().version().epoch();
        return told(models, model.key, before, models.forget(model.key), patience);
    }

    @Command(
            name = "rollback",
            description = "Let a model return to an earlier version, which is computed again from the training log, or"
                    + " read from an exported file.")
    int rollback(
            @Mixin ConfigOptions options,
            @Mixin ModelKey model,
            @Mixin Patience patience,
            @Option(names = "--to", paramLabel = "EPOCH/STEP", description = "The version.") @Nullable ModelVersion to,
            @Option(names = "--file", paramLabel = "FILE", description = "An export of that version.") @Nullable
                    Path file) {
        CredenceConfig config = options.load();
        LearnerState state;
        if (file != null) {
            state = ModelFile.read(file, config.model().shape());
        } else if (to != null) {
            state = OfflineFold.at(config, model.key, to);
        } else {
            throw new ParameterException(spec.commandLine(), "--to or --file is needed");
        }
        if (!state.modelKey().equals(model.key)) {
            throw new ParameterException(
                    spec.commandLine(),
                    file + " holds model '" + state.modelKey() + "': name it with --model, or use import");
        }
        Models models = new Models(config);
        long before = epoch(models, model.key);
        return told(models, model.key, before, models.rollback(state), patience);
    }

    @Command(
            name = "feedback",
            description = "Tell a model that an alert was false, or that one did not come: alarms of that kind become"
                    + " rarer or more frequent, by half or twice after ten.")
    int feedback(
            @Mixin ConfigOptions options,
            @Mixin ModelKey model,
            @Mixin Patience patience,
            @Option(
                            names = "--false-alarm",
                            paramLabel = "ID",
                            description = "The episode, or one of its worst events: episodeId or eventId of an alert.")
                    @Nullable
                    String falseAlarm,
            @Option(names = "--missed", paramLabel = "ID", description = "The event that should have raised an alert.")
                    @Nullable
                    String missed,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            split = ",",
                            description = "What was wrong: surprising, out_of_range, shifted or stuck; of a false"
                                    + " alarm all of the episode by default.")
                    @Nullable
                    List<String> kinds,
            @Option(
                            names = "--again",
                            description = "Count it although the training log has it; that is not read then.")
                    boolean again,
            @Option(names = "--note", paramLabel = "TEXT", description = "Why, for audits.") @Nullable String note) {
        if ((falseAlarm == null) == (missed == null)) {
            throw new ParameterException(spec.commandLine(), "either --false-alarm or --missed is needed");
        }
        CredenceConfig config = options.load();
        List<String> named = kinds == null ? List.of() : kinds;
        Feedback said = falseAlarm != null
                ? Feedback.falseAlarm(config, model.key, falseAlarm, named, note)
                : Feedback.missed(model.key, String.valueOf(missed), named, note);
        Models models = new Models(config);
        long before = models.published(said.modelKey()).state().version().epoch();
        if (!again) {
            said.refuseRepeated(config);
        }
        return told(models, said.modelKey(), before, models.feedback(said), patience);
    }

    private int told(Models models, String key, long before, String id, Patience patience) {
        out().println("command      " + id);
        if (patience.seconds > 0) {
            describe(models.await(key, before, Duration.ofSeconds(patience.seconds))
                    .state());
        }
        return done();
    }

    private static long epoch(Models models, String key) {
        Published before = models.list().get(key);
        return before == null ? -1 : before.state().version().epoch();
    }

    private void describe(LearnerState state) {
        out().println("model        " + (state.modelKey().isEmpty() ? "(single)" : state.modelKey()));
        out().println("version      " + state.version());
        out().println("events       " + state.events());
        out().println("rejected     " + state.rejected());
        out().println("weights      " + state.mu().length);
        out().println("fingerprint  " + Long.toHexString(state.fingerprint()));
        out().println("digest       " + StateDigest.of(state));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private int done() {
        out().flush();
        return 0;
    }

    /** Which model. */
    static final class ModelKey {
        @Option(names = "--model", paramLabel = "KEY", description = "The model's key; not needed for a single model.")
        private String key = "";

        String key() {
            return key;
        }
    }

    /** How long to wait for the effect. */
    static final class Patience {
        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                defaultValue = "30",
                description = "How long to wait until the new version is published; 0 does not. Default: 30.")
        private long seconds;
    }

    /** A version as users write it. */
    static ModelVersion version(String text) {
        try {
            return ModelVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
