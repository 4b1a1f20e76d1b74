package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Task;
import io.credence.tool.csv.CsvTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnPlanTest {
    @Test
    void shouldInferKindsWhenFeaturesAreNotGiven() {
        CsvTable table = Tables.of(
                "size,sky,flag,id,gap,y,nothing",
                IntStream.range(0, 40)
                        .mapToObj(i -> i + ".5," + (i % 3 == 0 ? "clear" : "rain (a, b)".replace(',', ';')) + ","
                                + (i % 2 == 0) + ",x" + i + "," + (i == 7 ? "NA" : "" + i) + "," + i + ",?")
                        .toList());
        ColumnPlan plan = plan(table, "y", null, null);
        assertEquals(
                List.of("size:numeric", "sky:onehot(clear,rain _a; b_)", "flag:boolean", "id:hash(32)", "gap?:numeric"),
                plan.features().stream().map(FeatureSpec::toString).toList());
        assertEquals(plan.features(), FeatureSpec.parseList(String.join(",", texts(plan))));
    }

    @Test
    void shouldStayNumericWhenFewCellsAreText() {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 99).forEach(i -> rows.add(i + "," + i));
        rows.add("oops,1");
        assertEquals(List.of("x?:numeric"), texts(plan(Tables.of("x,y", rows), "y", null, null)));
    }

    @Test
    void shouldLeaveOutTheTimeWhenFeaturesAreNotGiven() {
        ColumnPlan plan =
                ColumnPlan.of(Tables.of("at,x,y", List.of("1,2,3")), new ColumnPlan.Wish("y", null, null, "at", null));
        assertEquals(List.of("x:numeric"), texts(plan));
    }

    @Test
    void shouldBeRegressionWhenTheLabelIsNumeric() {
        assertEquals(
                Task.REGRESSION,
                plan(Tables.of("x,y", List.of("1,0", "2,1")), "y", null, null).task());
    }

    @Test
    void shouldBeBinaryWhenTheLabelIsTextWithTwoValues() {
        ColumnPlan plan = plan(Tables.of("x,y", List.of("1,up", "2,down")), "y", null, null);
        assertEquals(Task.BINARY, plan.task());
        assertEquals(List.of("down", "up"), plan.classes());
    }

    @Test
    void shouldBeMulticlassWhenTheLabelIsTextWithMoreValues() {
        ColumnPlan plan = plan(Tables.of("x,y", List.of("1,c", "2,a", "3,b", "4,a")), "y", null, null);
        assertEquals(Task.MULTICLASS, plan.task());
        assertEquals(List.of("a", "b", "c"), plan.classes());
    }

    @Test
    void shouldNeedNoClassNamesWhenABinaryLabelIsZeroAndOne() {
        assertEquals(
                List.of(),
                plan(Tables.of("x,y", List.of("1,1", "2,0.0")), "y", Task.BINARY, null)
                        .classes());
    }

    @Test
    void shouldSortClassesByNumberWhenTheyAreNumbers() {
        ColumnPlan plan = plan(Tables.of("x,y", List.of("1,10", "2,9.0", "3,-1")), "y", Task.MULTICLASS, null);
        assertEquals(List.of("-1", "9", "10"), plan.classes());
    }

    @Test
    void shouldNameTheCommonestWhenTooManyCellsOfANumericColumnAreText() {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 80).forEach(i -> rows.add(i + "," + i));
        IntStream.range(0, 12).forEach(i -> rows.add("off," + i));
        IntStream.range(0, 8).forEach(i -> rows.add("broken," + i));

        fails(Tables.of("x,y", rows), "y", null, null, "20 of 100 cells are not: 'off' (12), 'broken' (8)");
        fails(Tables.of("y,x", rows), "y", null, null, "--missing");
    }

    @Test
    void shouldTakeAnOptionsWordWhenAColumnIsMostlyNumbers() {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 80).forEach(i -> rows.add(i + "," + i));
        IntStream.range(0, 20).forEach(i -> rows.add("off," + i));
        List<FeatureSpec> hashed = FeatureSpec.parseList("x:hash(4)");

        assertEquals(hashed, plan(Tables.of("x,y", rows), "y", null, hashed).features());
    }

    @Test
    void shouldCountAsMissingWhatUsuallyMeansIt() {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> rows.add(i + ",1"));
        IntStream.range(0, 8)
                .forEach(i -> rows.add(List.of("NULL", "-", "n/a", "None", ".", "#N/A", "--", "(null)")
                                .get(i) + ",2"));

        ColumnPlan plan = plan(Tables.of("x,y", rows), "y", null, null);

        assertEquals(List.of("x?:numeric"), texts(plan));
        assertEquals(List.of("label 'y' has only the values 1, 2: --task binary learns them as classes"), plan.notes());
    }

    @Test
    void shouldLearnTimesWhenAColumnHoldsThem() {
        List<String> rows = IntStream.range(0, 10)
                .mapToObj(i -> "2024-01-0" + (i % 9 + 1) + ",2024-01-01 0" + i + ":00:00+00:00," + i)
                .toList();

        assertEquals(
                List.of("day:time(weekday,month)", "at:time(hour,weekday,month)"),
                texts(plan(Tables.of("day,at,y", rows), "y", null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-9999", "9.9E20", "1000000"})
    void shouldNameANumberWhenItRepeatsFarFromAllOthers(String fill) {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> rows.add((i % 15 == 7 ? fill : 20 + i % 13) + "," + i * 0.5));
        List<String> notes = plan(Tables.of("x,y", rows), "y", null, null).notes();
        assertEquals(
                List.of("column 'x': " + fill + " stands in 4 cells, far from all others: if it means that there is no"
                        + " value, say --missing " + fill),
                notes);
    }

    @Test
    void shouldNameNoNumberWhenItStandsOnceOrTheColumnIsZeroOrOne() {
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> rows.add((i == 7 ? -9999 : i % 13) + "," + i % 2 * 1000 + "," + i * 0.5));
        assertEquals(List.of(), plan(Tables.of("x,z,y", rows), "y", null, null).notes());
    }

    @Test
    void shouldTellTheUnitWhenNumbersAreTakenAsTimes() {
        CsvTable table = Tables.of("at,x,y", List.of("1704067200,1,2.5", "1704070800,2,3.5"));
        ColumnPlan plan = ColumnPlan.of(
                table, new ColumnPlan.Wish("y", null, FeatureSpec.parseList("at:time(hour),x"), null, null));

        assertEquals(List.of("column 'at' counts seconds since 1970"), plan.notes());
    }

    @Test
    void shouldNotInventClassesWhenALabelIsTextOfManyValues() {
        List<String> rows = IntStream.range(0, 200).mapToObj(i -> i + ",a" + i).toList();

        fails(Tables.of("x,y", rows), "y", null, null, "holds text of 200 distinct values, such as a0, a1");
        assertEquals(
                200,
                plan(Tables.of("x,y", rows), "y", Task.MULTICLASS, null)
                        .classes()
                        .size());
    }

    @Test
    void shouldPredictABareSeriesFromItsOwnPastWhenThereIsNothingElse() {
        ColumnPlan plan = plan(Tables.of("y", List.of("1.5", "2.5")), "y", null, null);

        assertEquals(FeatureSpec.parseList("lag(label,1,2,3,arrived),mean(label,4,16)"), plan.features());
        assertEquals(List.of("the table is a bare series: the label is predicted from its own past"), plan.notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3600|200|lag(label,24,25),|4,16,24|at:time(hour)",
                "3600|1000|lag(label,24,25,168,169),|4,16,24,168|at:time(hour,weekday)",
                "86400|1000|lag(label,7,8),|4,7,16|at:time(weekday,month)",
                "2628000|120|lag(label,12,13),|4,12,16|at:time(month)",
                "7000|1000|''|4,16|at:time(hour,weekday)",
                "604800|300|''|4,16|at:time(month)"
            })
    void shouldTakeTheSeasonsOfABareSeriesFromItsStep(
            int step, int rows, String lags, String lengths, String calendar) {
        List<String> cells = IntStream.range(0, rows)
                .mapToObj(i -> Instant.ofEpochSecond((long) i * step) + "," + i % 24 + ".5")
                .toList();
        ColumnPlan plan = plan(Tables.of("at,y", cells), "y", null, null);

        String expected = "lag(label,1,2,3,arrived)," + lags + "mean(label," + lengths + ")," + calendar;
        assertEquals(FeatureSpec.parseList(expected), plan.features());
        assertEquals("at", plan.time());
    }

    @Test
    void shouldTakeNumbersForTimesWhenTheyCountOnSince1970() {
        List<String> rows = IntStream.range(0, 50)
                .mapToObj(i -> 1_700_000_000 + 60 * i + "," + i)
                .toList();

        assertEquals("at", plan(Tables.of("at,y", rows), "y", null, null).time());
        List<String> small = IntStream.range(0, 50).mapToObj(i -> i + "," + i).toList();
        assertEquals(List.of("x:numeric"), texts(plan(Tables.of("x,y", small), "y", null, null)));
    }

    @Test
    void shouldRefuseWhenTheColumnsCannotBeWhatTheyAreMeantToBe() {
        CsvTable table = Tables.of("x,y,z", List.of("1,a,", "2,b,", "3,c,"));
        fails(table, "w", null, null, "no column 'w'");
        fails(table, "y", null, List.of(FeatureSpec.numeric("w")), "no column 'w'");
        fails(table, "y", null, List.of(FeatureSpec.numeric("y")), "'y' is the label");
        fails(table, "y", Task.BINARY, null, "has 3 distinct values, a binary task needs two; the values are a, b, c");
        fails(table, "y", Task.REGRESSION, null, "holds text, which a regression task cannot learn");
        fails(table, "z", null, null, "has no value in any row");
        fails(table, "x", null, FeatureSpec.parseList("lag(w,1)"), "no column 'w'");
        fails(table, "y", null, FeatureSpec.parseList("mean(y,24)"), "'y' is the label");
    }

    private static void fails(
            CsvTable table, String label, @Nullable Task task, @Nullable List<FeatureSpec> features, String expected) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> plan(table, label, task, features));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    private static ColumnPlan plan(
            CsvTable table, String label, @Nullable Task task, @Nullable List<FeatureSpec> features) {
        return ColumnPlan.of(table, new ColumnPlan.Wish(label, task, features, null, null));
    }

    private static List<String> texts(ColumnPlan plan) {
        return plan.features().stream().map(FeatureSpec::toString).toList();
    }
}
