package io.credence.tool.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.regex.Pattern;

/**
 * Processor time spent so far: on a machine that others use too, it says more than the clock on the wall.
 *
 * @param processNanos by the whole process, the broker included
 * @param streamNanos by the stream threads that run now
 */
record CpuClock(long processNanos, long streamNanos) {
    private static final Pattern STREAM_THREAD = Pattern.compile(".*-StreamThread-\\d+");

    static CpuClock now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long streams = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && STREAM_THREAD.matcher(thread.getThreadName()).matches()) {
                streams += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return new CpuClock(process(), streams);
    }

    /** Processor time of the calling thread, nanoseconds. */
    static long ofThisThread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long process() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
