package io.credence.tool.benchmark;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.EnrichedWriter;
import io.credence.stream.event.LabelRule;
import io.credence.stream.event.ObservationReader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.RecordEncoder;
import io.credence.stream.wire.TaskSerdes;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Topologies that decode and encode every record as the service does, and compute nothing in between. */
final class PassThrough {
    private static final RealPrediction PREDICTION = new RealPrediction(0.1, 0.2, 0.3, -1.4, 1.6);

    private PassThrough() {}

    /** What scoring does to a record, without the network: one hop. */
    static Topology scoring(CredenceConfig config, String from, String to) {
        Topology graph = source(new Topology(), "events", from);
        graph.addProcessor("pass", () -> new Enrich(config, to), "events");
        return sink(graph, "out", to, "pass");
    }

    /** What training does to a record, without the learner: from the labelled topic to a log, and from the log on. */
    static Topology training(CredenceConfig config, String from, String log, String to) {
        Topology graph = source(new Topology(), "labels", from);
        graph.addProcessor("log", () -> new ToLog(config, log), "labels");
        sink(graph, "to-log", log, "log");
        source(graph, "lessons", log);
        graph.addProcessor("pass", () -> new FromLog(config, to), "lessons");
        return sink(graph, "out", to, "pass");
    }

    private static Topology source(Topology graph, String name, String topic) {
        return graph.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
    }

    private static Topology sink(Topology graph, String name, String topic, String parent) {
        return graph.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }

    /** Decodes, reads and encodes a record. */
    private abstract static class Hop extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final CredenceConfig config;
        private final LabelRule rule;

        @SuppressWarnings("NullAway.Init") // init() sets it
        private TaskSerdes serdes;

        @SuppressWarnings("NullAway.Init") // init() sets it
        private RecordDecoder decoder;

        @SuppressWarnings("NullAway.Init") // init() sets it
        private ObservationReader reader;

        Hop(CredenceConfig config, LabelRule rule) {
            this.config = config;
            this.rule = rule;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            super.init(context);
            serdes = TaskSerdes.of(config.serde());
            decoder = serdes.decoder();
            writeWith(serdes);
            reader = new ObservationReader(
                    new ObservationReader.Fields(Workload.LABEL, null, Workload.ID),
                    config.model().features(),
                    config.model().label(),
                    rule);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Origin at = position();
            GenericRecord decoded = Workload.usable(decoder.decode(at.topic(), record.headers(), record.value()));
            Observation observation = Workload.usable(reader.read(decoded, record.timestamp(), at));
            context().forward(record.withValue(encode(record, decoded, observation, at)));
        }

        /** Takes what the records are written with. */
        abstract void writeWith(TaskSerdes serdes);

        abstract byte[] encode(
                Record<byte[], byte[]> record, GenericRecord decoded, Observation observation, Origin at);

        private Origin position() {
            var at = context().recordMetadata().orElseThrow();
            return new Origin(at.topic(), at.partition(), at.offset());
        }

        @Override
        public void close() {
            serdes.close();
        }
    }

    /** Adds a prediction that is always the same. */
    private static final class Enrich extends Hop {
        private final String topic;
        private final EnrichedWriter writer;
        private final ModelInfo model;

        @SuppressWarnings("NullAway.Init") // writeWith() sets it
        private RecordEncoder encoder;

        Enrich(CredenceConfig config, String topic) {
            super(config, LabelRule.IGNORED);
            this.topic = topic;
            this.writer = new EnrichedWriter(config.model().label());
            this.model = new ModelInfo(
                    "",
                    new ModelVersion(0, 1_000),
                    1_000,
                    false,
                    config.model().predictive().samples());
        }

        @Override
        byte[] encode(Record<byte[], byte[]> record, GenericRecord decoded, Observation observation, Origin at) {
            GenericRecord enriched = Workload.usable(writer.enrich(decoded, PREDICTION, model, false));
            return Workload.usable(encoder.encode(topic, record.headers(), enriched));
        }

        @Override
        void writeWith(TaskSerdes serdes) {
            encoder = serdes.encoder();
        }
    }

    /** Writes an example of the training log. */
    private static final class ToLog extends Hop {
        private final String topic;

        @SuppressWarnings("NullAway.Init") // writeWith() sets it
        private CredenceSerde<TrainingRecord> log;

        ToLog(CredenceConfig config, String topic) {
            super(config, LabelRule.REQUIRED);
            this.topic = topic;
        }

        @Override
        byte[] encode(Record<byte[], byte[]> record, GenericRecord decoded, Observation observation, Origin at) {
            return log.serializer().serialize(topic, TrainingLog.example(observation, at));
        }

        @Override
        void writeWith(TaskSerdes serdes) {
            log = serdes.own(TrainingRecord.class);
        }
    }

    /** Reads an example of the training log and writes it again. */
    private static final class FromLog extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final String topic;
        private final CredenceSerde<TrainingRecord> log;

        FromLog(CredenceConfig config, String topic) {
            this.topic = topic;
            this.log = CredenceSerde.of(TrainingRecord.class, config.serde());
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Example example =
                    (Example) Workload.usable(log.decode(record.value())).getBody();
            TrainingRecord again = TrainingLog.example(TrainingLog.observation(example), TrainingLog.source(example));
            context().forward(record.withValue(log.serializer().serialize(topic, again)));
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
