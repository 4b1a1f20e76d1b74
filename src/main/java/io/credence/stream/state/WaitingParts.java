package io.credence.stream.state;

import java.util.List;

/** The parts of one model's command that have arrived, in order, while the last one has not. */
public interface WaitingParts {
    /** The parts. */
    List<RawRecord> all();

    /** Adds one. */
    void add(RawRecord part);

    /** Forgets them all. */
    void clear();
}
