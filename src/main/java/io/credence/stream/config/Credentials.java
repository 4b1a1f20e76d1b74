package io.credence.stream.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Credentials and the addresses that they come with, kept apart: an address is printed in many places, by us and by
 * the libraries below us, and none of them can show what it does not hold.
 */
public final class Credentials {
    private static final String URL = "schema.registry.url";
    private static final String SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String BEARER = "bearer.auth.credentials.source";

    private static final Pattern IN_ADDRESS = Pattern.compile("^(\\w+://)([^/?#]*)@(.*)$");
    private static final Pattern LIKE_CREDENTIALS = Pattern.compile("(\\w+://)\\S*@");
    private static final Pattern QUERY = Pattern.compile("(\\w+://[^\\s?]*\\?)\\S+");

    private Credentials() {}

    /**
     * The same settings with the registry's user and password in {@code basic.auth.user.info} instead of in its address.
     *
     * @throws ConfigException if the addresses come with different credentials
     */
    public static Map<String, Object> apart(Map<String, ?> settings) {
        Map<String, Object> apart = new LinkedHashMap<>(settings);
        Object written = settings.get(URL);
        if (written == null) {
            return apart;
        }
        Set<String> found = new LinkedHashSet<>();
        String addresses =
                addresses(written).map(address -> bare(address, found)).collect(Collectors.joining(","));
        if (found.isEmpty()) {
            return apart;
        }
        if (found.size() > 1) {
            throw new ConfigException(URL + ": the addresses have different users or passwords; leave them out of the"
                    + " addresses and set one " + USER_INFO);
        }
        apart.put(URL, addresses);
        boolean otherwise = settings.containsKey(BEARER)
                || !"URL".equalsIgnoreCase(String.valueOf(settings.containsKey(SOURCE) ? settings.get(SOURCE) : "URL"));
        if (!otherwise) {
            apart.put(SOURCE, "USER_INFO");
            apart.put(USER_INFO, found.iterator().next());
        }
        return apart;
    }

    /** Text as a reader may see it: nothing that looks like credentials within an address. */
    public static String hidden(String text) {
        String bare = LIKE_CREDENTIALS.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(Password.HIDDEN) + "@");
        return QUERY.matcher(bare).replaceAll("$1" + Matcher.quoteReplacement(Password.HIDDEN));
    }

    private static Stream<String> addresses(Object written) {
        List<?> list = written instanceof List<?> many
                ? many
                : Arrays.asList(written.toString().split(","));
        return list.stream().map(address -> address.toString().trim());
    }

    private static String bare(String address, Set<String> found) {
        Matcher parts = IN_ADDRESS.matcher(address);
        if (!parts.matches()) {
            return address;
        }
        found.add(parts.group(2));
        return parts.group(1) + parts.group(3);
    }
}
