package io.credence.stream.config;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.LearningSpec;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.NPolicy;
import io.credence.bayes.inference.NetworkSpec;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.inference.RuleKind;
import io.credence.bayes.network.Activation;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** From parsed keys to the model's specification: the only place that builds one from configuration. */
final class ModelSpecs {
    private ModelSpecs() {}

    /** @throws ConfigException if keys that are valid alone do not fit together */
    static ModelSpec of(AbstractConfig config) {
        LabelEncoder label = label(config);
        return new ModelSpec(
                features(config),
                label,
                network(config, label.task()),
                learning(config),
                ScoringSection.predictive(config),
                config.getLong(LearningSection.SEED));
    }

    private static FeatureEncoder features(AbstractConfig config) {
        String text = config.getString(EventSection.FEATURES);
        try {
            return new FeatureEncoder(
                    FeatureSpec.parseList(text),
                    EnumText.of(UnseenCategory.class, config.getString(EventSection.UNSEEN)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(EventSection.FEATURES, text, e.getMessage());
        }
    }

    private static LabelEncoder label(AbstractConfig config) {
        Task task = EnumText.of(Task.class, config.getString(EventSection.TASK));
        List<String> classes = config.getList(EventSection.CLASSES);
        if (!classes.isEmpty() && (task == Task.REGRESSION || task == Task.COUNT)) {
            throw new ConfigException(
                    EventSection.CLASSES, classes, "must be empty for the task " + EnumText.name(task));
        }
        try {
            return new LabelEncoder(task, classes);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(EventSection.CLASSES, classes, e.getMessage());
        }
    }

    private static NetworkSpec network(AbstractConfig config, Task task) {
        return new NetworkSpec(
                config.getList(NetworkSection.HIDDEN).stream()
                        .map(Integer::valueOf)
                        .toList(),
                EnumText.of(Activation.class, config.getString(NetworkSection.ACTIVATION)),
                likelihood(config.getString(NetworkSection.LIKELIHOOD), task),
                NetworkSection.scale(config.getString(NetworkSection.PRIOR_SCALE)),
                NetworkSection.fitted(config.getString(NetworkSection.PRIOR_SCALE)));
    }

    private static LikelihoodKind likelihood(String text, Task task) {
        LikelihoodKind usual = NetworkSpec.likelihoodOf(task);
        if (text.equalsIgnoreCase(NetworkSection.AUTO)) {
            return usual;
        }
        LikelihoodKind kind = EnumText.of(LikelihoodKind.class, text);
        List<LikelihoodKind> fitting =
                task == Task.REGRESSION ? List.of(usual, LikelihoodKind.HETEROSCEDASTIC) : List.of(usual);
        if (!fitting.contains(kind)) {
            throw new ConfigException(
                    NetworkSection.LIKELIHOOD,
                    text,
                    "does not fit the task " + EnumText.name(task) + ", allowed there are "
                            + NetworkSection.AUTO
                            + fitting.stream().map(k -> ", " + EnumText.name(k)).reduce("", String::concat));
        }
        return kind;
    }

    private static LearningSpec learning(AbstractConfig config) {
        int replayed = config.getInt(LearningSection.REPLAY_EVENTS);
        int capacity = config.getInt(LearningSection.REPLAY_CAPACITY);
        if (capacity < replayed) {
            throw new ConfigException(
                    LearningSection.REPLAY_CAPACITY,
                    capacity,
                    "must be at least " + LearningSection.REPLAY_EVENTS + ", which is " + replayed);
        }
        LearningSpec learning = LearningSection.learning(config);
        if (learning.elbo().nPolicy() == NPolicy.RECURSIVE) {
            recursive(learning);
        }
        return learning;
    }

    private static void recursive(LearningSpec learning) {
        String policy = EnumText.name(NPolicy.RECURSIVE);
        if (learning.replay().events() > 0) {
            throw new ConfigException(
                    UpdateSection.N_POLICY,
                    policy,
                    "counts each event once, so it needs " + LearningSection.REPLAY_EVENTS + "=0");
        }
        if (learning.elbo().klWeight() != 1) {
            throw new ConfigException(
                    UpdateSection.N_POLICY,
                    policy,
                    "counts each event once, so it needs " + UpdateSection.KL_WEIGHT + "=1");
        }
        if (learning.optimiser().rule() != RuleKind.VON && learning.batch().innerSteps() == 1) {
            throw new ConfigException(
                    UpdateSection.N_POLICY,
                    policy,
                    "needs " + LearningSection.STEPS + " above 1 or " + UpdateSection.RULE
                            + "=von: a single adam step never feels the prior");
        }
    }
}
