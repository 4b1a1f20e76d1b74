package io.credence.tool.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.tool.benchmark.BenchmarkRun.Timing;
import java.util.function.ToDoubleFunction;

/** The medians as one JSON object on a line. */
final class BenchmarkJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final BenchmarkReport report;
    private final ObjectNode json = MAPPER.createObjectNode();

    private BenchmarkJson(BenchmarkReport report) {
        this.report = report;
    }

    static String of(BenchmarkReport report) {
        return new BenchmarkJson(report).line();
    }

    private String line() {
        json.put("runs", report.runs());
        rates();
        processorTime();
        put(json, "heapBytes", run -> run.size().memory().heapBytes());
        put(json, "nativeBytes", run -> run.size().memory().nativeBytes());
        put(json, "posteriorBytes", run -> run.size().posteriorBytes());
        put(json, "changelogBytes", run -> run.size().changelogBytes());
        put(json, "scored", run -> run.size().scored());
        put(json, "learned", run -> run.size().learned());
        if (report.timed()) {
            ObjectNode latency = json.putObject("latencyMs");
            put(latency, "rate", run -> BenchmarkReport.timing(run).rate());
            latency.set("committed", MAPPER.valueToTree(report.latency(Timing::committed)));
            latency.set("uncommitted", MAPPER.valueToTree(report.latency(Timing::uncommitted)));
            latency.set("idle", MAPPER.valueToTree(report.latency(Timing::idle)));
        }
        return json.toString();
    }

    private void rates() {
        put(json, "passThrough", run -> run.passThrough().first());
        put(json, "passThroughTwoHops", run -> run.twoHops().first());
        put(json, "scoreKernel", run -> run.scoreKernel().perSecond());
        put(json, "trainKernel", run -> run.trainKernel().perSecond());
        put(json, "score", run -> run.score().first());
        put(json, "train", run -> run.train().first());
        put(json, "both", run -> run.bothScored() + run.bothTrained());
        put(json, "bothScored", BenchmarkRun::bothScored);
        put(json, "bothTrained", BenchmarkRun::bothTrained);
        put(json, "scoreRatio", run -> run.score().first() / run.passThrough().first());
        put(json, "trainRatio", run -> run.train().first() / run.passThrough().first());
        put(json, "scoreEfficiency", BenchmarkRun::scoreEfficiency);
        put(json, "trainEfficiency", BenchmarkRun::trainEfficiency);
        put(json, "scoreCpuEfficiency", BenchmarkRun::scoreCpuEfficiency);
        put(json, "trainCpuEfficiency", BenchmarkRun::trainCpuEfficiency);
    }

    /** Microseconds for a record are seconds for a million. */
    private void processorTime() {
        ObjectNode process = json.putObject("cpuSecondsPerMillion");
        put(process, "passThrough", run -> run.passThrough().cpuMicros());
        put(process, "passThroughTwoHops", run -> run.twoHops().cpuMicros());
        put(process, "score", run -> run.score().cpuMicros());
        put(process, "train", run -> run.train().cpuMicros());
        ObjectNode threads = json.putObject("streamThreadSecondsPerMillion");
        put(threads, "passThrough", run -> run.passThrough().streamMicros());
        put(threads, "passThroughTwoHops", run -> run.twoHops().streamMicros());
        put(threads, "scoreKernel", run -> run.scoreKernel().cpuMicros());
        put(threads, "trainKernel", run -> run.trainKernel().cpuMicros());
        put(threads, "score", run -> run.score().streamMicros());
        put(threads, "train", run -> run.train().streamMicros());
    }

    /** More digits than a noisy machine gives are left out; large counts stay whole; what is not known is null. */
    private void put(ObjectNode to, String name, ToDoubleFunction<BenchmarkRun> figure) {
        double value = report.of(figure);
        if (Double.isNaN(value)) {
            to.putNull(name);
        } else if (Math.abs(value) >= 1_000) {
            to.put(name, Math.round(value));
        } else {
            to.put(name, Math.round(value * 1e3) / 1e3);
        }
    }
}
