package io.credence.stream.event;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.predict.Hindsight;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.avro.ArrivedLabel;
import io.credence.stream.avro.AskedEvent;
import io.credence.stream.avro.KeptHeader;
import io.credence.stream.avro.SaidPrediction;
import io.credence.stream.avro.WaitingRecord;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.Asked;
import io.credence.stream.state.RawRecord;
import io.credence.stream.wire.Doubles;
import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Events that wait for their labels, and labels that came later, as records of the waiting topic, and back. */
public final class WaitingLog {
    private WaitingLog() {}

    /** The record of an event that was scored. */
    @SuppressWarnings("NullAway") // The generated constructor takes null for nullable fields.
    public static WaitingRecord asked(Asked asked) {
        Observation event = asked.event();
        return new WaitingRecord(new AskedEvent(
                event.modelKey(),
                event.eventId(),
                Instant.ofEpochMilli(event.timestamp()),
                new Doubles(event.features().values()),
                asked.at().topic(),
                asked.at().partition(),
                asked.at().offset(),
                asked.series(),
                said(asked.said())));
    }

    private static @Nullable SaidPrediction said(Asked.@Nullable Said said) {
        if (said == null) {
            return null;
        }
        Prediction p = said.prediction();
        return new SaidPrediction(
                said.by().epoch(),
                said.by().step(),
                p.mean(),
                p.epistemicVariance(),
                p.aleatoricVariance(),
                Hindsight.lower(p),
                Hindsight.upper(p),
                list(p.probabilities()),
                list(Hindsight.calibration(p)));
    }

    /** The record of a label. */
    @SuppressWarnings("NullAway") // The generated constructor takes null for nullable fields.
    public static WaitingRecord label(Arrived label) {
        var record = label.raw().record();
        List<KeptHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new KeptHeader(header.key(), wrapped(header.value())));
        }
        Origin at = label.raw().at();
        return new WaitingRecord(new ArrivedLabel(
                label.eventId(),
                label.label(),
                Instant.ofEpochMilli(label.time()),
                at.topic(),
                at.partition(),
                at.offset(),
                record.timestamp(),
                wrapped(record.key()),
                wrapped(record.value()),
                headers));
    }

    /** The event in a record of the waiting topic. */
    public static Asked asked(AskedEvent event, Task task) {
        Observation seen = new Observation(
                event.getModelKey(),
                event.getEventId(),
                event.getTimestamp().toEpochMilli(),
                new FeatureVector(array(event.getFeatures())),
                Double.NaN);
        Origin at = new Origin(event.getTopic(), event.getPartition(), event.getOffset());
        return new Asked(seen, at, event.getSeries(), said(event.getSaid(), task));
    }

    private static Asked.@Nullable Said said(@Nullable SaidPrediction said, Task task) {
        if (said == null) {
            return null;
        }
        return new Asked.Said(
                new ModelVersion(said.getModelEpoch(), said.getModelStep()),
                Hindsight.kept(
                        task == Task.COUNT,
                        said.getMean(),
                        said.getEpistemicVariance(),
                        said.getAleatoricVariance(),
                        said.getLower(),
                        said.getUpper(),
                        array(said.getProbabilities()),
                        array(said.getCalibration())));
    }

    /** The label in a record of the waiting topic. */
    public static Arrived label(ArrivedLabel label) {
        Headers headers = new RecordHeaders();
        label.getHeaders().forEach(header -> headers.add(header.getName(), unwrapped(header.getContent())));
        Origin at = new Origin(label.getTopic(), label.getPartition(), label.getOffset());
        Record<byte @Nullable [], byte @Nullable []> record = new Record<>(
                unwrapped(label.getKey()), unwrapped(label.getValue()), label.getRecordTimestamp(), headers);
        return new Arrived(
                label.getEventId(), label.getLabel(), label.getTimestamp().toEpochMilli(), new RawRecord(record, at));
    }

    private static @Nullable ByteBuffer wrapped(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static byte @Nullable [] unwrapped(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<Double> list(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
