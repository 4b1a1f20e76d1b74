package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String URL = "schema.registry.url";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String SOURCE = "basic.auth.credentials.source";

    @ParameterizedTest
    @CsvSource({
        "http://u:hush@a:8081, http://a:8081, u:hush",
        "https://u:h%40us@a/path, https://a/path, u:h%40us",
        "http://u:hu@sh@a:8081, http://a:8081, u:hu@sh",
        "http://token@a, http://a, token"
    })
    void shouldMoveCredentialsOutOfTheAddressWhenTheyStandInIt(String written, String address, String userInfo) {
        Map<String, Object> apart = Credentials.apart(Map.of(URL, written));

        assertEquals(Map.of(URL, address, SOURCE, "USER_INFO", USER_INFO, userInfo), apart);
    }

    @Test
    void shouldMoveThemOutOfEachAddressWhenThereAreSeveral() {
        Map<String, Object> apart = Credentials.apart(Map.of(URL, List.of("http://u:hush@a", "http://u:hush@b")));

        assertEquals("http://a,http://b", apart.get(URL));
        assertEquals("u:hush", apart.get(USER_INFO));
    }

    @Test
    void shouldKeepTheUsersSourceOfCredentialsWhenItIsNotTheAddress() {
        Map<String, Object> apart =
                Credentials.apart(Map.of(URL, "http://u:hush@a", SOURCE, "USER_INFO", USER_INFO, "v:other"));

        assertEquals(Map.of(URL, "http://a", SOURCE, "USER_INFO", USER_INFO, "v:other"), apart);
    }

    @Test
    void shouldRefuseWithoutShowingThemWhenAddressesDiffer() {
        ConfigException e = assertThrows(
                ConfigException.class, () -> Credentials.apart(Map.of(URL, "http://u:hush@a,http://u:hash@b")));

        assertFalse(e.getMessage().matches(".*(hush|hash).*"), e.getMessage());
    }

    @Test
    void shouldLeaveSettingsAsTheyAreWhenTheAddressIsBare() {
        Map<String, Object> settings = Map.of(URL, "http://a:8081/x@y", "other", 1);

        assertEquals(settings, Credentials.apart(settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:hush@a:8081",
                "cannot reach http://u:hush@a, http://u:hush@b",
                "http://u:hu/hush@a",
                "SASL_SSL://u:hush@broker:9092 is no address",
                "https://a/?key=hush&x=hush",
                "jdbc:x://hush@a"
            })
    void shouldShowNoneWhenTextHoldsAnAddress(String text) {
        assertFalse(Credentials.hidden(text).contains("hush"), Credentials.hidden(text));
    }

    @Test
    void shouldShowTextAsItIsWhenItHoldsNoCredentials() {
        String text = "http://a:8081/path, mail to x@y";

        assertEquals(text, Credentials.hidden(text));
    }

    @Test
    void shouldHoldNoCredentialsInAnyAddressWhenTheConfigurationIsRead() {
        CredenceConfig config = CredenceConfig.of(Settings.with(URL, "http://u:hush@a:8081"));

        assertEquals("http://a:8081", config.serde().get(URL));
        assertEquals("u:hush", config.serde().get(USER_INFO));
        assertFalse(config.masked().toString().contains("hush"));
    }
}
