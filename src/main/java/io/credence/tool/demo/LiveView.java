package io.credence.tool.demo;

import java.io.PrintStream;
import java.util.Locale;

/** The demo as text: a block that is redrawn in place on a terminal, a line for each look elsewhere. One thread. */
final class LiveView {
    private static final String BACK_AND_CLEAR = "\u001b[%dA\u001b[J";

    /** A terminal that is too narrow cuts our lines: wrapped ones would be more than we go back over. */
    private static final String CUT = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    /** Beyond any label: the end of a band before the first one was learned. */
    private static final double LARGEST = 1e300;

    private final PrintStream out;
    private final boolean terminal;
    private final int hours;
    private int drawn;

    LiveView(PrintStream out, boolean terminal, int hours) {
        this.out = out;
        this.terminal = terminal;
        this.hours = hours;
    }

    /** Milliseconds between two looks. */
    long periodMs() {
        return terminal ? 250 : 2000;
    }

    /** Shows one moment. */
    void show(DemoStatus status, double seconds) {
        if (terminal) {
            String block = block(status, seconds);
            String back = drawn == 0 ? "" : BACK_AND_CLEAR.formatted(drawn);
            out.print(back + CUT + block + WRAP);
            drawn = (int) block.lines().count();
        } else {
            out.println(line(status, seconds));
        }
        out.flush();
    }

    /** One moment on one line. */
    static String line(DemoStatus status, double seconds) {
        return String.format(
                Locale.ROOT,
                "%6.1f s  scored %,6d  trained %,6d  %s  alerts %d  dead letters %d%s",
                seconds,
                status.scored(),
                status.trained(),
                quality(status.learned()),
                status.alerts(),
                status.deadLetters(),
                status.latest().isEmpty()
                        ? ""
                        : "  last "
                                + prediction(status.latest().get(status.latest().size() - 1)));
    }

    private String block(DemoStatus status, double seconds) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "Credence demo: UCI Bike Sharing, %.1f s%n", seconds))
                .append(String.format(
                        Locale.ROOT,
                        "  scored   %,7d of %,d hours      alerts       %d%n",
                        status.scored(),
                        hours,
                        status.alerts()))
                .append(String.format(
                        Locale.ROOT,
                        "  trained  %,7d of %,d hours      dead letters %d%n",
                        status.trained(),
                        hours,
                        status.deadLetters()))
                .append("  ")
                .append(quality(status.learned()).replace("), ", ")" + System.lineSeparator() + "  "))
                .append(System.lineSeparator());
        for (LabelJoin.Served served : status.latest()) {
            text.append("  ").append(prediction(served)).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String quality(PublishedMetrics.Sums learned) {
        return learned.n() == 0
                ? "prequential RMSE not yet"
                : String.format(
                        Locale.ROOT,
                        "prequential RMSE %.1f (running mean %.1f, last value %.1f), 95 %% band covers %.1f %%",
                        learned.rmse(),
                        learned.runningMeanRmse(),
                        learned.lastValueRmse(),
                        100 * learned.coverage());
    }

    private static String band(LabelJoin.Served s) {
        return s.upper() > LARGEST
                ? "nothing known yet"
                : String.format(Locale.ROOT, "%.0f in [%.0f, %.0f]", s.mean(), s.lower(), s.upper());
    }

    private static String prediction(LabelJoin.Served s) {
        return String.format(
                Locale.ROOT,
                "%s:00  %s, was %.0f%s",
                s.id().replace('T', ' '),
                band(s),
                s.label(),
                s.uncertain() ? "  UNCERTAIN" : "");
    }
}
