package io.credence.tool.feed;

import io.credence.bayes.predict.Measures;
import io.credence.stream.topology.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records of an output topic as lines of a table that fits a terminal, with a head where its columns change. One thread. */
public final class RecordTable {
    private static final int BAND = 31;
    private static final int NUMBER = 8;
    private static final int NAME = 18;
    private static final int LINES_TO_A_HEAD = 40;

    private final OutputTopic what;
    private final String prediction;
    private final BandScale scale;
    private String head = "";
    private int below;

    /**
     * @param prediction field of scored records that holds the prediction
     * @param plain whether to draw with ASCII only
     */
    public RecordTable(OutputTopic what, String prediction, boolean plain) {
        this.what = what;
        this.prediction = prediction;
        this.scale = new BandScale(plain);
    }

    /**
     * The lines of the next record, maybe with a head before it.
     *
     * @param value decoded, or null for a dead letter
     */
    public List<String> lines(ConsumerRecord<byte[], byte[]> record, @Nullable GenericRecord value) {
        return switch (what) {
            case SCORED -> scored(record, value);
            case ALERTS -> value == null ? unreadable(record, "no value") : alert(value);
            case CHANGES -> value == null ? unreadable(record, "no value") : change(value);
            case DEAD_LETTERS -> deadLetter(record);
            case METRICS -> value == null ? unreadable(record, "no value") : metrics(value);
        };
    }

    /** The line of a record that cannot be read. */
    public List<String> unreadable(ConsumerRecord<byte[], byte[]> record, String why) {
        return List.of(Cells.line(Cells.time(record.timestamp()) + " offset " + record.offset() + " of partition "
                + record.partition() + " cannot be read: " + Cells.tame(why)));
    }

    private List<String> under(String newHead, String line) {
        List<String> lines = new ArrayList<>();
        if (!newHead.equals(head) || below >= LINES_TO_A_HEAD) {
            head = newHead;
            below = 0;
            lines.add(Cells.line(newHead));
        }
        below++;
        lines.add(Cells.line(line));
        return lines;
    }

    private List<String> scored(ConsumerRecord<byte[], byte[]> record, @Nullable GenericRecord value) {
        if (value == null || !value.hasField(prediction) || !(value.get(prediction) instanceof GenericRecord said)) {
            return unreadable(record, "no field '" + prediction + "' with a prediction");
        }
        String time = Cells.time(record.timestamp());
        if (said.hasField("predictedClass")) {
            return likeliest(time, said);
        }
        double lower = number(said, "lower");
        double upper = number(said, "upper");
        if (!(Math.abs(lower) < Cells.LARGEST && Math.abs(upper) < Cells.LARGEST)) {
            return under(head.isEmpty() ? "time (UTC)" : head, time + " nothing is known yet" + flags(said));
        }
        double mean = number(said, "mean");
        scale.fit(lower, upper);
        String low = Cells.number(scale.low());
        String axis = low + Cells.right(Cells.number(scale.high()), BAND - low.length());
        return under(
                Cells.left("time (UTC)", Cells.TIME) + " " + axis + " " + Cells.right("mean", NUMBER) + " interval",
                time + " " + scale.draw(lower, mean, upper, BAND) + " "
                        + Cells.right(Cells.number(mean), NUMBER) + " "
                        + Cells.left("[" + Cells.number(lower) + ", " + Cells.number(upper) + "]", NAME) + flags(said));
    }

    private List<String> likeliest(String time, GenericRecord said) {
        double probability = 0;
        if (said.get("probabilities") instanceof Collection<?> all) {
            probability = all.stream()
                    .mapToDouble(one -> ((Number) one).doubleValue())
                    .max()
                    .orElse(0);
        }
        return under(
                Cells.left("time (UTC)", Cells.TIME) + " 0" + Cells.right("1", BAND - 1) + " "
                        + Cells.right("share", NUMBER) + " class",
                time + " " + scale.bar(probability, BAND) + " " + Cells.right(Cells.number(probability), NUMBER) + " "
                        + Cells.left(said.get("predictedClass"), NAME) + flags(said));
    }

    /** One character: warming up, out of what was seen, uncertain. */
    private static String flags(GenericRecord said) {
        return is(said, "warmingUp") ? "~" : is(said, "outOfRange") ? "?" : is(said, "uncertain") ? "!" : "";
    }

    private static boolean is(GenericRecord said, String flag) {
        return said.hasField(flag) && Boolean.TRUE.equals(said.get(flag));
    }

    private static double number(GenericRecord said, String name) {
        return said.hasField(name) && said.get(name) instanceof Number value ? value.doubleValue() : Double.NaN;
    }

    private List<String> change(GenericRecord change) {
        GenericRecord first = (GenericRecord) change.get("first");
        GenericRecord last = (GenericRecord) change.get("last");
        return under(
                "first event (UTC)   last event (UTC)    what has changed",
                Cells.time(first.get("eventTime")) + " " + Cells.time(last.get("eventTime")) + " "
                        + String.valueOf(change.get("cause")).toLowerCase(Locale.ROOT) + ": "
                        + names(((Collection<?>) change.get("features"))
                                .stream()
                                        .map(feature -> ((GenericRecord) feature).get("feature"))
                                        .limit(3)
                                        .toList()));
    }

    private List<String> alert(GenericRecord alert) {
        String reason = String.valueOf(alert.get("reason"));
        String why =
                switch (reason) {
                    case "OUT_OF_RANGE" -> "out of range: " + names(alert.get("outOfRangeFeatures"));
                    case "SURPRISING" ->
                        "surprising: " + Cells.number(alert.get("actual")) + " for "
                                + Cells.number(alert.get("expected"));
                    case "SHIFTED" ->
                        "shifted: " + Cells.number(alert.get("actual")) + " for " + Cells.number(alert.get("expected"));
                    case "STUCK" -> "stuck: " + names(alert.get("features"));
                    case "SILENCE" -> "silence: nothing for " + Cells.number(alert.get("actual")) + " ms";
                    case "DEVIATION_ABOVE_LIMIT" ->
                        "above the limit: deviation " + Cells.number(alert.get("deviation"));
                    default -> "uncertain: deviation " + Cells.number(alert.get("deviation"));
                };
        String state = String.valueOf(alert.get("state"));
        String events = alert.get("events") + (Objects.equals(alert.get("events"), 1L) ? " event, " : " events, ");
        String become = state.equals("FIRING") ? "" : (state.equals("RESOLVED") ? "over: " : "goes on: ") + events;
        return under(
                Cells.left("event time (UTC)", Cells.TIME) + " " + Cells.left("event", NAME) + " "
                        + Cells.right("mean", NUMBER) + " why",
                Cells.time(alert.get("eventTime")) + " " + Cells.left(alert.get("eventId"), NAME) + " "
                        + Cells.right(Cells.number(alert.get("mean")), NUMBER) + " " + become + why);
    }

    private static String names(@Nullable Object causes) {
        return causes instanceof Collection<?> all
                ? all.stream().map(Cells::tame).collect(Collectors.joining(", "))
                : "";
    }

    private List<String> deadLetter(ConsumerRecord<byte[], byte[]> letter) {
        String from = header(letter, DeadLetter.TOPIC) + "-" + header(letter, DeadLetter.PARTITION) + "@"
                + header(letter, DeadLetter.OFFSET);
        return under(
                Cells.left("time (UTC)", Cells.TIME) + " " + Cells.left("from", NAME) + " reason",
                Cells.time(letter.timestamp()) + " " + Cells.left(from, NAME) + " "
                        + Cells.tame(header(letter, DeadLetter.REASON)) + " "
                        + Cells.tame(header(letter, DeadLetter.DETAIL)));
    }

    /** The text of a record's header; empty if there is none. */
    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private List<String> metrics(GenericRecord report) {
        long n = (Long) report.get("n");
        boolean classes = report.get("accuracy") != null;
        String start = Cells.time(report.get("timestamp")) + " " + Cells.left(name(report), 13) + " "
                + Cells.right(String.format(Locale.ROOT, "%,d", (Long) report.get("eventsSeen")), 11) + " ";
        String titles = Cells.left("time (UTC)", Cells.TIME) + " " + Cells.left("model", 13) + " "
                + Cells.right("events", 11) + " ";
        if (classes) {
            return under(
                    titles + Cells.right("accuracy", 9) + " " + Cells.right("log-loss", 9),
                    start + Cells.right(Cells.number(report.get("accuracy")), 9) + " "
                            + Cells.right(Cells.number(report.get("nll")), 9));
        }
        return under(
                titles + Cells.right("RMSE", 8) + " " + Cells.right("of mean", 8) + " " + Cells.right("of last", 8)
                        + " " + Cells.right("covers", 6),
                start + Cells.right(Cells.number(report.get("rmse")), 8) + " "
                        + Cells.right(rmse(report, "sumRunningMeanSquaredError", n), 8) + " "
                        + Cells.right(rmse(report, "sumLastValueSquaredError", n), 8) + " "
                        + Cells.right(covers(report), 6));
    }

    private static String name(GenericRecord report) {
        String key = String.valueOf(report.get("modelKey"));
        return key.isEmpty() ? "default" : key;
    }

    private static String rmse(GenericRecord report, String sum, long n) {
        return n == 0 ? "-" : Cells.number(Measures.rmse(number(report, sum), n));
    }

    private static String covers(GenericRecord report) {
        return report.get("coverage") instanceof Double share ? String.format(Locale.ROOT, "%.1f%%", 100 * share) : "-";
    }
}
