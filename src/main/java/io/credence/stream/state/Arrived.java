package io.credence.stream.state;

/**
 * A label that came later.
 *
 * @param eventId of the event that it is of
 * @param label in target units, or the index of the class
 * @param time of the label, milliseconds since the epoch
 * @param settles the time by which it settles: its own, or that of the first that it replaces
 * @param raw the record that brought it
 */
public record Arrived(String eventId, double label, long time, long settles, RawRecord raw) {
    /** A label that replaces none. */
    public Arrived(String eventId, double label, long time, RawRecord raw) {
        this(eventId, label, time, time, raw);
    }

    /** The same in the place of another. */
    public Arrived inPlaceOf(Arrived other) {
        return new Arrived(eventId, label, time, other.settles, raw);
    }
}
