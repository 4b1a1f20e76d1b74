package io.credence.stream.state;

import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Notice.Source;
import io.credence.bayes.alert.Question;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Notices, texts and sets within the stored {@linkplain EpisodesFormat episodes} of a model. */
final class NoticeBytes {
    private NoticeBytes() {}

    static void put(DataOutputStream to, Notice notice) throws IOException {
        to.writeByte(notice.source().ordinal());
        put(to, Frame.utf8(notice.eventId()));
        to.writeLong(notice.time());
        to.writeLong(notice.events());
        to.writeBoolean(notice.raises());
        to.writeBoolean(notice.clears());
        to.writeDouble(notice.grade());
        to.writeDouble(notice.confidence());
        to.writeDouble(notice.expected());
        to.writeDouble(notice.actual());
        to.writeDouble(notice.lower());
        to.writeDouble(notice.upper());
        to.writeByte(bits(notice.questions()));
        put(to, notice.features());
        put(to, notice.evidence());
    }

    static Notice notice(ByteBuffer from) {
        Source source = Source.values()[from.get()];
        String eventId = Frame.getText(from);
        long time = from.getLong();
        long events = from.getLong();
        boolean raises = from.get() != 0;
        boolean clears = from.get() != 0;
        double[] numbers = new double[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from.getDouble();
        }
        Set<Question> questions = questions(from.get());
        List<String> features = texts(from);
        byte[] evidence = Frame.getBytes(from);
        return new Notice(
                source,
                eventId,
                time,
                events,
                raises,
                clears,
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                questions,
                features,
                evidence == null ? new byte[0] : evidence);
    }

    static void put(DataOutputStream to, byte[] bytes) throws IOException {
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    static void put(DataOutputStream to, List<String> texts) throws IOException {
        to.writeInt(texts.size());
        for (String text : texts) {
            put(to, Frame.utf8(text));
        }
    }

    static List<String> texts(ByteBuffer from) {
        int count = Frame.getLength(from, Integer.BYTES);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(Frame.getText(from));
        }
        return texts;
    }

    static int bits(Set<Question> questions) {
        return questions.stream().mapToInt(question -> 1 << question.ordinal()).sum();
    }

    static Set<Question> questions(int bits) {
        EnumSet<Question> questions = EnumSet.noneOf(Question.class);
        for (Question question : Question.values()) {
            if ((bits & 1 << question.ordinal()) != 0) {
                questions.add(question);
            }
        }
        return questions;
    }
}
