package io.credence.stream.topology;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.AlarmVerdict;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.SaidOfAlarm;
import io.credence.stream.event.Commands;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.WaitingParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands of the training log. The same commands at the same offsets give the same models: the
 * service and the offline fold share this class.
 *
 * <p>A command in several parts takes effect at its last one. Parts without their whole are refused, each of them: when
 * the next command in parts begins, or when a part is missing in between.
 */
final class CommandHandler {
    /**
     * A record of the training log that was refused.
     *
     * @param record as it was read
     * @param rejection why
     */
    record Refused(RawRecord record, Rejection rejection) {}

    /**
     * What a command did.
     *
     * @param learner what the model has become, or null if nothing happened to it
     * @param refused this record or earlier ones
     */
    record Effect(@Nullable OnlineLearner learner, List<Refused> refused) {}

    private static final ModelVersion UNBORN = new ModelVersion(0, 0);

    private final boolean keyed;
    private final EntryReader log;
    private final Function<String, WaitingParts> storage;
    private final Map<String, Arrived> arrived = new HashMap<>();

    /**
     * @param keyed whether there may be other models than that of the empty key
     * @param log reads parts again that waited in the storage
     * @param storage where a model's parts wait
     */
    CommandHandler(boolean keyed, EntryReader log, Function<String, WaitingParts> storage) {
        this.keyed = keyed;
        this.log = log;
        this.storage = storage;
    }

    /**
     * Applies a command.
     *
     * @param record the command as it was read
     * @param learners the model of a key as it stands
     */
    Effect apply(RawRecord record, Command command, Function<String, OnlineLearner> learners) {
        if (!keyed && !command.getModelKey().isEmpty()) {
            return refuse(record, "there is a single model, with an empty key, and no '" + command.getModelKey() + "'");
        }
        String fault = Commands.fault(command);
        if (fault != null) {
            return refuse(record, fault);
        }
        return switch (command.getType()) {
            case RESET -> new Effect(learners.apply(command.getModelKey()).restarted(), List.of());
            case FORGET -> new Effect(learners.apply(command.getModelKey()).forgetting(), List.of());
            case FEEDBACK -> heed(record, command, learners.apply(command.getModelKey()));
            case IMPORT, ROLLBACK -> part(record, command, learners);
        };
    }

    /** A model that nothing has happened to raised no alarm and missed none: a wrong key must not bring it into being. */
    private static Effect heed(RawRecord record, Command command, OnlineLearner learner) {
        if (learner.version().equals(UNBORN) && learner.events() + learner.pending() == 0) {
            return refuse(record, "there is no model '" + command.getModelKey() + "' that could heed it");
        }
        SaidOfAlarm said = command.getFeedback();
        return new Effect(learner.heeding(Commands.kinds(said), said.getVerdict() == AlarmVerdict.MISSED), List.of());
    }

    private Effect part(RawRecord record, Command part, Function<String, OnlineLearner> learners) {
        Arrived parts = arrived.computeIfAbsent(part.getModelKey(), this::reload);
        List<Refused> refused = new ArrayList<>();
        if (part.getIndex() == 0 || parts.isTornBy(part)) {
            refused.addAll(parts.refuse(new Rejection(
                    Reason.BAD_COMMAND, "the parts of this command ended early: there were " + parts.size())));
        }
        if (!parts.takes(part)) {
            refused.add(new Refused(
                    record,
                    new Rejection(
                            Reason.BAD_COMMAND,
                            "part " + part.getIndex() + " of command " + part.getCommandId()
                                    + " came without the one before")));
            return new Effect(null, refused);
        }
        parts.add(record, part);
        if (part.getIndex() < part.getCount() - 1) {
            return new Effect(null, refused);
        }
        return parts.state()
                .flatMap(state -> take(state, learners.apply(part.getModelKey())))
                .fold(
                        learner -> {
                            parts.clear();
                            return new Effect(learner, refused);
                        },
                        bad -> {
                            refused.addAll(parts.refuse(bad));
                            return new Effect(null, refused);
                        });
    }

    private static Outcome<OnlineLearner> take(LearnerState state, OnlineLearner learner) {
        try {
            return Outcome.of(learner.takingOver(state));
        } catch (IllegalArgumentException e) {
            return Outcome.reject(Reason.SHAPE_MISMATCH, String.valueOf(e.getMessage()));
        }
    }

    private static Effect refuse(RawRecord record, String why) {
        return new Effect(null, List.of(new Refused(record, new Rejection(Reason.BAD_COMMAND, why))));
    }

    private Arrived reload(String modelKey) {
        Arrived parts = new Arrived(storage.apply(modelKey));
        for (RawRecord stored : parts.waiting.all()) {
            Command command = log.read(stored.record().value())
                    .<@Nullable Command>fold(
                            entry -> entry instanceof EntryReader.Obey obey ? obey.command() : null, bad -> null);
            if (command == null) {
                throw new IllegalStateException("a stored part of a command cannot be read: " + stored.at());
            }
            parts.commands.add(command);
        }
        return parts;
    }

    /** The parts of one model's command so far. */
    private static final class Arrived {
        private final WaitingParts waiting;
        private final List<Command> commands = new ArrayList<>();

        Arrived(WaitingParts waiting) {
            this.waiting = waiting;
        }

        int size() {
            return commands.size();
        }

        boolean takes(Command part) {
            return commands.isEmpty() ? part.getIndex() == 0 : Commands.follows(part, last());
        }

        /** Whether the part shows that others before it will never come. */
        boolean isTornBy(Command part) {
            return !commands.isEmpty()
                    && part.getCommandId().equals(last().getCommandId())
                    && !Commands.follows(part, last());
        }

        void add(RawRecord record, Command part) {
            waiting.add(record);
            commands.add(part);
        }

        Outcome<LearnerState> state() {
            return Commands.state(commands);
        }

        List<Refused> refuse(Rejection why) {
            List<Refused> refused = waiting.all().stream()
                    .map(record -> new Refused(record, why))
                    .toList();
            clear();
            return refused;
        }

        void clear() {
            waiting.clear();
            commands.clear();
        }

        private Command last() {
            return commands.get(commands.size() - 1);
        }
    }
}
