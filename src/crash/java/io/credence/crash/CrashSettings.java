package io.credence.crash;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run of the harness does, from system properties {@code crash.*}.
 *
 * @param seed seed of the feed and of the faults
 * @param labelled labelled good records, in all, at least: feeding goes on until the last fault
 * @param unlabelled unlabelled good records, likewise
 * @param bad bad records, likewise
 * @param kills SIGKILLs of instances, in all
 * @param pauses SIGSTOPs of instances beyond the session time-out, in all
 * @param commands model commands (reset, forget and import), in all
 * @param brokers broker processes
 * @param brokerKills SIGKILLs of brokers, in all
 * @param instances processes of the service
 * @param rate records fed in a second
 * @param heap heap of an instance
 * @param phases one after the other: {@code keyed} or {@code single}, then the rebalance protocol
 * @param guarantee processing guarantee: anything but exactly-once must make the harness fail
 * @param standbys standby replicas of the stores, with the classic protocol
 */
record CrashSettings(
        long seed,
        int labelled,
        int unlabelled,
        int bad,
        int kills,
        int pauses,
        int commands,
        int brokers,
        int brokerKills,
        int instances,
        int rate,
        String heap,
        List<String> phases,
        String guarantee,
        int standbys) {
    /** Session time-out of the group, both protocols. */
    static final int SESSION_MS = 6_000;
    /** Transaction time-out of the instances' producers. */
    static final int TRANSACTION_MS = 5_000;
    /** How often the broker looks for transactions that timed out. */
    static final int CLEAN_UP_MS = 200;

    static CrashSettings fromSystem() {
        return new CrashSettings(
                Long.getLong("crash.seed", 20_240_501L),
                number("labelled", 12_000),
                number("unlabelled", 12_000),
                number("bad", 240),
                number("kills", 20),
                number("pauses", 6),
                number("commands", 6),
                number("brokers", 1),
                number("broker.kills", 0),
                number("instances", 3),
                number("rate", 250),
                System.getProperty("crash.heap", "256m"),
                List.of(System.getProperty("crash.phases", "keyed:classic,single:streams")
                        .split(",")),
                System.getProperty("crash.guarantee", "exactly_once_v2"),
                number("standbys", 0));
    }

    /** Where logs and data of the run lie. */
    static Path directory() {
        return Path.of(System.getProperty("crash.directory", "target/crash"));
    }

    /** An equal share of a number for a phase; the first ones take the rest. */
    int share(int number, int phase) {
        return number / phases.size() + (phase < number % phases.size() ? 1 : 0);
    }

    private static int number(String name, int otherwise) {
        return Integer.getInteger("crash." + name, otherwise);
    }
}
