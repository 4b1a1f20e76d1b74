package io.credence.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.wire.TaskSerdes;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.evaluate.ProgressDisplay;
import io.credence.tool.feed.FeedClients;
import io.credence.tool.feed.Production;
import io.credence.tool.feed.Production.Form;
import io.credence.tool.feed.Production.Order;
import io.credence.tool.feed.Production.Result;
import io.credence.tool.feed.Production.Topics;
import io.credence.tool.feed.RowRecords;
import io.credence.tool.feed.RowSchema;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code produce}: the rows of a table as Avro records of a topic. */
@Command(
        name = "produce",
        sortOptions = false,
        description = {
            "Sends the rows of a CSV file to a topic, as Avro records through the schema registry.",
            "The schema is that of --schema, else the newest one that the registry has for the topic, else it is made"
                    + " from what the cells look like.",
            ""
        })
final class ProduceCommand implements Callable<Integer> {
    private static final int MOST_TOLD = 10;
    private static final int INTERRUPTED = 130;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final TableOptions input = new TableOptions();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Topic of all records. Default: credence.topic.labelled, and credence.topic.unlabelled for"
                    + " records without their label. It is created where it is not there.")
    private @Nullable String topic;

    @Option(names = "--schema", paramLabel = "FILE", description = "Avro schema of the records; columns by name.")
    private @Nullable Path schema;

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column of the label. Default: credence.label.")
    private @Nullable String label;

    @Option(names = "--unlabelled", description = "Leave out the labels: every record is a question.")
    private boolean unlabelled;

    @Option(
            names = "--label-delay",
            paramLabel = "K",
            description = "Send every row twice: without its label, and with it when K more rows have been sent.")
    private @Nullable Integer delay;

    @Option(names = "--key", paramLabel = "COLUMN", description = "Column whose text is the record's key.")
    private @Nullable String key;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "Column of the event time, in any form that evaluate reads. Default: the time of sending.")
    private @Nullable String time;

    @Option(names = "--rate", paramLabel = "N", description = "Records in a second. Default: as fast as possible.")
    private double rate;

    @Option(names = "--from", paramLabel = "ROW", description = "The first row to send, counted from 0.")
    private int from;

    @Option(names = "--limit", paramLabel = "N", description = "Send no more rows than these.")
    private @Nullable Integer limit;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of a topic that is created. Default: credence.topics.partitions.")
    private @Nullable Integer partitions;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--json", description = "Print what was sent as one JSON object.")
    private boolean json;

    private volatile boolean stopped;

    @Override
    public Integer call() throws InterruptedException {
        QuietLog.unlessAsked();
        try {
            check();
            return run();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private void check() {
        if (rate < 0 || from < 0 || limit != null && limit < 1 || delay != null && delay < 0) {
            throw new IllegalArgumentException(
                    "--rate, --from and --label-delay take a number from 0, and --limit one from 1");
        }
        if (unlabelled && delay != null) {
            throw new IllegalArgumentException("--unlabelled and --label-delay exclude each other");
        }
        if (partitions != null && partitions < 1) {
            throw new IllegalArgumentException("--partitions is " + partitions + ", expected at least 1");
        }
        if (topic == null && !client.configures(TopicSection.LABELLED) && !client.configures(TopicSection.UNLABELLED)) {
            throw new IllegalArgumentException(
                    "no topic is given: name it with --topic, or in the file of --config as " + TopicSection.LABELLED);
        }
    }

    private int run() throws InterruptedException {
        CredenceConfig config = client.load(topic == null ? "" : topic);
        CsvTable table = input.read();
        String labelColumn = labelColumn(config, table);
        Form form = unlabelled ? Form.QUESTIONS : delay == null ? Form.AS_THEY_ARE : Form.BOTH;
        Topics topics = topics(config, form);
        FeedClients clients = new FeedClients(config, "credence-produce");
        RowRecords rows = new RowRecords(table, schema(clients, table, topics.labelled(), labelColumn));
        Order order = new Order(
                key,
                time,
                labelColumn,
                form,
                delay == null ? 0 : delay,
                from,
                limit == null ? Integer.MAX_VALUE : limit,
                rate);
        Production production = new Production(rows, order);
        tell(table, rows, production.rejections());
        create(config, clients, topics);
        Result result = send(config, clients, production, topics);
        report(topics, result, production.rejections());
        return stopped ? INTERRUPTED : 0;
    }

    private @Nullable String labelColumn(CredenceConfig config, CsvTable table) {
        if (label != null) {
            table.column(label);
            return label;
        }
        String configured = config.events().label();
        return configured != null && table.columns().contains(configured) ? configured : null;
    }

    private Topics topics(CredenceConfig config, Form form) {
        if (topic != null) {
            return new Topics(topic, topic);
        }
        String labelled = config.topics().labelled();
        String questions = config.topics().unlabelled();
        if (form != Form.AS_THEY_ARE && questions == null) {
            throw new IllegalArgumentException(TopicSection.UNLABELLED + " is not given: name a topic with --topic");
        }
        if (form != Form.QUESTIONS && labelled == null) {
            throw new IllegalArgumentException(TopicSection.LABELLED + " is not given: name a topic with --topic");
        }
        String either = String.valueOf(form == Form.QUESTIONS ? questions : labelled);
        return new Topics(either, form == Form.BOTH ? String.valueOf(questions) : either);
    }

    private Schema schema(FeedClients clients, CsvTable table, String subject, @Nullable String labelColumn) {
        if (schema != null) {
            return RowSchema.read(schema);
        }
        Schema inferred = RowSchema.infer(table, subject, labelColumn);
        return clients.newest(subject, inferred).orElse(inferred);
    }

    private void tell(CsvTable table, RowRecords rows, List<String> rejections) {
        PrintWriter err = spec.commandLine().getErr();
        table.notes().forEach(err::println);
        rows.notes().forEach(err::println);
        rejections.stream().limit(MOST_TOLD).forEach(reason -> err.println("left out: " + reason));
        if (rejections.size() > MOST_TOLD) {
            err.println("left out: " + (rejections.size() - MOST_TOLD) + " more row(s)");
        }
        err.flush();
    }

    private void create(CredenceConfig config, FeedClients clients, Topics topics) throws InterruptedException {
        int wanted = partitions == null ? config.topics().partitions() : partitions;
        for (String name :
                Stream.of(topics.labelled(), topics.unlabelled()).distinct().toList()) {
            if (clients.create(name, wanted, time != null)) {
                spec.commandLine()
                        .getErr()
                        .println("created topic '" + name + "' with " + wanted + " partition(s)"
                                + (time == null ? "" : " that keeps its records for ever, since their times are past"));
            }
        }
    }

    private Result send(CredenceConfig config, FeedClients clients, Production production, Topics topics) {
        Thread main = Thread.currentThread();
        Thread hook = new Thread(
                () -> {
                    stopped = true;
                    try {
                        main.join(20_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "produce-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Producer<byte[], byte[]> producer = clients.producer();
                TaskSerdes serdes = TaskSerdes.of(config.serde());
                ProgressDisplay progress = new ProgressDisplay("produce", !json, production.records())) {
            return production.send(producer, FeedClients.encoder(serdes), topics, progress, () -> stopped);
        } finally {
            if (!stopped) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private void report(Topics topics, Result result, List<String> rejections) {
        PrintWriter out = spec.commandLine().getOut();
        double speed = result.records() / Math.max(1e-9, result.seconds());
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("topic", topics.labelled());
            object.put("records", result.records());
            object.put("questions", result.questions());
            object.put("rejected", rejections.size());
            if (!rejections.isEmpty()) {
                object.put("rejectedReason", rejections.get(0));
            }
            object.put("seconds", result.seconds());
            object.put("recordsPerSecond", speed);
            out.println(object);
        } else {
            String where = topics.labelled().equals(topics.unlabelled())
                    ? "topic " + topics.labelled()
                    : "topics " + topics.unlabelled() + " and " + topics.labelled();
            out.printf(
                    Locale.ROOT,
                    "Sent %,d record(s) to %s, %,d of them without a label, in %.1f s (%,.0f in a second); %,d row(s) left out%n",
                    result.records(),
                    where,
                    result.questions(),
                    result.seconds(),
                    speed,
                    rejections.size());
        }
        out.flush();
    }
}
