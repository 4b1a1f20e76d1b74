package io.credence.cli;

import io.credence.bayes.feature.Task;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.evaluate.ColumnPlan;
import io.credence.tool.evaluate.Evaluator;
import io.credence.tool.evaluate.JsonReport;
import io.credence.tool.evaluate.Measured;
import io.credence.tool.evaluate.PassPool;
import io.credence.tool.evaluate.PassResult;
import io.credence.tool.evaluate.PredictionsFile;
import io.credence.tool.evaluate.ProgressDisplay;
import io.credence.tool.evaluate.Split;
import io.credence.tool.evaluate.TableReport;
import io.credence.tool.evaluate.Watch;
import io.credence.tool.evaluate.Windows;
import io.credence.tool.report.EvaluationPage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code evaluate}: the learner of the running service, folded over a CSV file. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description = {
            "Folds the learner over a CSV file and reports how good its predictions were.",
            "Without row files: test, then train, in file order. With row files: one pass over the rows to learn,"
                    + " then the rows to test.",
            ""
        })
final class EvaluateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final TableOptions input = new TableOptions();

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column to predict. Default: credence.label.")
    private @Nullable String label;

    @Option(
            names = "--task",
            converter = TaskName.class,
            paramLabel = "TASK",
            description = "regression, binary, multiclass or count. Default: regression for numbers, binary or"
                    + " multiclass for text.")
    private @Nullable Task task;

    @Option(
            names = "--features",
            paramLabel = "LIST",
            description = "Inputs as field[?][:kind[(arguments)]], comma-separated. Default: all other columns; numbers"
                    + " as numeric, times as time, text as onehot or hash(32).")
    private @Nullable String features;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "Event time: a date or time as text, or a number since 1970 in a unit found by its size."
                    + " Default: the row number, in milliseconds.")
    private @Nullable String time;

    @Option(
            names = "--series",
            paramLabel = "COLUMN",
            description = "Column that names the series of a row, whose past features such as lag(label,1) are told of."
                    + " Default: all rows are one series.")
    private @Nullable String series;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--train-rows",
            paramLabel = "FILE",
            description = "Zero-based numbers of the rows to learn, in that order; may be given again.")
    private List<Path> trainRows = new ArrayList<>();

    @Option(
            names = "--test-rows",
            paramLabel = "FILE",
            description = "Zero-based numbers of the rows to test; paired with --train-rows in order.")
    private List<Path> testRows = new ArrayList<>();

    @Option(
            names = "--last",
            paramLabel = "FRACTION",
            description = "Also measure this last part of the stream alone, such as 0.5.")
    private double last;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Also measure every N rows of the file on their own; with --json one object a window.")
    private int window;

    @Option(
            names = "--label-delay",
            paramLabel = "K",
            description = "The label of an event arrives when K more events have been predicted. Default: 0.")
    private int labelDelay;

    @Option(
            names = "--horizon",
            paramLabel = "H",
            description =
                    "Predict each label H rows before it, with what is known by then; what the row itself says counts"
                            + " as known in advance. The same as --label-delay H-1.")
    private int horizon = 1;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "Write every prediction as a line of this CSV file.")
    private @Nullable Path predictions;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page of HTML with charts, which needs nothing else.")
    private @Nullable Path report;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Splits that run at the same time. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--json", description = "One JSON object for each split, the means as the last line.")
    private boolean json;

    private final List<Windows.Window> windows = new ArrayList<>();

    @Override
    public void run() {
        Evaluation prepared = prepare();
        report(prepared, run(prepared));
    }

    /** Everything that the user can get wrong is looked at here, before any learning. */
    private Evaluation prepare() {
        try {
            if (!(last >= 0 && last <= 1) || (last > 0 && !trainRows.isEmpty())) {
                throw new IllegalArgumentException("--last takes a fraction from 0 to 1, and no row files beside it");
            }
            checkStreamOptions();
            if (threads < 1) {
                throw new IllegalArgumentException("--threads is " + threads + ", expected at least 1");
            }
            EvaluateSettings settings = new EvaluateSettings(options.settings());
            EvaluateSettings.checkKeys(options.overrides());
            CsvTable table = input.read();
            List<Split> splits = Split.read(trainRows, testRows, table.size());
            ColumnPlan plan = settings.plan(table, label, task, features, time);
            if (json) {
                plan.notes().forEach(note -> spec.commandLine().getErr().println(note));
            }
            return Evaluation.of(table, plan, settings.model(plan, labelDelay), splits, series, labelDelay);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private void checkStreamOptions() {
        if (window < 0 || labelDelay < 0) {
            throw new IllegalArgumentException("--window and --label-delay take a number from 0");
        }
        if (horizon < 1 || horizon > 1 && labelDelay > 0) {
            throw new IllegalArgumentException("--horizon takes a number from 1, and no --label-delay beside it");
        }
        labelDelay = Math.max(labelDelay, horizon - 1);
        if ((window > 0 || labelDelay > 0) && !trainRows.isEmpty()) {
            throw new IllegalArgumentException("--window, --label-delay and --horizon take no row files beside them");
        }
        if ((predictions != null || report != null) && trainRows.size() > 1) {
            throw new IllegalArgumentException("--predictions and --report take one pair of row files at most");
        }
    }

    private List<PassResult> run(Evaluation prepared) {
        PrintWriter out = spec.commandLine().getOut();
        Evaluator evaluator = prepared.evaluator();
        List<Split> splits = prepared.splits();
        EvaluationPage page = report == null ? null : new EvaluationPage(report, prepared.classes());
        List<PassResult> results;
        try (ProgressDisplay progress = new ProgressDisplay("evaluate", !json, prepared.events());
                PredictionsFile file = predictions == null
                        ? null
                        : new PredictionsFile(
                                predictions, evaluator.spec().label().classCount())) {
            Consumer<Measured> rows = file == null ? Watch.nothing().rows() : file;
            Watch watch = new Watch(
                    last,
                    page == null || window > 0 ? window : prepared.window(),
                    done -> closed(done, page),
                    page == null ? rows : rows.andThen(page.rows()),
                    page == null ? Watch.nothing().learned() : state -> page.learned(evaluator.spec(), state),
                    progress);
            results = PassPool.run(
                    Math.max(1, splits.size()),
                    threads,
                    i -> splits.isEmpty()
                            ? evaluator.prequential(labelDelay, watch)
                            : evaluator.heldOut(splits.get(i), watch),
                    (score, i) -> {
                        if (json) {
                            out.println(JsonReport.line(i, score));
                            out.flush();
                        }
                    });
        }
        if (page != null) {
            page.finish(
                    prepared.description().lines().toList(),
                    evaluator.spec().predictive().interval(),
                    results.get(0));
        }
        return results;
    }

    private void closed(Windows.Window done, @Nullable EvaluationPage page) {
        if (page != null) {
            page.add(done);
        }
        if (window == 0) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonReport.line(done));
            out.flush();
        } else {
            windows.add(done);
        }
    }

    private void report(Evaluation prepared, List<PassResult> scores) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonReport.lastLine(scores));
        } else {
            out.println(prepared.description());
            out.println();
            if (!windows.isEmpty()) {
                TableReport.windows(windows).forEach(out::println);
                out.println();
            }
            TableReport.lines(scores).forEach(out::println);
        }
        out.flush();
    }

    /** Reads a task in lower case, as the configuration writes it. */
    private static final class TaskName implements ITypeConverter<Task> {
        @Override
        public Task convert(String name) {
            try {
                return Task.valueOf(name.trim().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + name + "' is no task, allowed are regression, binary, multiclass and count");
            }
        }
    }
}
