package io.credence.stream.event;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * Derives the schema of scored records from that of the input.
 *
 * <p>The record is called like the original with {@code Scored} behind it, in the same namespace: under a name strategy
 * that goes by record names it then has a subject of its own, and the user's subject is never touched. Its aliases are
 * the original's, likewise extended, so that a renamed input stays compatible. The prediction comes last as
 * {@code [null, …]} with default null: input schemas of which one reads the other give scored schemas of which one reads
 * the other. Documentation, properties, logical types, aliases, order and
 * defaults of the original are kept, but for defaults that do not fit their types.
 */
final class EnrichedSchema {
    static final String SUFFIX = "Scored";

    private EnrichedSchema() {}

    /** The scored schema of an input schema, or why there can be none. */
    static Outcome<Schema> of(Schema input, String field, Schema prediction) {
        if (input.getField(field) != null) {
            return Outcome.reject(
                    Reason.NOT_ENCODABLE,
                    "schema " + input.getFullName() + " already has a field '" + field
                            + "': choose another name for the prediction with credence.prediction.field");
        }
        try {
            return Outcome.of(derive(input, field, prediction));
        } catch (AvroRuntimeException | StackOverflowError e) {
            return Outcome.reject(
                    Reason.NOT_ENCODABLE,
                    "no scored schema can be made of " + input.getFullName() + ": " + e.getMessage());
        }
    }

    /** A field without its default if that does not fit its type: registries let such schemas in, Avro makes none. */
    private static Field copy(Field original) {
        try {
            return new Field(original, original.schema());
        } catch (AvroTypeException e) {
            Field copy = new Field(original.name(), original.schema(), original.doc(), (Object) null, original.order());
            original.aliases().forEach(copy::addAlias);
            copy.addAllProps(original);
            return copy;
        }
    }

    private static Schema derive(Schema input, String field, Schema prediction) {
        Schema scored =
                Schema.createRecord(input.getName() + SUFFIX, input.getDoc(), input.getNamespace(), input.isError());
        input.getAliases().forEach(alias -> scored.addAlias(alias + SUFFIX));
        scored.addAllProps(input);
        List<Field> fields = new ArrayList<>();
        for (Field original : input.getFields()) {
            fields.add(copy(original));
        }
        fields.add(new Field(
                field,
                Schema.createUnion(Schema.create(Schema.Type.NULL), prediction),
                "What the model predicted for this event.",
                Field.NULL_DEFAULT_VALUE));
        scored.setFields(fields);
        Schema read = new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(scored.toString());
        // Avro writes a second type of the same name as a mere reference to the first.
        if (!prediction.equals(read.getField(field).schema().getTypes().get(1))) {
            throw new AvroRuntimeException("it has another type called " + prediction.getFullName());
        }
        return read;
    }
}
