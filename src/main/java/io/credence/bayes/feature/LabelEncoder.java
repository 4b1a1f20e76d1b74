package io.credence.bayes.feature;

import io.credence.bayes.feature.Rejection.Reason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns a raw label into the learner's number: the target itself, or the index of its class.
 *
 * @param task what the label is
 * @param classes the class names in index order; may be empty for {@link Task#BINARY}, where then 0/1, true/false and
 *     no/yes are understood, and is not used for regression and counts
 * @param min the least label of a regression, in its own unit; negative infinity if there is none
 * @param max the largest label of a regression; positive infinity if there is none
 */
public record LabelEncoder(Task task, List<String> classes, double min, double max) {
    /**
     * @throws IllegalArgumentException if the number of classes does not fit the task, a class is named twice, or bounds
     *     are given that do not fit the task or each other
     */
    public LabelEncoder {
        if (!(min < max)) {
            throw new IllegalArgumentException("the least label is " + min + " and the largest " + max);
        }
        if (task != Task.REGRESSION && (min > Double.NEGATIVE_INFINITY || max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("only labels of a regression have bounds");
        }
        classes = List.copyOf(classes);
        if (classes.stream().distinct().count() != classes.size()) {
            throw new IllegalArgumentException("a class is named twice: " + classes);
        }
        if (task == Task.MULTICLASS && classes.size() < 2) {
            throw new IllegalArgumentException("a multiclass task needs at least two class names");
        }
        if (task == Task.BINARY && !(classes.isEmpty() || classes.size() == 2)) {
            throw new IllegalArgumentException("a binary task takes two class names, or none for 0/1 and true/false");
        }
    }

    /** Labels without bounds. */
    public LabelEncoder(Task task, List<String> classes) {
        this(task, classes, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * The label as a number.
     *
     * @param raw a number, or text that is one; for classes a name, of a binary task without names 0/1, true/false or
     *     no/yes too; null where it is absent
     * @return the target in its own unit or the index of the class; NaN for null; or why it is none that the task can
     *     have
     */
    public Outcome<Double> encode(@Nullable Object raw) {
        if (raw == null) {
            return Outcome.of(Double.NaN);
        }
        return switch (task) {
            case REGRESSION, COUNT -> number(raw);
            case BINARY, MULTICLASS -> classIndex(raw);
        };
    }

    /**
     * Whether an encoded label is one that this encoder could have made; NaN is not. Bounds do not matter, since a label
     * may be older than they are.
     */
    public boolean accepts(double label) {
        boolean whole = label >= 0 && label == Math.rint(label);
        return Math.abs(label) <= Float.MAX_VALUE
                && switch (task) {
                    case REGRESSION -> true;
                    case COUNT -> whole;
                    case BINARY, MULTICLASS -> whole && label < classCount();
                };
    }

    /** The number of classes; 0 for regression and counts. */
    public int classCount() {
        return task == Task.BINARY ? 2 : task == Task.MULTICLASS ? classes.size() : 0;
    }

    /**
     * The name of a class: its index as text where the classes have no names.
     *
     * @throws IndexOutOfBoundsException if the classes have names and {@code index} is none of them
     */
    public String className(int index) {
        return classes.isEmpty() ? Integer.toString(index) : classes.get(index);
    }

    private Outcome<Double> number(Object raw) {
        double y;
        try {
            y = raw instanceof Number n
                    ? n.doubleValue()
                    : Double.parseDouble(raw.toString().trim());
        } catch (NumberFormatException e) {
            return bad(raw, "a number");
        }
        if (!Double.isFinite(y) || Math.abs(y) > Float.MAX_VALUE) {
            return bad(raw, "a finite number");
        }
        if (y < min || y > max) {
            return bad(raw, bounds());
        }
        return task == Task.COUNT && (y < 0 || y != Math.rint(y)) ? bad(raw, "a whole number from 0") : Outcome.of(y);
    }

    private String bounds() {
        String least = min > Double.NEGATIVE_INFINITY ? " from " + plain(min) : "";
        return "a number" + least + (max < Double.POSITIVE_INFINITY ? " to " + plain(max) : "");
    }

    private static String plain(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    private Outcome<Double> classIndex(Object raw) {
        String name = Values.category(raw);
        int index = classes.indexOf(name);
        if (index < 0 && classes.isEmpty()) {
            index = switch (name.toLowerCase(Locale.ROOT)) {
                case "0", "false", "no" -> 0;
                case "1", "true", "yes" -> 1;
                default -> -1;
            };
        }
        return index < 0
                ? bad(raw, classes.isEmpty() ? "0, 1, true, false, no or yes" : "one of " + classes)
                : Outcome.of((double) index);
    }

    private static Outcome<Double> bad(Object raw, String expected) {
        return Outcome.reject(Reason.BAD_LABEL, "label is " + Values.show(raw) + ", expected " + expected);
    }
}
