package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;

/**
 * The names of the nodes and stores of one model's graph: part of the contract, because changelog topics are named after
 * stores. Stores and nodes begin with the prefix and a hyphen, if there is one.
 *
 * @param prefix tells the graphs of one application apart; empty for a single one
 */
public record Names(String prefix) {
    /** Group of every metric of ours in JMX: {@code kafka.streams:type=credence,…}. */
    public static final String METRICS_GROUP = "credence";

    /** The names of a configuration's graph: {@link CredenceConfig#prefix}. */
    public static Names of(CredenceConfig config) {
        return new Names(config.prefix());
    }

    /** Checkpoints of the learners and what was published last. */
    public String learnerState() {
        return name("learner-state");
    }

    /** The redo log: examples since the checkpoint, the half-filled minibatch among them. */
    public String learnerRing() {
        return name("learner-ring");
    }

    /** The replay reservoirs. */
    public String learnerReservoir() {
        return name("learner-reservoir");
    }

    /** Events that wait for their prediction. */
    public String scorePending() {
        return name("score-pending");
    }

    /** For each model the last version used. */
    public String scoreMarks() {
        return name("score-marks");
    }

    /** The latest events of each series. */
    public String seriesMemory() {
        return name("series-memory");
    }

    /** The episodes of each model. */
    public String episodesState() {
        return name("episodes-state");
    }

    /** The chunks of the published models, on every instance. */
    public String posteriorsGlobal() {
        return name("posteriors-global");
    }

    /** Events and labels that wait for each other. */
    public String joinWaiting() {
        return name("join-waiting");
    }

    /** The events that were let through. */
    public String seenEvents() {
        return name("seen-events");
    }

    /** Source of the labelled topic. */
    String labelled() {
        return name("labelled");
    }

    /** Source of the unlabelled topic, where that is another one. */
    String unlabelled() {
        return name("unlabelled");
    }

    /** Source of the events by series. */
    String series() {
        return name("series");
    }

    /** Source of the training log. */
    String training() {
        return name("training");
    }

    /** Source of the published models. */
    String posteriors() {
        return name("posteriors");
    }

    /** Source of what is told of events. */
    String notices() {
        return name("notices");
    }

    String episodes() {
        return name("episodes");
    }

    String readLabelled() {
        return name("read-labelled");
    }

    String readUnlabelled() {
        return name("read-unlabelled");
    }

    String remember() {
        return name("remember");
    }

    String learn() {
        return name("learn");
    }

    String score() {
        return name("score");
    }

    String keepPosteriors() {
        return name("keep-posteriors");
    }

    /** Source of the labels that come later. */
    String labels() {
        return name("labels");
    }

    /** Source of what waits. */
    String waiting() {
        return name("waiting");
    }

    /** Source of the input's records by event id. */
    String events() {
        return name("events");
    }

    String deduplicate() {
        return name("deduplicate");
    }

    /** What sends the records of an input on by event id. */
    String keyOf(LabelRule rule) {
        return name(rule == LabelRule.IGNORED ? "key-unlabelled" : "key-labelled");
    }

    /** Where that sends them. */
    String toEventsOf(LabelRule rule) {
        return name(rule == LabelRule.IGNORED ? "unlabelled-to-events" : "labelled-to-events");
    }

    String readLabels() {
        return name("read-labels");
    }

    /** Source of what is said of alerts. */
    String feedback() {
        return name("feedback");
    }

    String readFeedback() {
        return name("read-feedback");
    }

    String feedbackToTraining() {
        return name("feedback-to-training");
    }

    String join() {
        return name("join");
    }

    String toWaiting() {
        return name("to-waiting");
    }

    String labelsToWaiting() {
        return name("labels-to-waiting");
    }

    String joinToTraining() {
        return name("join-to-training");
    }

    String toTraining() {
        return name("to-training");
    }

    String toPosteriors() {
        return name("to-posteriors");
    }

    String toChanges() {
        return name("to-changes");
    }

    String toMetrics() {
        return name("to-metrics");
    }

    String toScored() {
        return name("to-scored");
    }

    String toAlerts() {
        return name("to-alerts");
    }

    /** The sink of a reader for events by series: each has its own, as for dead letters. */
    String toSeriesOf(String processor) {
        return "to-series-of-" + processor;
    }

    /** The dead-letter sink of a processor: each has its own, so that their sub-topologies stay apart. */
    String deadLettersOf(String processor) {
        return "dead-letters-of-" + processor;
    }

    /** The sink of what a processor tells of events: each has its own, for the same reason. */
    String noticesOf(String processor) {
        return "notices-of-" + processor;
    }

    private String name(String plain) {
        return prefix.isEmpty() ? plain : prefix + "-" + plain;
    }
}
