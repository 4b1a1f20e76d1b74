package io.credence.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.wire.TaskSerdes;
import io.credence.tool.feed.FeedClients;
import io.credence.tool.feed.Following;
import io.credence.tool.feed.OutputTopic;
import io.credence.tool.feed.RecordJson;
import io.credence.tool.feed.RecordTable;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code watch}: what a service writes, as it writes it. */
@Command(
        name = "watch",
        sortOptions = false,
        description = {
            "Follows a topic that a service writes, as a table for a terminal or as lines of JSON: committed records"
                    + " only, in no group.",
            "In the table of scored records ~ marks a model that is warming up, ? features out of what was seen, ! an"
                    + " uncertain prediction.",
            ""
        })
final class WatchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            converter = Name.class,
            defaultValue = "scored",
            description = "scored, alerts, changes, dead-letters or metrics. Default: ${DEFAULT-VALUE}.")
    private OutputTopic what = OutputTopic.SCORED;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--topic", paramLabel = "NAME", description = "Its name, where no --config tells it.")
    private @Nullable String topic;

    @Option(names = "--from-beginning", description = "Begin with the records that are there.")
    private boolean fromBeginning;

    @Option(names = "--limit", paramLabel = "N", description = "End after so many records.")
    private @Nullable Long limit;

    @Option(names = "--json", description = "One JSON object for each record.")
    private boolean json;

    private volatile boolean stopped;
    private long shown;

    @Override
    public void run() {
        if (limit != null && limit < 1) {
            throw new ConfigException("--limit takes a number from 1");
        }
        if (topic == null && !client.configures("application.id")) {
            throw new ConfigException("no topic is given: name it with --topic, or the service with --config");
        }
        QuietLog.unlessAsked();
        CredenceConfig config = client.load("unused-topic");
        String name = topic == null ? what.name(config.topics()) : topic;
        FeedClients clients = new FeedClients(config, "credence-watch");
        Thread hook = new Thread(() -> stopped = true, "watch-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
                Reading reading = new Reading(config)) {
            Following.follow(consumer, name, fromBeginning, reading::take, () -> stopped);
        } catch (TimeoutException e) {
            throw clients.noAnswer(e);
        } finally {
            if (!stopped) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    /** Prints records. */
    private final class Reading implements AutoCloseable {
        private final PrintWriter out = spec.commandLine().getOut();
        private final TaskSerdes serdes;
        private final FeedClients.Decoder decoder;
        private final RecordTable table;

        Reading(CredenceConfig config) {
            serdes = TaskSerdes.of(config.serde());
            decoder = FeedClients.decoder(what, serdes);
            boolean plain = !Charset.defaultCharset().newEncoder().canEncode("├─●▶");
            table = new RecordTable(what, config.events().prediction(), plain);
        }

        /** Whether there is more to show: a reader of our output may have had enough too. */
        boolean take(ConsumerRecord<byte[], byte[]> record) {
            decoder.decode(record, this::show, why -> {
                if (json) {
                    print(RecordJson.unreadable(record, why));
                } else {
                    table.unreadable(record, why).forEach(out::println);
                }
            });
            out.flush();
            shown++;
            return !out.checkError() && (limit == null || shown < limit);
        }

        private void show(ConsumerRecord<byte[], byte[]> record, @Nullable GenericRecord value) {
            if (!json) {
                List<String> lines = table.lines(record, value);
                lines.forEach(out::println);
            } else if (what == OutputTopic.DEAD_LETTERS) {
                print(RecordJson.ofDeadLetter(record));
            } else {
                print(RecordJson.of(record, value));
            }
        }

        private void print(ObjectNode object) {
            out.println(object);
        }

        @Override
        public void close() {
            serdes.close();
        }
    }

    /** Reads a topic's name. */
    private static final class Name implements ITypeConverter<OutputTopic> {
        @Override
        public OutputTopic convert(String word) {
            try {
                return OutputTopic.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
