package io.credence.tool.demo;

/**
 * What one run of the demo came to; the fields of its JSON object, in order.
 *
 * @param scored records on the scored topic
 * @param trained labelled hours that the published model has learned
 * @param deadLetters records on the dead-letter topic
 * @param alerts episodes that began to fire
 * @param rmse prequential in the learner, last half of the stream
 * @param lastValueRmse of predicting the previous hour's label, same hours
 * @param servedRmse of the predictions on the scored topic, last half of the hours
 * @param coverage95 share of labels inside the served 95 % band, same hours
 * @param seconds since the start of the program
 */
public record DemoResult(
        long scored,
        long trained,
        long deadLetters,
        long alerts,
        double rmse,
        double lastValueRmse,
        double servedRmse,
        double coverage95,
        double seconds) {}
