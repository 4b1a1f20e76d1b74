package io.credence.stream.topology;

/** What the processors of a graph count. */
public enum Activity {
    /** Records that came on the labelled topic. */
    ARRIVED("labelled-arrived", "Records that came on the labelled topic"),
    /** Labelled events that a model has taken. */
    LEARNED("examples-learned", "Labelled events taken by a model"),
    /** Events that were scored. */
    SCORED("events-scored", "Events that were scored"),
    /** Events whose prediction was uncertain. */
    UNCERTAIN("events-uncertain", "Events whose prediction was uncertain"),
    /** Records that could not be used. */
    DEAD("dead-letters", "Records that became dead letters");

    private final String metric;
    private final String meaning;

    Activity(String metric, String meaning) {
        this.metric = metric;
        this.meaning = meaning;
    }

    /** The name of its metric in the group {@link Names#METRICS_GROUP}. */
    public String metric() {
        return metric;
    }

    /** What it counts, for people. */
    public String meaning() {
        return meaning;
    }
}
