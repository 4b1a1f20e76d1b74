package io.credence.stream.event;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.AlarmKind;
import io.credence.stream.avro.AlarmVerdict;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.CommandType;
import io.credence.stream.avro.SaidOfAlarm;
import io.credence.stream.state.Pieces;
import io.credence.stream.state.SnapshotCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands as entries of the training log: made, checked and, where a model comes in parts, put together. */
@SuppressWarnings("NullAway") // The generated class takes and gives null for nullable fields.
public final class Commands {
    private Commands() {}

    /** The command to start a model again from its prior. */
    public static Command reset(String modelKey, String commandId, Instant at) {
        return bare(CommandType.RESET, modelKey, commandId, at);
    }

    /** The command to forget all of a model but its recent events. */
    public static Command forget(String modelKey, String commandId, Instant at) {
        return bare(CommandType.FORGET, modelKey, commandId, at);
    }

    private static Command bare(CommandType type, String modelKey, String commandId, Instant at) {
        return new Command(type, modelKey, commandId, at, null, null, 0, 1, null, null, 1, null);
    }

    /**
     * The command to heed what somebody says of an alarm.
     *
     * @param kinds of alarms whose thresholds are to move
     * @param missed whether there was none where there should have been; else there was one where there should not
     * @param about the episode or event
     * @param note why, or null
     */
    public static Command feedback(
            String modelKey,
            Set<Question> kinds,
            boolean missed,
            String about,
            @Nullable String note,
            String commandId,
            Instant at) {
        SaidOfAlarm said = new SaidOfAlarm(
                missed ? AlarmVerdict.MISSED : AlarmVerdict.FALSE_ALARM,
                Question.ordered(kinds).stream()
                        .map(kind -> AlarmKind.valueOf(kind.name()))
                        .toList(),
                about,
                note);
        return new Command(CommandType.FEEDBACK, modelKey, commandId, at, null, null, 0, 1, null, null, 1, said);
    }

    /** The kinds of alarms that a sound command of feedback is about. */
    public static Set<Question> kinds(SaidOfAlarm said) {
        return said.getKinds().stream()
                .map(kind -> Question.valueOf(kind.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable String faultOf(@Nullable SaidOfAlarm said) {
        if (said == null || said.getVerdict() == AlarmVerdict.OTHER) {
            return "it says neither that an alarm was false nor that one was missed";
        }
        return said.getKinds().isEmpty() || said.getKinds().contains(AlarmKind.OTHER)
                ? "it names no kind of alarm, or one that this release does not know"
                : null;
    }

    /**
     * The parts of a command to take over a state.
     *
     * @param modelKey the model that takes it over
     * @param maxPayload most bytes of payload in a part, at least 1
     */
    public static List<Command> importing(
            String modelKey, LearnerState state, String commandId, Instant at, int maxPayload) {
        return parts(CommandType.IMPORT, modelKey, state, commandId, at, maxPayload);
    }

    /**
     * The parts of a command to return to an earlier version.
     *
     * @param state the model at that version
     * @param maxPayload most bytes of payload in a part, at least 1
     */
    public static List<Command> rollback(LearnerState state, String commandId, Instant at, int maxPayload) {
        return parts(CommandType.ROLLBACK, state.modelKey(), state, commandId, at, maxPayload);
    }

    private static List<Command> parts(
            CommandType type, String modelKey, LearnerState state, String id, Instant at, int maxPayload) {
        Pieces snapshot = Pieces.cut(SnapshotCodec.encode(state), maxPayload);
        long checksum = snapshot.checksum();
        ModelVersion target = type == CommandType.ROLLBACK ? state.version() : null;
        List<Command> parts = new ArrayList<>(snapshot.count());
        for (int index = 0; index < snapshot.count(); index++) {
            parts.add(new Command(
                    type,
                    modelKey,
                    id,
                    at,
                    target == null ? null : target.epoch(),
                    target == null ? null : target.step(),
                    index,
                    snapshot.count(),
                    snapshot.get(index),
                    checksum,
                    SnapshotCodec.FORMAT,
                    null));
        }
        return parts;
    }

    /** Whether a command carries a state, in one part or more. */
    public static boolean hasParts(Command command) {
        return command.getType() == CommandType.IMPORT || command.getType() == CommandType.ROLLBACK;
    }

    /** What is wrong with a command taken by itself, or null. */
    public static @Nullable String fault(Command command) {
        if (!hasParts(command)) {
            return command.getType() == CommandType.FEEDBACK ? faultOf(command.getFeedback()) : null;
        }
        if (command.getFormat() != SnapshotCodec.FORMAT) {
            return "its payload has format " + command.getFormat() + ", this release reads " + SnapshotCodec.FORMAT;
        }
        if (command.getPayload() == null) {
            return "it has no payload";
        }
        return Pieces.counted(command.getIndex(), command.getCount())
                ? null
                : "it cannot be part " + command.getIndex() + " of " + command.getCount();
    }

    /** Whether a part may follow another one of the same command. */
    public static boolean follows(Command part, Command before) {
        return part.getIndex() == before.getIndex() + 1
                && part.getType() == before.getType()
                && part.getCount() == before.getCount()
                && part.getCommandId().equals(before.getCommandId());
    }

    /**
     * The state that a complete command carries.
     *
     * @param parts all of them, in order
     */
    public static Outcome<LearnerState> state(List<Command> parts) {
        Pieces snapshot = Pieces.glue(parts.stream().map(Command::getPayload).toList());
        Command last = parts.get(parts.size() - 1);
        if (last.getChecksum() != null && last.getChecksum() != snapshot.checksum()) {
            return Outcome.reject(Reason.BAD_COMMAND, "the checksum of the command's snapshot does not fit");
        }
        return SnapshotCodec.decode(snapshot.whole()).flatMap(state -> meant(last, state));
    }

    private static Outcome<LearnerState> meant(Command command, LearnerState state) {
        ModelVersion target = target(command);
        boolean meant = command.getType() != CommandType.ROLLBACK
                || (state.version().equals(target) && command.getModelKey().equals(state.modelKey()));
        return meant
                ? Outcome.of(state)
                : Outcome.reject(
                        Reason.BAD_COMMAND,
                        "the command returns to version " + target + ", but holds version " + state.version()
                                + " of model '" + state.modelKey() + "'");
    }

    private static @Nullable ModelVersion target(Command command) {
        return command.getTargetEpoch() == null || command.getTargetStep() == null
                ? null
                : new ModelVersion(command.getTargetEpoch(), command.getTargetStep());
    }
}
