package io.credence.stream.event;

import io.credence.bayes.inference.Change;
import io.credence.bayes.predict.ModelInfo;
import io.credence.stream.avro.ChangeCause;
import io.credence.stream.avro.ChangePlace;
import io.credence.stream.avro.ChangedFeature;
import io.credence.stream.avro.StreamChange;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The records of the changes topic. */
public final class StreamChanges {
    private StreamChanges() {}

    /**
     * The record of a change.
     *
     * @param first where its first event lies, or null if that is not known
     * @param last where its last event lies, likewise
     */
    public static StreamChange record(Change change, ModelInfo model, @Nullable Origin first, @Nullable Origin last) {
        return StreamChange.newBuilder()
                .setModelKey(model.modelKey())
                .setCause(cause(change.cause()))
                .setEvidence(change.evidence())
                .setThreshold(change.threshold())
                .setFirst(place(change.firstEvent(), change.firstTime(), first))
                .setLast(place(change.lastEvent(), change.lastTime(), last))
                .setLossBefore(change.lossBefore())
                .setLossAfter(change.lossAfter())
                .setLevel(change.level())
                .setModelEpoch(model.version().epoch())
                .setModelStep(model.version().step())
                .setFeatures(change.inputs().stream()
                        .map(i -> new ChangedFeature(i.feature(), i.moved(), i.spread(), i.share(), i.relation()))
                        .toList())
                .build();
    }

    private static ChangeCause cause(Change.Cause cause) {
        return switch (cause) {
            case INPUTS -> ChangeCause.INPUTS;
            case RELATION -> ChangeCause.RELATION;
            case NOISE -> ChangeCause.NOISE;
        };
    }

    @SuppressWarnings("NullAway") // The generated builder takes null for nullable fields.
    private static ChangePlace place(long event, long time, @Nullable Origin at) {
        ChangePlace.Builder place = ChangePlace.newBuilder().setEvent(event).setEventTime(Instant.ofEpochMilli(time));
        if (at != null) {
            place.setTopic(at.topic()).setPartition(at.partition()).setOffset(at.offset());
        }
        return place.build();
    }
}
