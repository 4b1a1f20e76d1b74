package io.credence.bayes.inference;

import java.util.List;

/**
 * The stored form of how much of the past a model believes: the numbers of {@link Rivalry} and {@link Reservoir}, then
 * of each member the events that it stands for, N, and its steps.
 *
 * <p>Eight numbers: evidence of the rival, its weight in predictions, take-overs, how far its outputs lie above those of
 * the champion, events ever offered to the replay, events that its older part is a sample of, slots of its recent part in
 * use, and slots that it has. Then two for each member.
 */
final class Memory {
    static final int HEAD = 8;
    static final int PER_MEMBER = 2;

    private static final int OFFERED = 4;
    private static final int OLDER = 5;
    private static final int RECENT = 6;
    private static final int WINDOW = 7;

    private Memory() {}

    static int length(int members) {
        return HEAD + PER_MEMBER * members;
    }

    /** Events that a member stands for. */
    static double events(double[] stored, int member) {
        return stored[HEAD + PER_MEMBER * member];
    }

    /** Steps that a member has taken. */
    static long steps(double[] stored, int member) {
        return (long) stored[HEAD + PER_MEMBER * member + 1];
    }

    /** The stored form. */
    static double[] of(Rivalry rivalry, Reservoir replay, List<Member> members) {
        double[] out = new double[length(members.size())];
        rivalry.store(out);
        Reservoir.Counts counts = replay.counts();
        out[OFFERED] = counts.offered();
        out[OLDER] = counts.older();
        out[RECENT] = counts.recent();
        out[WINDOW] = replay.window();
        for (int k = 0; k < members.size(); k++) {
            out[HEAD + PER_MEMBER * k] = members.get(k).memory();
            out[HEAD + PER_MEMBER * k + 1] = members.get(k).steps();
        }
        return out;
    }

    /** Slots that the recent part of the replay had. */
    static int window(double[] stored) {
        return (int) stored[WINDOW];
    }

    /** The counts of the replay. */
    static Reservoir.Counts counts(double[] stored) {
        return new Reservoir.Counts((long) stored[OFFERED], (long) stored[OLDER], (int) stored[RECENT]);
    }
}
