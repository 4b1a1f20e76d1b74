package io.credence.bayes.inference;

/** Refusals of settings that no model can have; each message names the setting, its value and what is allowed. */
final class Settings {
    private Settings() {}

    static void atLeast(String setting, double value, double least) {
        if (!(value >= least) || Double.isInfinite(value)) {
            throw refused(setting, value, "at least " + shown(least));
        }
    }

    static void above(String setting, double value, double bound) {
        if (!(value > bound) || Double.isInfinite(value)) {
            throw refused(setting, value, "a finite number above " + shown(bound));
        }
    }

    static IllegalArgumentException refused(String setting, Object value, String allowed) {
        return new IllegalArgumentException(
                setting + " is " + (value instanceof Double d ? shown(d) : value) + ", must be " + allowed);
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
