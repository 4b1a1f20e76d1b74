package io.credence.tool.csv;

import java.util.function.Predicate;

/** A text some of whose lines are made blank: they are no rows then, and the others keep their numbers. */
final class Lines {
    private String text;
    private int start;

    Lines(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The first line that is not blank, of those not skipped. */
    String first() {
        skipBlank();
        return text.substring(start, end(start));
    }

    void skip(int lines) {
        for (int i = 0; i < lines && start < text.length(); i++) {
            blankOut();
        }
    }

    /** Skips lines at the beginning, and blank ones between them; returns how many were not blank. */
    int skipWhile(Predicate<String> what) {
        int skipped = 0;
        while (what.test(first().strip()) && start < text.length()) {
            blankOut();
            skipped++;
        }
        return skipped;
    }

    /** Leaves out every line that begins so. */
    void leaveOut(String prefix) {
        StringBuilder kept = new StringBuilder(text.length());
        text.lines().forEach(line -> kept.append(line.stripLeading().startsWith(prefix) ? "" : line)
                .append('\n'));
        text = kept.toString();
    }

    private void skipBlank() {
        while (start < text.length() && text.substring(start, end(start)).isBlank()) {
            start = Math.min(text.length(), end(start) + 1);
        }
    }

    private void blankOut() {
        int end = end(start);
        text = text.substring(0, start) + text.substring(end);
        start = Math.min(text.length(), start + 1);
    }

    private int end(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
