package io.credence.bayes.feature;

import io.credence.bayes.feature.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a feature list asks of the past of a series: which fields have to be remembered, and how many events. Immutable. */
public final class PastPlan {
    /** Events that are remembered beyond what a function needs, since labels and events come late. */
    private static final int SLACK = 64;
    /** Events that are remembered at least where a function asks for a time. */
    private static final int TIMED = 1024;

    private final List<PastFunction> functions;
    private final List<String> fields;
    private final int[] placed;
    private final int delay;
    private final Horizon horizon;

    private PastPlan(List<FeatureSpec> specs, int delay, Horizon horizon) {
        this.delay = delay;
        this.horizon = horizon;
        List<PastFunction> found = new ArrayList<>();
        placed = new int[specs.size()];
        for (int i = 0; i < placed.length; i++) {
            boolean past = specs.get(i).kind() == FeatureSpec.Kind.PAST;
            placed[i] = past ? found.size() : -1;
            if (past) {
                found.add(PastFunction.one(specs.get(i).field()));
            }
        }
        functions = List.copyOf(found);
        fields = functions.stream()
                .map(PastFunction::field)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** What these features ask for. */
    public static PastPlan of(List<FeatureSpec> specs) {
        return of(specs, 0);
    }

    /**
     * What these features ask for, where labels come late.
     *
     * @param delay events of a series between one and its label, at least 0: for as many more are events remembered
     */
    public static PastPlan of(List<FeatureSpec> specs, int delay) {
        return of(specs, delay, Horizon.NEXT);
    }

    /**
     * What these features ask for, where labels are predicted some way ahead.
     *
     * @param horizon the labels of nearer events are not told
     */
    public static PastPlan of(List<FeatureSpec> specs, int delay, Horizon horizon) {
        return new PastPlan(specs, delay, horizon);
    }

    /** How many functions there are. */
    public int size() {
        return functions.size();
    }

    /** Whether nothing is asked. */
    public boolean empty() {
        return functions.isEmpty();
    }

    /** The fields that have to be remembered, in the order in which they are. */
    public List<String> fields() {
        return fields;
    }

    /** Whether some function is of the label. */
    public boolean asksLabels() {
        return functions.stream()
                .anyMatch(function -> function.field() == null && function.name() != PastFunction.Name.COUNT);
    }

    /** How many events of a series are remembered. */
    public int capacity() {
        int needed = functions.stream().mapToInt(PastPlan::needed).max().orElse(0);
        return asksLabels() ? needed + Math.max(delay, ahead()) : needed;
    }

    /** How many more labels are not told than the last: where the horizon is a time, as many events as windows of time have. */
    private int ahead() {
        return horizon.millis() > 0 ? TIMED : horizon.events() - 1;
    }

    private static int needed(PastFunction function) {
        int reach = function.name() == PastFunction.Name.EWMA ? Recall.HALF_LIVES : 1;
        return function.events() > 0 ? 2 * reach * function.events() + SLACK : TIMED;
    }

    /** A function that is never told anything, as the horizon lies beyond all that it asks for; empty if there is none. */
    public Optional<String> blinded() {
        return functions.stream()
                .filter(function -> function.field() == null && horizon.blinds(function))
                .map(PastFunction::text)
                .findFirst();
    }

    Horizon horizon() {
        return horizon;
    }

    List<PastFunction> functions() {
        return functions;
    }

    /** Whether a feature is one of the past. */
    public boolean asks(int feature) {
        return placed[feature] >= 0;
    }

    /**
     * The remembered fields of an event as numbers, NaN where one is missing.
     *
     * @param raw the value of field i of {@link #fields()}, of the types that a {@link FeatureEncoder} takes
     * @return or the first that is no number, or not finite
     */
    public Outcome<double[]> read(ValueSource raw) {
        double[] values = new double[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = raw.get(i);
            if (value == null) {
                values[i] = Double.NaN;
                continue;
            }
            values[i] = ColumnEncoder.number(value);
            boolean missing = value instanceof Number && Double.isNaN(values[i]);
            if (!missing && !(Math.abs((float) values[i]) <= Float.MAX_VALUE)) {
                return Outcome.reject(
                        Reason.BAD_FEATURE,
                        "feature '" + fields.get(i) + "' is " + Values.show(value) + ", expected a finite number");
            }
        }
        return Outcome.of(values);
    }

    /** The remembered fields of an event that is given by names, as {@link FeatureEncoder#encode(Map)} finds them. */
    public Outcome<double[]> read(Map<String, ?> event) {
        return read((ValueSource) i -> FeatureEncoder.at(event, fields.get(i)));
    }

    /**
     * The values of all features: those of the past as recalled, the others as they come.
     *
     * @param recalled what {@link SeriesMemory#recall} returned
     */
    public ValueSource with(double[] recalled, ValueSource others) {
        return i -> value(recalled, others, i);
    }

    private @Nullable Object value(double[] recalled, ValueSource others, int feature) {
        return placed[feature] < 0 ? others.get(feature) : (Object) recalled[placed[feature]];
    }
}
