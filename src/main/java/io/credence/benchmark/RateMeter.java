package io.credence.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Measures how fast flows of records advance, from when all of them are warm to when the first has ended.
 *
 * <p>A flow's count is looked at every few milliseconds: offsets are asked for, no records are read, since a reader would
 * compete for the cores with what is measured.
 */
final class RateMeter {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private RateMeter() {}

    /**
     * Records on their way.
     *
     * @param count records that have arrived, as far as it is committed
     * @param warmUp records before the clock starts
     * @param total records that there are
     */
    record Flow(LongSupplier count, long warmUp, long total) {}

    /**
     * What was measured.
     *
     * @param perSecond records a second of each flow
     * @param cpuSeconds of the whole process for a million records, of all flows together
     */
    record Rates(List<Double> perSecond, double cpuSeconds) {
        double first() {
            return perSecond.get(0);
        }
    }

    /**
     * Waits and measures.
     *
     * @param alive whether what is measured still runs
     * @throws IllegalStateException if it does not, or the flows stand still
     */
    static Rates measure(List<Flow> flows, BooleanSupplier alive) {
        Look start = until(flows, look -> look.isWarm(flows), alive);
        Look end = until(flows, look -> look.isOver(flows), alive);
        double seconds = (end.nanos - start.nanos) * 1e-9;
        double[] counts = new double[flows.size()];
        double all = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = end.counts[i] - start.counts[i];
            all += counts[i];
        }
        List<Double> rates = Arrays.stream(counts).mapToObj(n -> n / seconds).toList();
        return new Rates(rates, (end.cpuNanos - start.cpuNanos) * 1e-9 / all * 1e6);
    }

    private static Look until(List<Flow> flows, Predicate<Look> enough, BooleanSupplier alive) {
        Look look = Look.at(flows);
        long moved = look.nanos;
        while (!enough.test(look)) {
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException("what was to be measured has stopped: see the log");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            Look next = Look.at(flows);
            moved = Arrays.equals(next.counts, look.counts) ? moved : next.nanos;
            if (next.nanos - moved > PATIENCE_NANOS) {
                throw new IllegalStateException("the stream stands still at " + Arrays.toString(next.counts));
            }
            look = next;
        }
        return look;
    }

    /** The counts at a moment. */
    private record Look(long[] counts, long nanos, long cpuNanos) {
        static Look at(List<Flow> flows) {
            long[] counts =
                    flows.stream().mapToLong(flow -> flow.count().getAsLong()).toArray();
            return new Look(counts, System.nanoTime(), processCpuNanos());
        }

        boolean isWarm(List<Flow> flows) {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] < flows.get(i).warmUp()) {
                    return false;
                }
            }
            return true;
        }

        boolean isOver(List<Flow> flows) {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] >= flows.get(i).total()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static long processCpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
