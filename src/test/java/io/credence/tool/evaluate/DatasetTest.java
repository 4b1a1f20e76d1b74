package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.tool.csv.CsvTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatasetTest {
    private static final LabelEncoder REAL = new LabelEncoder(Task.REGRESSION, List.of());

    @Test
    void shouldEncodeInFileOrderWhenRowsAreGood() {
        CsvTable table = Tables.of("sky,x,y", List.of("clear,1.5,10", "rain,,20"));
        List<Observation> events =
                dataset(table, "sky:onehot(clear,rain),x?", REAL, null).all().events();
        assertArrayEquals(new double[] {1, 0, 1.5, 0}, events.get(0).features().values());
        assertArrayEquals(
                new double[] {0, 1, Double.NaN, 1}, events.get(1).features().values());
        assertEquals(
                List.of(10.0, 20.0), events.stream().map(Observation::label).toList());
        assertEquals(
                List.of(0L, 1L), events.stream().map(Observation::timestamp).toList());
        assertEquals("row-1", events.get(1).eventId());
    }

    @Test
    void shouldMatchCategoriesWhenNumbersAreWrittenDifferently() {
        CsvTable table = Tables.of("season,y", List.of("1,1", "2.0,1", "3e0,1"));
        List<Observation> events =
                dataset(table, "season:onehot(1,2,3)", REAL, null).all().events();
        for (int i = 0; i < 3; i++) {
            assertEquals(1, events.get(i).features().values()[i]);
        }
    }

    @Test
    void shouldIndexClassesWhenTheLabelIsAClass() {
        LabelEncoder label = new LabelEncoder(Task.MULTICLASS, List.of("1", "2", "3_"));
        List<Observation> events = dataset(Tables.of("x,y", List.of("1,2.0", "1,3)", "1,1")), "x", label, null)
                .all()
                .events();
        assertEquals(
                List.of(1.0, 2.0, 0.0), events.stream().map(Observation::label).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "1.5e3, 1500",
        "1970-01-01, 0",
        "1970-01-02 00:00:01, 86401000",
        "1970-01-01T01:00:00Z, 3600000",
        "1970-01-01T01:00:00+01:00, 0"
    })
    void shouldReadEventTimeWhenAColumnHoldsIt(String text, long millis) {
        Dataset data = dataset(Tables.of("at,x,y", List.of(text + ",1,1")), "x", REAL, "at");
        assertEquals(millis, data.all().events().get(0).timestamp());
    }

    @ParameterizedTest
    @CsvSource({
        "1704067200",
        "1704067200000",
        "1704067200000000",
        "2024-01-01 00:00:00+00:00",
        "2024-01-01T00:00Z",
        "01.01.2024 00:00"
    })
    void shouldEncodeTheSameHourWhenATimeIsWrittenInAnyForm(String text) {
        CsvTable table = Tables.of("at,y", List.of(text + ",1", text + ",2"));

        Observation event =
                dataset(table, "at:time(hour)", REAL, "at").all().events().get(0);

        assertArrayEquals(new double[] {0, 1}, event.features().values(), 1e-6);
        assertEquals(1704067200000L, event.timestamp());
    }

    @Test
    void shouldCountRejectedRowsAndTellTheFirstReasonWhenRowsAreBad() {
        CsvTable table = Tables.of(
                "at,x,y",
                List.of(
                        "1,1,1",
                        "2,one,1",
                        "3,inf,1",
                        "4,1,",
                        "5,1,high",
                        "noon,1,1",
                        ",1,1",
                        "1,2",
                        "6,NA,1",
                        "9,1,2"));
        Dataset.Selection all = dataset(table, "x", REAL, "at").all();
        assertEquals(2, all.events().size());
        assertEquals(8, all.rejected());
        assertEquals("file 'table.csv' row 1 (line 3): feature 'x' is 'one', expected a number", all.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,1,|label 'y' is empty",
                "1,1,high|label is 'high', expected a number",
                "noon,1,1|time 'at' is 'noon', expected a date or time",
                ",1,1|time 'at' is empty",
                "1,2|it has 2 cells, expected 3",
                "1,,1|feature 'x' is missing"
            })
    void shouldNameWhatIsWrongWhenARowIsRejected(String row, String expected) {
        String reason = dataset(Tables.of("at,x,y", List.of(row)), "x", REAL, "at")
                .all()
                .reason();
        assertTrue(reason != null && reason.contains(expected), reason);
    }

    @Test
    void shouldKeepTheOrderAndRepeatsWhenRowsAreSelected() {
        Dataset data = dataset(Tables.of("x,y", List.of("1,0", "1,1", "1,bad", "1,3")), "x", REAL, null);
        Dataset.Selection rows = data.select(new int[] {3, 2, 0, 3});
        assertEquals(
                List.of(3.0, 0.0, 3.0),
                rows.events().stream().map(Observation::label).toList());
        assertEquals(1, rows.rejected());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|NaN,1,NaN,4|NaN,1,1.5,3", "1|NaN,NaN,NaN,NaN|NaN,NaN,1,1.5", "2|NaN,NaN,NaN,NaN|NaN,NaN,NaN,1"})
    void shouldTellARowOfTheLabelsThatHaveArrivedWhenFeaturesAreOfThePast(int delay, String lags, String means) {
        CsvTable table = Tables.of("y", List.of("1", "2", "bad", "4", "8"));
        Dataset.Columns columns = new Dataset.Columns("y", null, null);
        List<Observation> events = past(table, columns, "lag(label,1),mean(label,2)", delay);

        assertArrayEquals(numbers(lags), column(events, 0));
        assertArrayEquals(numbers(means), column(events, 2));
    }

    /** The third row is an event like the others: two before the fifth lies the third, whose label nobody knows. */
    @Test
    void shouldGiveARowWithoutALabelItsPlaceWhenOthersCountBack() {
        CsvTable table = Tables.of("x,y", List.of("5,1", "6,2", "9,", "7,4", "8,8"));
        List<Observation> events =
                past(table, new Dataset.Columns("y", null, null), "lag(label,1,2),lag(x,1),count(1h)", 0);

        assertArrayEquals(numbers("NaN,1,NaN,4"), column(events, 0));
        assertArrayEquals(numbers("NaN,NaN,2,NaN"), column(events, 2));
        assertArrayEquals(numbers("NaN,5,9,7"), column(events, 4));
        assertArrayEquals(numbers("1,2,4,5"), column(events, 6));
    }

    @Test
    void shouldKeepSeriesApartWhenAColumnNamesThem() {
        CsvTable table = Tables.of("who,x,y", List.of("a,5,1", "b,7,2", "a,9,3", "b,8,4"));
        List<Observation> events = past(table, new Dataset.Columns("y", null, "who"), "lag(label,1),delta(x)", 0);

        assertArrayEquals(numbers("NaN,NaN,1,2"), column(events, 0));
        assertArrayEquals(numbers("NaN,NaN,4,1"), column(events, 2));
    }

    private static List<Observation> past(CsvTable table, Dataset.Columns columns, String features, int delay) {
        FeatureEncoder encoder = new FeatureEncoder(FeatureSpec.parseList(features), UnseenCategory.ZERO);
        return Dataset.of(table, columns, encoder, REAL, delay).all().events();
    }

    private static double[] column(List<Observation> events, int column) {
        return events.stream().mapToDouble(e -> e.features().values()[column]).toArray();
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    private static Dataset dataset(CsvTable table, String features, LabelEncoder label, @Nullable String time) {
        return Dataset.of(
                table, "y", time, new FeatureEncoder(FeatureSpec.parseList(features), UnseenCategory.ZERO), label);
    }
}
