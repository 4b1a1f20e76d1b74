package io.credence.bayes.alert;

/**
 * When unusual events become an episode that fires, and when it is over. All times are event times, milliseconds.
 *
 * @param forMs how long events have to raise before it fires; 0 for at once
 * @param forEvents how many events have to raise before it fires, at least 1
 * @param keepFiringMs how long after the last event that raised it goes on at least
 * @param keepFiringEvents how many events have to clear, with none that raises between, before it is over, at least 1
 * @param cooldownMs how long after the end of one that fired no other fires
 * @param deviationMin least difference of label and expected value that surprises, in the label's unit
 * @param relativeMin the same as a share of the expected value
 * @param above whether a label above the expected value may surprise
 * @param below whether one below it may
 * @param silenceMs how long no event has to come before silence fires; {@link #LEARNED}, or 0 for never
 */
public record AlertRules(
        long forMs,
        long forEvents,
        long keepFiringMs,
        long keepFiringEvents,
        long cooldownMs,
        double deviationMin,
        double relativeMin,
        boolean above,
        boolean below,
        long silenceMs) {
    /** For {@code silenceMs}: several times the longest time between events of late. */
    public static final long LEARNED = -1;

    /** Fires at once, is over after five events that clear, and never for silence. */
    public static final AlertRules USUAL = new AlertRules(0, 1, 0, 5, 0, 0, 0, true, true, 0);

    /** The notice as these rules see it: a surprise that is too small, or of the other direction, is none. */
    Notice judged(Notice notice) {
        double deviation = notice.actual() - notice.expected();
        if (!notice.questions().contains(Question.SURPRISING) || Double.isNaN(deviation)) {
            return notice;
        }
        boolean asked = deviation >= 0 ? above : below;
        boolean large =
                Math.abs(deviation) >= deviationMin && Math.abs(deviation) >= relativeMin * Math.abs(notice.expected());
        return asked && large ? notice : notice.without(Question.SURPRISING);
    }
}
