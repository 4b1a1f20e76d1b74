package io.credence.tool.benchmark;

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
     * What was measured; not a number where the records came too close together to tell, all of them in one commit.
     *
     * @param perSecond records a second of each flow
     * @param cpuMicros processor time of the whole process for a record of any flow
     * @param streamMicros processor time of the stream threads for a record of any flow
     */
    record Rates(List<Double> perSecond, double cpuMicros, double streamMicros) {
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
        long[] warm = until(flows, counts -> isWarm(flows, counts), alive);
        long start = System.nanoTime();
        CpuClock first = CpuClock.now();
        long[] over = until(flows, counts -> isOver(flows, counts), alive);
        double seconds = (System.nanoTime() - start) * 1e-9;
        CpuClock last = CpuClock.now();
        double all = tell(Arrays.stream(over).sum() - Arrays.stream(warm).sum());
        Double[] rates = new Double[warm.length];
        Arrays.setAll(rates, i -> tell(over[i] - warm[i]) / seconds);
        return new Rates(
                List.of(rates),
                (last.processNanos() - first.processNanos()) / 1e3 / all,
                (last.streamNanos() - first.streamNanos()) / 1e3 / all);
    }

    private static double tell(long records) {
        return records == 0 ? Double.NaN : records;
    }

    private static long[] until(List<Flow> flows, Predicate<long[]> enough, BooleanSupplier alive) {
        long[] counts = counts(flows);
        long moved = System.nanoTime();
        while (!enough.test(counts)) {
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException("what was to be measured has stopped: see the log");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            long[] next = counts(flows);
            long now = System.nanoTime();
            moved = Arrays.equals(next, counts) ? moved : now;
            if (now - moved > PATIENCE_NANOS) {
                throw new IllegalStateException("the stream stands still at " + Arrays.toString(next));
            }
            counts = next;
        }
        return counts;
    }

    private static long[] counts(List<Flow> flows) {
        return flows.stream().mapToLong(flow -> flow.count().getAsLong()).toArray();
    }

    private static boolean isWarm(List<Flow> flows, long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < flows.get(i).warmUp()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOver(List<Flow> flows, long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= flows.get(i).total()) {
                return true;
            }
        }
        return false;
    }
}
