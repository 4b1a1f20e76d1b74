package io.credence.tool.evaluate;

import io.credence.bayes.inference.LearnerState;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What to look at during a pass, besides its score.
 *
 * @param last share of the usable events, at the end, to be measured on its own as well; 0 for none
 * @param window rows of a window; 0 for none
 * @param windows told of each window as it closes
 * @param rows told of every prediction, in the order of the rows tested
 * @param learned told of the state at the end
 * @param progress told of events as they are done
 */
public record Watch(
        double last,
        int window,
        Consumer<Windows.Window> windows,
        Consumer<Measured> rows,
        Consumer<LearnerState> learned,
        LongConsumer progress) {
    /** The score alone. */
    public static Watch nothing() {
        return new Watch(0, 0, window -> {}, row -> {}, state -> {}, events -> {});
    }
}
