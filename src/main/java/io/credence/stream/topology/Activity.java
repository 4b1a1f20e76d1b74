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
    /** Labels that came apart from their event. */
    LABELS("labels-arrived", "Labels that came on the labels topic"),
    /** Events and labels that have met. */
    MATCHED("labels-matched", "Labels that met their event"),
    /** Labels that another has replaced before they were learned. */
    CORRECTED("labels-corrected", "Labels that another replaced in time"),
    /** Labels of events that were learned. */
    SECOND("labels-second", "Further labels of events that were learned"),
    /** Events that nobody labelled in time. */
    EXPIRED("events-expired", "Events whose wait for a label was over"),
    /** Labels whose event did not come in time. */
    UNMATCHED("labels-unmatched", "Labels whose wait for their event was over"),
    /** Events that came again. */
    REPEATED("events-repeated", "Records that were the same event again"),
    /** Episodes of unusual events that began to fire, silences among them. */
    FIRED("episodes-fired", "Episodes of unusual events that began to fire"),
    /** What was said of alerts, and heeded. */
    HEEDED("feedback-heeded", "Records of the feedback topic that became commands"),
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
