package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.inference.ModelSpec;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.Correction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import org.jspecify.annotations.Nullable;

/** Reads the training log: bytes of unknown quality to entries that a learner can take. */
final class EntryReader {
    /** What happens at an offset. */
    sealed interface Entry {}

    /**
     * An example to learn, of the model's width and with a label that the task can have.
     *
     * @param example what is learned, or the correction of what was
     * @param source the record of the input that it was made from
     */
    record Learn(Observation example, Origin source) implements Entry {}

    /** A command, not checked yet. */
    record Obey(Command command) implements Entry {}

    private final ModelSpec spec;
    private final CredenceSerde<TrainingRecord> codec;

    EntryReader(CredenceConfig config, TaskSerdes serdes) {
        this.spec = config.model();
        this.codec = serdes.own(TrainingRecord.class);
    }

    Outcome<Entry> read(byte @Nullable [] value) {
        return codec.decode(value).flatMap(this::entry);
    }

    private Outcome<Entry> entry(TrainingRecord entry) {
        if (entry.getBody() instanceof Command command) {
            return Outcome.of(new Obey(command));
        }
        if (entry.getBody() instanceof Correction correction) {
            return entry(TrainingLog.observation(correction), correction.getExample());
        }
        Example example = (Example) entry.getBody();
        return entry(TrainingLog.observation(example), example);
    }

    private Outcome<Entry> entry(Observation observation, Example example) {
        int width = observation.features().width();
        if (width != spec.features().width()) {
            return Outcome.reject(
                    Reason.SHAPE_MISMATCH,
                    "the example has " + width + " columns, the model "
                            + spec.features().width() + ": it was logged under another configuration of features");
        }
        return spec.label().accepts(observation.label())
                ? Outcome.of(new Learn(observation, TrainingLog.source(example)))
                : Outcome.reject(
                        Reason.BAD_LABEL,
                        "the label " + observation.label() + " of the logged example is none that the task "
                                + spec.label().task() + " has");
    }
}
