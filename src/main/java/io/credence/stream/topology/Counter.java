package io.credence.stream.topology;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * How many records a processor has taken or written since its task came to this instance: a metric under {@code
 * kafka.streams:type=credence}, with the task and the processor as tags. One thread.
 */
final class Counter implements AutoCloseable {
    private final StreamsMetrics metrics;
    private final Sensor sensor;

    private Counter(StreamsMetrics metrics, Sensor sensor) {
        this.metrics = metrics;
        this.sensor = sensor;
    }

    /**
     * A counter at 0.
     *
     * @param processor that counts
     * @param prefix of the graph; a tag where there is one
     */
    static Counter of(ProcessingContext context, Activity what, String processor, String prefix) {
        StreamsMetrics metrics = context.metrics();
        String task = context.taskId().toString();
        Sensor sensor = metrics.addSensor(
                "credence-" + task + "-" + processor + "-" + what.metric(), Sensor.RecordingLevel.INFO);
        Map<String, String> tags = JmxGauges.tags(prefix);
        tags.put("task-id", task);
        tags.put("processor", processor);
        sensor.add(new MetricName(what.metric(), Names.METRICS_GROUP, what.meaning(), tags), new CumulativeSum());
        return new Counter(metrics, sensor);
    }

    void add(int records) {
        sensor.record(records);
    }

    @Override
    public void close() {
        metrics.removeSensor(sensor);
    }
}
