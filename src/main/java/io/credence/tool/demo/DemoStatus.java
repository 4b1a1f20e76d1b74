package io.credence.tool.demo;

import java.util.List;

/**
 * The demo at one moment.
 *
 * @param scored records on the scored topic
 * @param surplus scored records of an hour that had been scored before, or of no known hour
 * @param trained labelled hours that the published model has learned
 * @param learned the learner's prequential sums
 * @param alerts episodes that began to fire
 * @param deadLetters records on the dead-letter topic
 * @param latest predictions, oldest first
 */
record DemoStatus(
        long scored,
        long surplus,
        long trained,
        PublishedMetrics.Sums learned,
        long alerts,
        long deadLetters,
        List<LabelJoin.Served> latest) {}
