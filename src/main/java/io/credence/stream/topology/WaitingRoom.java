package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.predict.Hindsight;
import io.credence.stream.config.LabelsSection;
import io.credence.stream.config.LabelsSection.Second;
import io.credence.stream.state.ArrivalStore;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.Asked;
import io.credence.stream.state.Meeting;
import io.credence.stream.state.StoredClock;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where an event that was scored and its label wait for each other; either may come first.
 *
 * <p>What has met is learned once the label has settled: at once, or when a label is read that is later than it by
 * the time to settle; until then another label of the event replaces it. Others are told of a label as soon as it has met its
 * event, and of one that replaces it. Of an event that was learned it is remembered as
 * long as anything waits. What waits leaves in the order in which it came, when its time is over or there are too many bytes.
 * All of it is a fold of the records of one partition.
 */
final class WaitingRoom {
    /** What is counted here. */
    static final Set<Activity> COUNTED = Set.of(
            Activity.MATCHED,
            Activity.CORRECTED,
            Activity.SECOND,
            Activity.EXPIRED,
            Activity.UNMATCHED,
            Activity.REPEATED,
            Activity.DEAD);

    private final LabelsSection config;
    private final Exits exits;
    private final ArrivalStore store;
    private final StoredClock labels;
    private final TreeMap<Turn, String> settling = new TreeMap<>();
    private long meetings;

    /**
     * An event and its label.
     *
     * @param example to learn, with what was predicted of it
     * @param label that it was made with
     */
    record Met(Observation example, Arrived label) {}

    /** When what has met is learned: the earlier label first, then what met first. */
    private record Turn(long settles, long meeting) implements Comparable<Turn> {
        static Turn of(Arrived label, long meeting) {
            return new Turn(label.settles(), meeting);
        }

        @Override
        public int compareTo(Turn other) {
            int first = Long.compare(settles, other.settles);
            return first == 0 ? Long.compare(meeting, other.meeting) : first;
        }
    }

    /** Where everything goes. */
    interface Exits {
        /** An event and its label, or the correction of it, to the training log. */
        void learn(Met met);

        /** A label, to those who are told of it in the series of its event. */
        void tell(Asked asked, Arrived label);

        /** A label, to the dead letters. */
        void refuse(Arrived label, Reason reason, String detail);

        void count(Activity what);
    }

    WaitingRoom(LabelsSection config, KeyValueStore<Bytes, byte[]> stored, Exits exits) {
        this.config = config;
        this.exits = exits;
        this.store = new ArrivalStore(stored, config.waitMs(), config.waitBytes());
        this.labels = new StoredClock(stored, 1, config.waitMs());
        store.forEach((id, value) -> {
            Meeting meeting = Meeting.decode(id, value);
            if (meeting.isSettling() && meeting.label() != null) {
                settling.put(Turn.of(meeting.label(), meeting.settling()), id);
                meetings = Math.max(meetings, meeting.settling() + 1);
            }
        });
    }

    /** An event was scored. */
    void asked(Asked asked) {
        store.note(asked.event().timestamp());
        clear();
        Meeting known = of(asked.event().eventId());
        if (known == null) {
            put(Meeting.of(asked));
        } else if (known.isDone() || known.asked() != null) {
            exits.count(Activity.REPEATED);
        } else if (known.label() != null) {
            meet(asked, known.label());
        }
        clear();
    }

    /** A label came. */
    void labelled(Arrived label) {
        store.note(label.time());
        labels.note(label.time());
        settle();
        clear();
        Meeting known = of(label.eventId());
        if (known == null) {
            put(Meeting.of(label));
        } else if (known.isDone()) {
            second(known, label);
        } else if (known.label() == null && known.asked() != null) {
            meet(known.asked(), label);
        } else if (known.label() != null && (known.isSettling() || !isSettled(known.label()))) {
            exits.count(Activity.CORRECTED);
            if (known.asked() != null) {
                exits.tell(known.asked(), label);
            }
            put(known.with(label.inPlaceOf(known.label())));
        } else if (config.second() == Second.LAST) {
            exits.count(Activity.SECOND);
            put(known.with(label));
        } else {
            second(known, label);
        }
        clear();
    }

    private void meet(Asked asked, Arrived label) {
        exits.count(Activity.MATCHED);
        exits.tell(asked, label);
        if (isSettled(label)) {
            learn(Meeting.of(asked, label, Meeting.DONE));
        } else {
            settling.put(Turn.of(label, meetings), label.eventId());
            put(Meeting.of(asked, label, meetings++));
        }
    }

    private boolean isSettled(Arrived label) {
        return config.settleMs() == 0 || labels.last() - label.settles() >= config.settleMs();
    }

    /** Learns what has settled. */
    private void settle() {
        while (!settling.isEmpty() && labels.last() - settling.firstKey().settles() >= config.settleMs()) {
            Meeting meeting = of(settling.pollFirstEntry().getValue());
            if (meeting != null) {
                learn(meeting);
            }
        }
    }

    private void learn(Meeting met) {
        Asked asked = met.asked();
        Arrived label = met.label();
        if (asked == null || label == null) {
            throw new IllegalStateException("event " + met.eventId() + " has not met its label");
        }
        exits.learn(new Met(example(asked, label.label()), label));
        put(config.second() == Second.LAST ? met.done() : met.forgotten());
    }

    private static Observation example(Asked asked, double label) {
        Observation event = asked.event();
        Asked.Said said = asked.said();
        return new Observation(
                event.modelKey(),
                event.eventId(),
                event.timestamp(),
                event.features(),
                label,
                said == null ? null : Hindsight.of(said.prediction(), said.by(), label, event.eventId()));
    }

    /** Another label of an event whose label has settled. */
    private void second(Meeting known, Arrived label) {
        Asked asked = known.asked();
        Arrived before = known.label();
        boolean last = config.second() == Second.LAST;
        if (last && asked != null && before != null && label.label() != before.label()) {
            exits.count(Activity.CORRECTED);
            exits.tell(asked, label);
            Observation learned = example(asked, before.label());
            exits.learn(new Met(example(asked, label.label()).correcting(learned), label));
            put(known.with(label));
            return;
        }
        exits.count(Activity.SECOND);
        if (config.second() == Second.REJECT) {
            exits.refuse(
                    label,
                    Reason.SECOND_LABEL,
                    "event '" + label.eventId() + "' was learned with another label, and " + LabelsSection.SECOND
                            + " is reject");
        }
    }

    /** Lets go of what may not wait any longer. */
    private void clear() {
        for (String oldest = store.due(); oldest != null; oldest = store.due()) {
            Meeting gone = of(oldest);
            store.remove(oldest);
            if (gone != null) {
                leave(gone);
            }
        }
    }

    private void leave(Meeting gone) {
        Asked asked = gone.asked();
        Arrived label = gone.label();
        if (gone.isSettling() && asked != null && label != null) {
            settling.remove(Turn.of(label, gone.settling()));
            exits.learn(new Met(example(asked, label.label()), label));
        } else if (!gone.isDone() && label != null) {
            exits.count(Activity.UNMATCHED);
            exits.refuse(
                    label,
                    Reason.UNMATCHED_LABEL,
                    "no event '" + label.eventId() + "' was scored until the wait was over, " + LabelsSection.WAIT
                            + " and " + LabelsSection.WAIT_BYTES);
        } else if (!gone.isDone()) {
            exits.count(Activity.EXPIRED);
        }
    }

    /** Events and labels that are kept. */
    int size() {
        return store.size();
    }

    /** What they take, bytes. */
    long bytes() {
        return store.bytes();
    }

    private @Nullable Meeting of(String id) {
        byte[] value = store.get(id);
        return value == null ? null : Meeting.decode(id, value);
    }

    private void put(Meeting meeting) {
        store.put(meeting.eventId(), meeting.encode());
    }
}
