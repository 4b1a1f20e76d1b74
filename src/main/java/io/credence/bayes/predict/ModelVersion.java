package io.credence.bayes.predict;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a model, written {@code epoch/step}; a later one is greater.
 *
 * @param epoch rises with import, reset, rollback and forget, from 0
 * @param step updates applied within the epoch, from 0
 */
public record ModelVersion(long epoch, long step) implements Comparable<ModelVersion> {
    /** The version of a model that has learned nothing: its prior. */
    public static final ModelVersion PRIOR = new ModelVersion(0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})/(\\d{1,18})");
    private static final Comparator<ModelVersion> ORDER =
            Comparator.comparingLong(ModelVersion::epoch).thenComparingLong(ModelVersion::step);

    /**
     * The version in its text form.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static ModelVersion parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("a version is EPOCH/STEP, as in 0/1200");
        }
        return new ModelVersion(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)));
    }

    /** Whether this version came after another. */
    public boolean isAfter(ModelVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(ModelVersion other) {
        return ORDER.compare(this, other);
    }

    /** The text form, {@code epoch/step}. */
    @Override
    public String toString() {
        return epoch + "/" + step;
    }
}
