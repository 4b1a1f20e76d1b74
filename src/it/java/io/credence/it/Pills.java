package io.credence.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Good records, and one of each kind of bad. */
final class Pills {
    /** A bad record's value, and the reason it must be set aside for. */
    record Pill(String name, String reason, byte[] value) {}

    private static final int UNKNOWN_ID = 987_654;

    private static final Schema EVENT = SchemaBuilder.record("Event")
            .fields()
            .optionalString("site")
            .requiredDouble("x")
            .requiredString("colour")
            .optionalDouble("y")
            .endRecord();
    private static final Schema WRONG_TYPE = SchemaBuilder.record("Event")
            .fields()
            .optionalString("site")
            .requiredString("x")
            .requiredString("colour")
            .optionalDouble("y")
            .endRecord();
    private static final Schema TEXT = Schema.create(Schema.Type.STRING);

    private final int event;
    private final int wrongType;
    private final int text;

    private Pills(int event, int wrongType, int text) {
        this.event = event;
        this.wrongType = wrongType;
        this.text = text;
    }

    /** Under subjects of their own, as a careless producer might. */
    static Pills register(ForeignRegistry registry) throws IOException, InterruptedException {
        return new Pills(
                registry.register("event", EVENT),
                registry.register("wrong-type", WRONG_TYPE),
                registry.register("text", TEXT));
    }

    /** A good value; labels and inputs differ from one to the next. */
    byte[] good(boolean labelled, int i) {
        return Wire.encode(event, of("north", Math.sin(i), i % 2 == 0 ? "red" : "blue", labelled ? i / 2.0 : null));
    }

    /** Every kind of bad value. */
    List<Pill> of(boolean labelled) {
        Double y = labelled ? 1.0 : null;
        byte[] whole = good(labelled, 1);
        byte[] magic = whole.clone();
        magic[0] = 7;
        byte[] unknown = whole.clone();
        ByteBuffer.wrap(unknown).putInt(1, UNKNOWN_ID);
        List<Pill> pills = new ArrayList<>(List.of(
                new Pill("null value", "NULL_VALUE", null),
                new Pill("empty value", "EMPTY_VALUE", new byte[0]),
                new Pill("wrong magic byte", "BAD_MAGIC", magic),
                new Pill("truncated payload", "UNDECODABLE", Arrays.copyOf(whole, whole.length - 4)),
                new Pill("unknown schema id", "UNKNOWN_SCHEMA", unknown),
                new Pill("schema that is no record", "NOT_A_RECORD", Wire.encode(text, TEXT, "hello")),
                new Pill("positive infinity", "NON_FINITE_FEATURE", event(of("north", 1 / 0.0, "red", y))),
                new Pill("negative infinity", "NON_FINITE_FEATURE", event(of("north", -1 / 0.0, "red", y))),
                new Pill("field of wrong type", "BAD_FEATURE", Wire.encode(wrongType, wrong("many", y))),
                new Pill("unseen category", "UNSEEN_CATEGORY", event(of("north", 1.0, "green", y))),
                new Pill("null model key", "NULL_MODEL_KEY", event(of(null, 1.0, "red", y)))));
        if (labelled) {
            pills.add(new Pill("missing label", "MISSING_LABEL", event(of("north", 1.0, "red", null))));
            pills.add(new Pill("NaN label", "BAD_LABEL", event(of("north", 1.0, "red", Double.NaN))));
        }
        return pills;
    }

    private byte[] event(GenericRecord record) {
        return Wire.encode(event, record);
    }

    private static GenericRecord of(String site, double x, String colour, Double y) {
        GenericRecord record = new GenericData.Record(EVENT);
        record.put("site", site);
        record.put("x", x);
        record.put("colour", colour);
        record.put("y", y);
        return record;
    }

    private static GenericRecord wrong(String x, Double y) {
        GenericRecord record = new GenericData.Record(WRONG_TYPE);
        record.put("site", "north");
        record.put("x", x);
        record.put("colour", "red");
        record.put("y", y);
        return record;
    }
}
