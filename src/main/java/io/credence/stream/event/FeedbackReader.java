package io.credence.stream.event;

import io.credence.bayes.alert.Remark;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of an alert, in records of the feedback topic, of any schema with the names of {@code AlarmFeedback}.
 *
 * @param keyed whether a record has to name its model
 */
public record FeedbackReader(boolean keyed) {
    /** More characters than this have no identity that is remembered, and no note that anybody reads. */
    private static final int LONGEST = 1000;

    private static final String FALSE_ALARM = "FALSE_ALARM";
    private static final String MISSED = "MISSED";

    /**
     * What a record says.
     *
     * @param modelKey of the model that is told
     * @param remark what; of a false alarm without questions all of the episode are meant
     * @param note why, or null
     */
    public record Said(
            String modelKey, Remark remark, @Nullable String note) {}

    /** Reads one record; rejected if it does not say of what, or what. */
    public Outcome<Said> read(GenericRecord record) {
        String modelKey = text(record, "modelKey");
        if (modelKey != null && modelKey.length() > LONGEST) {
            return bad("'modelKey' is longer than " + LONGEST + " characters");
        }
        if (keyed && modelKey == null) {
            return Outcome.reject(Reason.NULL_MODEL_KEY, "'modelKey' is missing: feedback is of one model");
        }
        if (!keyed && modelKey != null && !modelKey.isEmpty()) {
            return bad("there is a single model, with an empty key, and no '" + modelKey + "'");
        }
        String id = text(record, "id");
        if (id == null || id.isEmpty()) {
            return bad("'id' is missing: it names the episode or the event");
        }
        String note = text(record, "note");
        if (id.length() > LONGEST || note != null && note.length() > LONGEST) {
            return bad("'id' or 'note' is longer than " + LONGEST + " characters");
        }
        String verdict = String.valueOf(text(record, "verdict")).toUpperCase(Locale.ROOT);
        boolean missed = verdict.equals(MISSED);
        if (!missed && !verdict.equals(FALSE_ALARM)) {
            return bad("'verdict' is '" + text(record, "verdict") + "' and not " + FALSE_ALARM + " or " + MISSED);
        }
        return names(record)
                .flatMap(names -> missed ? AlarmKinds.missed(names) : AlarmKinds.named(names))
                .map(kinds -> new Said(modelKey == null ? "" : modelKey, new Remark(id, missed, kinds), note));
    }

    private static Outcome<List<String>> names(GenericRecord record) {
        Object kinds = value(record, "kinds");
        if (kinds == null) {
            return Outcome.of(List.of());
        }
        if (kinds instanceof Collection<?> several) {
            return Outcome.of(several.stream().map(String::valueOf).toList());
        }
        return kinds instanceof CharSequence
                ? Outcome.of(List.of(kinds.toString()))
                : bad("'kinds' is " + kinds + " and no list of kinds");
    }

    private static <T> Outcome<T> bad(String detail) {
        return Outcome.reject(Reason.BAD_FEEDBACK, detail);
    }

    private static @Nullable String text(GenericRecord record, String name) {
        Object value = value(record, name);
        return value == null ? null : value.toString();
    }

    private static @Nullable Object value(GenericRecord record, String name) {
        Field field = record.getSchema().getField(name);
        return field == null ? null : record.get(field.pos());
    }
}
