package io.credence.tool.evaluate;

import java.util.regex.Pattern;

/** Column names in the form that a feature list can spell. */
public final class ColumnNames {
    private static final Pattern FOREIGN = Pattern.compile("[^\\p{L}\\p{N}_ .-]");
    private static final Pattern START = Pattern.compile("[\\p{L}_].*");

    private ColumnNames() {}

    /**
     * The name with every foreign character replaced by an underscore, one put before a leading digit; a column without
     * a name is called by its position, c0, c1, ….
     */
    public static String usable(String name, int position) {
        String clean = FOREIGN.matcher(name.strip()).replaceAll("_");
        if (clean.isEmpty()) {
            return "c" + position;
        }
        return START.matcher(clean).matches() ? clean : "_" + clean;
    }
}
