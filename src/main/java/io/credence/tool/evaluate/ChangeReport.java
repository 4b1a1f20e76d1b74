package io.credence.tool.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.inference.Change;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The changes of the stream that a learner told of, as lines for people and as JSON. */
final class ChangeReport {
    private static final int NAMED = 3;
    private static final double WORTH_NAMING = 0.05;

    private ChangeReport() {}

    /** A line for each change; none without one. */
    static List<String> lines(List<Change> changes) {
        return changes.stream().map(ChangeReport::line).toList();
    }

    private static String line(Change change) {
        boolean inputs = change.cause() == Change.Cause.INPUTS;
        String named = change.cause() == Change.Cause.NOISE
                ? ""
                : change.inputs().stream()
                        .filter(i -> (inputs ? i.share() : i.relation()) >= WORTH_NAMING)
                        .limit(NAMED)
                        .map(i -> String.format(
                                Locale.ROOT, "%s %.0f %%", i.feature(), 100 * (inputs ? i.share() : i.relation())))
                        .collect(Collectors.joining(", ", ": ", ""));
        return String.format(
                Locale.ROOT,
                "change of the %s in events %d to %d%s; evidence %.1f, loss %s to %s",
                change.cause().name().toLowerCase(Locale.ROOT),
                change.firstEvent(),
                change.lastEvent(),
                named,
                change.evidence(),
                TableReport.number(change.lossBefore()),
                TableReport.number(change.lossAfter()));
    }

    /** An object for each change. */
    static void put(ArrayNode json, List<Change> changes) {
        for (Change change : changes) {
            ObjectNode one = json.addObject();
            one.put("cause", change.cause().name().toLowerCase(Locale.ROOT));
            one.put("evidence", change.evidence());
            one.put("firstEvent", change.firstEvent());
            one.put("lastEvent", change.lastEvent());
            one.put("firstTime", change.firstTime());
            one.put("lastTime", change.lastTime());
            one.put("lossBefore", change.lossBefore());
            one.put("lossAfter", change.lossAfter());
            one.put("level", change.level());
            ArrayNode inputs = one.putArray("inputs");
            for (Change.Input input : change.inputs()) {
                inputs.addObject()
                        .put("feature", input.feature())
                        .put("moved", input.moved())
                        .put("spread", input.spread())
                        .put("share", input.share())
                        .put("relation", input.relation());
            }
        }
    }
}
