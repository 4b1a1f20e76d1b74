package io.credence.bayes.alert;

import java.util.EnumSet;

/**
 * When unusual events become an episode that fires, and when it is over. All times are event times, milliseconds.
 *
 * @param forMs how long events have to raise before it fires; 0 for at once
 * @param forEvents how many events have to raise before it fires, at least 1
 * @param keepFiringMs how long after the last event that raised it goes on at least
 * @param keepFiringEvents how many events have to clear, with none that raises between, before it is over, at least 1
 * @param cooldownMs how long after the end of one that fired no other fires
 * @param deviationMin least difference of label and expected value of a far label, in the label's unit
 * @param relativeMin the same as a share of the expected value
 * @param above whether a far label may lie above the expected value
 * @param below whether it may lie below
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

    /** How long it takes at least until a stream that says nothing has stopped. */
    long rest(double atLeastMs) {
        return Math.max(Math.max(Turn.REST_MS, keepFiringMs), (long) atLeastMs);
    }

    /**
     * The notice as these rules see it: a far label that is not far enough, or on the other side, is none. What many
     * events show, or repeated values, is judged by that alone: the last of them need not be far.
     */
    Notice judged(Notice notice) {
        double deviation = notice.actual() - notice.expected();
        if (!notice.questions().contains(Question.SURPRISING) || Double.isNaN(deviation)) {
            return notice;
        }
        boolean asked = deviation >= 0 ? above : below;
        boolean large =
                Math.abs(deviation) >= deviationMin && Math.abs(deviation) >= relativeMin * Math.abs(notice.expected());
        if (asked && large) {
            return notice;
        }
        EnumSet<Question> others = EnumSet.copyOf(notice.questions());
        others.remove(Question.SURPRISING);
        return notice.with(others);
    }
}
