package io.credence.tool.demo;

import io.credence.stream.avro.BikeHour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The bundled hours of the UCI Bike Sharing data set (Fanaee-T and Gama 2013, CC BY 4.0), in time order.
 *
 * <p>The columns {@code instant}, {@code casual} and {@code registered} of the original are left out: the last two add up
 * to the label.
 */
public final class BikeHours {
    private static final String RESOURCE = "/demo/bike_sharing_hour.csv";

    private BikeHours() {}

    /** All 17,379 hours of 2011 and 2012, each with its count. */
    public static List<BikeHour> load() {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (InputStream in = Objects.requireNonNull(BikeHours.class.getResourceAsStream(RESOURCE), RESOURCE);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                CSVParser rows = format.parse(reader)) {
            return rows.stream().map(BikeHours::hour).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** The same hour before its count is known. */
    public static BikeHour withoutCount(BikeHour hour) {
        return BikeHour.newBuilder(hour).clearCnt().build();
    }

    private static BikeHour hour(CSVRecord row) {
        int hour = integer(row, "hr");
        String day = row.get("dteday");
        Instant at = LocalDate.parse(day).atTime(hour, 0).toInstant(ZoneOffset.UTC);
        return BikeHour.newBuilder()
                .setId("%sT%02d".formatted(day, hour))
                .setAt(at)
                .setSeason(integer(row, "season"))
                .setYr(integer(row, "yr"))
                .setMnth(integer(row, "mnth"))
                .setHr(hour)
                .setHoliday(integer(row, "holiday") == 1)
                .setWeekday(integer(row, "weekday"))
                .setWorkingday(integer(row, "workingday") == 1)
                .setWeathersit(integer(row, "weathersit"))
                .setTemp(real(row, "temp"))
                .setAtemp(real(row, "atemp"))
                .setHum(real(row, "hum"))
                .setWindspeed(real(row, "windspeed"))
                .setCnt(integer(row, "cnt"))
                .build();
    }

    private static int integer(CSVRecord row, String column) {
        return Integer.parseInt(row.get(column));
    }

    private static double real(CSVRecord row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
