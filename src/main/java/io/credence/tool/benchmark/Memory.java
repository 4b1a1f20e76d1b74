package io.credence.tool.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this process while broker and service run in it.
 *
 * @param heapBytes in use after a collection
 * @param nativeBytes resident but neither heap nor files: arrays of the BLAS, code, threads, network buffers; 0 where
 *     the operating system does not tell
 */
record Memory(long heapBytes, long nativeBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");

    static Memory now() {
        System.gc();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Memory(heap.getUsed(), Math.max(0, resident() - heap.getCommitted()));
    }

    private static long resident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
