package io.credence.stream.topology;

import io.credence.stream.wire.ConfluentAvroSerde;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Seeded hostile values for the rides' topics: wire bytes, schema ids, Avro payloads, schemas. */
final class Mutant {
    private static final double[] EXTREMES = {
        0, -0.0, 1e-320, 1e308, -1e308, 1e30, -1e12, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    private static final int SCHEMAS = 150;
    private static final int DEEPEST = 20_000;

    private final Random random;
    private final ConfluentAvroSerde serde = new ConfluentAvroSerde();
    private final Schema node;
    private final List<Schema> evolved = new ArrayList<>();
    private final List<byte[]> seen = new ArrayList<>();

    Mutant(long seed, Rides rides) {
        this.random = new Random(seed);
        serde.configure(rides.config().serde(), false);
        this.node = new Schema.Parser().parse("""
                {"type": "record", "name": "Node", "namespace": "test", "fields": [
                  {"name": "id", "type": "string"}, {"name": "km", "type": "double"},
                  {"name": "fare", "type": ["null", "double"]}, {"name": "next", "type": ["null", "Node"]}]}""");
        for (int i = 0; i < SCHEMAS; i++) {
            evolved.add(evolution(i));
        }
    }

    /** The next value for a topic. */
    byte @Nullable [] next(String topic) {
        byte[] value =
                switch (random.nextInt(12)) {
                    case 0, 1 -> bytes(topic, ride());
                    case 2, 3 -> flipped(known(topic));
                    case 4 -> spliced(known(topic), known(topic));
                    case 5 -> otherId(known(topic));
                    case 6, 7 -> bytes(topic, record(evolved.get(random.nextInt(SCHEMAS))));
                    case 8 -> bytes(topic, extreme());
                    case 9 -> random.nextInt(200) == 0 ? nested(topic) : bytes(topic, chain(random.nextInt(40)));
                    case 10 -> random.nextInt(500) == 0 ? bytes(topic, huge()) : noise();
                    default -> random.nextInt(3) == 0 ? null : Arrays.copyOf(known(topic), random.nextInt(12));
                };
        if (value != null && value.length < 2_000) {
            if (seen.size() < 500) {
                seen.add(value);
            } else {
                seen.set(random.nextInt(500), value);
            }
        }
        return value;
    }

    /** Some bytes of a value changed, or one inserted or taken away. */
    byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int n = random.nextInt(6); n >= 0 && copy.length > 0; n--) {
            // Mostly behind the magic byte and the id, where the interesting bytes are.
            int at = random.nextInt(5) == 0 || copy.length < 6
                    ? random.nextInt(copy.length)
                    : 5 + random.nextInt(copy.length - 5);
            copy[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (copy[at] ^ (1 << random.nextInt(8)));
        }
        return copy;
    }

    private byte[] bytes(String topic, GenericRecord record) {
        return serde.serializer().serialize(topic, record);
    }

    private byte[] known(String topic) {
        return seen.isEmpty() || random.nextInt(4) == 0 ? bytes(topic, ride()) : seen.get(random.nextInt(seen.size()));
    }

    private byte[] spliced(byte[] head, byte[] tail) {
        int cut = random.nextInt(head.length + 1);
        int from = random.nextInt(tail.length + 1);
        byte[] both = Arrays.copyOf(head, cut + tail.length - from);
        System.arraycopy(tail, from, both, cut, tail.length - from);
        return both;
    }

    private byte[] otherId(byte[] bytes) {
        byte[] copy = Arrays.copyOf(bytes, Math.max(5, bytes.length));
        boolean near = random.nextInt(4) > 0;
        copy[1] = near ? 0 : (byte) random.nextInt();
        copy[2] = near ? 0 : (byte) random.nextInt();
        copy[3] = near ? 0 : (byte) random.nextInt();
        copy[4] = (byte) random.nextInt();
        return copy;
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        if (bytes.length > 5 && random.nextInt(4) > 0) {
            Arrays.fill(bytes, 0, 4, (byte) 0);
            bytes[4] = (byte) random.nextInt(SCHEMAS);
        }
        return bytes;
    }

    private GenericRecord ride() {
        String city = random.nextInt(20) == 0 ? null : random.nextBoolean() ? "A" : "B";
        return Rides.ride("r", city, random.nextGaussian(), random.nextInt(6) == 0 ? null : random.nextGaussian());
    }

    private GenericRecord extreme() {
        return Rides.ride(
                "x".repeat(random.nextInt(3)),
                random.nextInt(3) == 0 ? "\u0000\ud800" : "A",
                EXTREMES[random.nextInt(EXTREMES.length)],
                EXTREMES[random.nextInt(EXTREMES.length)]);
    }

    private GenericRecord huge() {
        return Rides.ride("é".repeat(300_000), "A", 1, 2.0);
    }

    private GenericRecord chain(int length) {
        GenericRecord record = null;
        for (int i = 0; i <= length; i++) {
            GenericRecord outer = new GenericData.Record(node);
            outer.put("id", "n");
            outer.put("km", random.nextGaussian());
            outer.put("fare", random.nextGaussian());
            outer.put("next", record);
            record = outer;
        }
        return record;
    }

    /** A chain so long that reading it may exhaust the stack; written by hand, since Avro would exhaust it too. */
    private byte[] nested(String topic) {
        byte[] one = bytes(topic, chain(0));
        int body = one.length - 6;
        byte[] all = new byte[5 + DEEPEST * (body + 1)];
        System.arraycopy(one, 0, all, 0, 5);
        for (int i = 0; i < DEEPEST; i++) {
            System.arraycopy(one, 5, all, 5 + i * (body + 1), body);
            all[5 + i * (body + 1) + body] = (byte) (i == DEEPEST - 1 ? 0 : 2);
        }
        return all;
    }

    /** The schema of rides as someone might have changed it. */
    private Schema evolution(int number) {
        var fields = SchemaBuilder.record(random.nextInt(3) == 0 ? "Ride" + number : "Ride")
                .namespace("test")
                .fields();
        if (random.nextInt(5) > 0) {
            fields.name("id")
                    .type(random.nextInt(4) > 0 ? Schema.create(Schema.Type.STRING) : type(2))
                    .noDefault();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.name(random.nextInt(9) == 0 ? "prediction" + (i == 1 ? "" : i) : "extra" + i)
                    .type(type(3))
                    .noDefault();
        }
        fields.name(random.nextInt(9) == 0 ? "KM" : "km")
                .type(random.nextInt(3) > 0 ? Schema.create(Schema.Type.DOUBLE) : type(2))
                .noDefault();
        fields.name("city")
                .type(random.nextInt(3) > 0 ? Schema.create(Schema.Type.STRING) : type(2))
                .noDefault();
        if (random.nextInt(5) > 0) {
            fields.name("fare")
                    .type(random.nextInt(2) > 0 ? Schema.create(Schema.Type.DOUBLE) : type(2))
                    .noDefault();
        }
        return fields.endRecord();
    }

    private Schema type(int depth) {
        Schema.Type[] plain = {
            Schema.Type.BOOLEAN,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE,
            Schema.Type.STRING,
            Schema.Type.BYTES,
            Schema.Type.NULL
        };
        Schema leaf = Schema.create(plain[random.nextInt(plain.length)]);
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0 -> Schema.createArray(type(depth - 1));
            case 1 -> Schema.createMap(type(depth - 1));
            case 2 -> node;
            case 3 -> Schema.createFixed("Fixed" + random.nextInt(1_000_000), null, "test", random.nextInt(5));
            case 4 ->
                SchemaBuilder.enumeration("Enum" + random.nextInt(1_000_000)).symbols("A", "B", "C");
            case 5, 6 ->
                leaf.getType() == Schema.Type.NULL || leaf.getType() == Schema.Type.DOUBLE
                        ? leaf
                        : Schema.createUnion(Schema.create(Schema.Type.NULL), leaf, Schema.create(Schema.Type.DOUBLE));
            default -> leaf;
        };
    }

    private GenericRecord record(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(f -> record.put(f.pos(), value(f.schema())));
        return record;
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> (float) EXTREMES[random.nextInt(EXTREMES.length)];
            case DOUBLE -> random.nextInt(4) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextGaussian();
            case STRING -> List.of("A", "B", "", "日本", "1.5").get(random.nextInt(5));
            case BYTES -> java.nio.ByteBuffer.allocate(random.nextInt(9));
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case ENUM -> new GenericData.EnumSymbol(schema, "B");
            case ARRAY -> java.util.Collections.nCopies(random.nextInt(3), value(schema.getElementType()));
            case MAP -> java.util.Collections.singletonMap("k", value(schema.getValueType()));
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> schema == node ? chain(random.nextInt(3)) : record(schema);
        };
    }
}
