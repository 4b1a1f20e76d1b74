package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureSpec.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "temp; temp:numeric",
                "wind?:numeric; wind?:numeric",
                "wind?; wind?:numeric",
                "' user.city : HASH( 16 ) '; user.city:hash(16)",
                "weather:onehot(clear, light rain,3); weather:onehot(clear,light rain,3)",
                "hour:cyclic(24,3); hour:cyclic(24,3)",
                "at:time(hour,weekday); at:time(hour,weekday)",
                "größe:boolean; größe:boolean",
                "x_1-a.b c:numeric; x_1-a.b c:numeric",
                "9a; 9a:numeric",
                "load<20; load<20:numeric",
                "'\"wind (m/s)\"?'; '\"wind (m/s)\"?:numeric'",
                "'\"a\"\"b:c\":hash(2)'; '\"a\"\"b:c\":hash(2)'",
                "'\"plain\"'; plain:numeric",
                "at:time(hour,Europe/Berlin); at:time(hour,Europe/Berlin)",
                "' LAG( label , 24 ) '; lag(label,24)",
                "lag(label,1,arrived); lag(label,1,arrived)",
                "mean(temp, 24 h); mean(temp,24h)",
                "'mean(\"wind (m/s)\",24)'; 'mean(\"wind (m/s)\",24)'",
                "'delta(\"label\")?'; 'delta(\"label\")'",
                "'ewma(\"user.temp\",90min)'; 'ewma(user.temp,90min)'",
                "count(1h); count(1h)",
                "since(label); since(label)"
            })
    void shouldParseAndPrintCanonicallyWhenWrittenByAUser(String text, String canonical) {
        FeatureSpec spec = FeatureSpec.parse(text);
        assertEquals(canonical, spec.toString());
        assertEquals(spec, FeatureSpec.parse(canonical));
    }

    @Test
    void shouldParseInLinearTimeWhenAListIsLong() {
        String list = IntStream.range(0, 200_000)
                .mapToObj(i -> "x" + i + ":onehot(a,b)")
                .collect(Collectors.joining(","));

        assertEquals(200_000, FeatureSpec.parseList(list).size());
    }

    @Test
    void shouldKeepCommasInsideParenthesesWhenAListIsParsed() {
        assertEquals(
                List.of(
                        FeatureSpec.numeric("a"),
                        new FeatureSpec("b", Kind.ONEHOT, List.of("x", "y"), true),
                        new FeatureSpec("c", Kind.CYCLIC, List.of("24", "2"), false)),
                FeatureSpec.parseList(" a, b?:onehot(x,y),, c:cyclic(24,2) "));
    }

    @Test
    void shouldMakeAFeatureOfEachStepWhenAListHasFunctionsOfThePast() {
        assertEquals(
                List.of(
                        "a:numeric",
                        "lag(label,1)",
                        "lag(label,24)",
                        "mean(\"b,)\",24)",
                        "mean(\"b,)\",2h)",
                        "c?:numeric"),
                FeatureSpec.parseList("a, lag(label, 1,24), mean(\"b,)\",24,2h)? , c?").stream()
                        .map(FeatureSpec::toString)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lag(label); is no function of the past",
                "lag(label,0); is no function of the past",
                "lag(label,1h); is no function of the past",
                "lag(label,1,sometimes); is no function of the past",
                "lag(label,20000); is no function of the past",
                "mean(label); is no function of the past",
                "mean(label,24y); is no function of the past",
                "count(24); is no function of the past",
                "delta(x,2); is no function of the past",
                "lag(label,1,2); stands for 2 features",
                "lag(label,1):hash(2); is not of the form"
            })
    void shouldSayWhatIsWrongWhenTheTextIsNoFunctionOfThePast(String text, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> FeatureSpec.parse(text));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; is not of the form",
                "a b(c); is not of the form",
                "a:; is not of the form",
                "a:quantile; unknown kind 'quantile'",
                "a:numeric(1); takes no argument",
                "a:onehot; distinct categories",
                "a:onehot(x,x); distinct categories",
                "a:hash; buckets",
                "a:hash(0); buckets",
                "a:hash(0.5); buckets",
                "a:hash(2.5); buckets",
                "a:hash(70000); buckets",
                "a:hash(many); buckets",
                "a:cyclic; positive period",
                "a:cyclic(-1); positive period",
                "a:cyclic(NaN); positive period",
                "a:cyclic(24,0); positive period",
                "a:cyclic(24,0.5); positive period",
                "a:cyclic(24,1e9); positive period",
                "a:cyclic(24,1,2); positive period",
                "a:time; parts out of",
                "a:time(hour,decade); parts out of",
                "a:time(hour,hour); parts out of",
                "a:time(Europe/Berlin); parts out of",
                "a:time(hour,Europe/Atlantis); parts out of",
                "a:time(hour,Europe/Berlin,Asia/Tokyo); parts out of",
                "a:past; unknown kind 'past'"
            })
    void shouldSayWhatIsWrongWhenTheTextIsNotAFeature(String text, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> FeatureSpec.parse(text));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().startsWith("feature '" + (text.contains(":") ? "a" : text)), e.getMessage());
    }
}
