package io.credence.stream.topology;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;

/**
 * How an instance writes: as the service does, or with a rule broken, which the simulator must find. The product knows
 * nothing of it: it is the stores and topics around it that misbehave. Each task has one of its own.
 */
abstract class SimBuild {
    /** The first byte of the key of a ring's slot, whose value ends with the number of the entry. */
    private static final byte SLOT = 3;

    /** Where a write may go. */
    interface Storage {
        /** Puts it into the changelog. */
        void log(Bytes key, byte[] value, boolean inTransaction);
    }

    /** Whether what goes to a sink belongs to the transaction. */
    boolean sendsInTransaction(String sink) {
        return true;
    }

    /** Whether the offsets of what was read do. */
    boolean commitsOffsetsInTransaction() {
        return true;
    }

    /** A write to a store. */
    void put(SimStore store, Storage storage, Bytes key, byte[] value) {
        store.keep(key, value);
        storage.log(key, value, true);
    }

    private static boolean isSlot(SimStore store, Bytes key) {
        return store.name().equals(new Names("").learnerRing()) && key.get()[0] == SLOT;
    }

    /** The service as it is. */
    static final class Whole extends SimBuild {}

    /** The builds that break a rule. */
    enum Broken implements Supplier<SimBuild> {
        /** Examples are learned and not logged. */
        REDO_LOG_SKIPPED {
            @Override
            public SimBuild get() {
                return new SimBuild() {
                    @Override
                    void put(SimStore store, Storage storage, Bytes key, byte[] value) {
                        if (!isSlot(store, key)) {
                            super.put(store, storage, key, value);
                        }
                    }
                };
            }
        },
        /** A slot of the redo log is overwritten for good before the checkpoint that releases it is committed. */
        SLOT_REUSED_BEFORE_COMMIT {
            @Override
            public SimBuild get() {
                return new SimBuild() {
                    @Override
                    void put(SimStore store, Storage storage, Bytes key, byte[] value) {
                        boolean reused = isSlot(store, key) && store.get(key) != null;
                        store.keep(key, value);
                        storage.log(key, value, !reused);
                    }
                };
            }
        },
        /** An entry's number follows its slot in a put of its own, with the next entry: a commit may lie between. */
        COUNTER_AND_SLOT_APART {
            @Override
            public SimBuild get() {
                return new SimBuild() {
                    private final Map<Bytes, byte[]> late = new HashMap<>();

                    @Override
                    void put(SimStore store, Storage storage, Bytes key, byte[] value) {
                        if (!isSlot(store, key)) {
                            super.put(store, storage, key, value);
                            return;
                        }
                        late.forEach((slot, numbered) -> storage.log(slot, numbered, true));
                        late.clear();
                        late.put(key, value);
                        byte[] bare = value.clone();
                        Arrays.fill(bare, bare.length - Long.BYTES, bare.length, (byte) -1);
                        store.keep(key, value);
                        storage.log(key, bare, true);
                    }
                };
            }
        },
        /** A model is there for all before what it was learned from is committed. */
        SNAPSHOT_OUTSIDE_TRANSACTION {
            @Override
            public SimBuild get() {
                return new SimBuild() {
                    @Override
                    boolean sendsInTransaction(String sink) {
                        return !sink.equals(new Names("").toPosteriors());
                    }
                };
            }
        },
        /** Events that wait for a prediction are kept on the heap alone. */
        PENDING_ON_HEAP {
            @Override
            public SimBuild get() {
                return new SimBuild() {
                    @Override
                    void put(SimStore store, Storage storage, Bytes key, byte[] value) {
                        store.keep(key, value);
                        if (!store.name().equals(new Names("").scorePending())) {
                            storage.log(key, value, true);
                        }
                    }
                };
            }
        },
        /** At least once: offsets are committed after the rest. */
        OFFSETS_OUTSIDE_TRANSACTION {
            @Override
            public SimBuild get() {
                return new SimBuild() {
                    @Override
                    boolean commitsOffsetsInTransaction() {
                        return false;
                    }
                };
            }
        }
    }
}
