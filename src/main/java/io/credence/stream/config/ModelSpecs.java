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
                ScoringKeys.predictive(config),
                config.getLong(LearningKeys.SEED));
    }

    private static FeatureEncoder features(AbstractConfig config) {
        String text = config.getString(EventKeys.FEATURES);
        try {
            return new FeatureEncoder(
                    FeatureSpec.parseList(text),
                    Constants.of(UnseenCategory.class, config.getString(EventKeys.UNSEEN)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(EventKeys.FEATURES, text, e.getMessage());
        }
    }

    private static LabelEncoder label(AbstractConfig config) {
        Task task = Constants.of(Task.class, config.getString(EventKeys.TASK));
        List<String> classes = config.getList(EventKeys.CLASSES);
        if (!classes.isEmpty() && (task == Task.REGRESSION || task == Task.COUNT)) {
            throw new ConfigException(EventKeys.CLASSES, classes, "must be empty for the task " + Constants.name(task));
        }
        try {
            return new LabelEncoder(task, classes);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(EventKeys.CLASSES, classes, e.getMessage());
        }
    }

    private static NetworkSpec network(AbstractConfig config, Task task) {
        return new NetworkSpec(
                config.getList(NetworkKeys.HIDDEN).stream()
                        .map(Integer::valueOf)
                        .toList(),
                Constants.of(Activation.class, config.getString(NetworkKeys.ACTIVATION)),
                likelihood(config.getString(NetworkKeys.LIKELIHOOD), task),
                NetworkKeys.scale(config.getString(NetworkKeys.PRIOR_SCALE)),
                NetworkKeys.fitted(config.getString(NetworkKeys.PRIOR_SCALE)));
    }

    private static LikelihoodKind likelihood(String text, Task task) {
        LikelihoodKind usual = NetworkSpec.likelihoodOf(task);
        if (text.equalsIgnoreCase(NetworkKeys.AUTO)) {
            return usual;
        }
        LikelihoodKind kind = Constants.of(LikelihoodKind.class, text);
        List<LikelihoodKind> fitting =
                task == Task.REGRESSION ? List.of(usual, LikelihoodKind.HETEROSCEDASTIC) : List.of(usual);
        if (!fitting.contains(kind)) {
            throw new ConfigException(
                    NetworkKeys.LIKELIHOOD,
                    text,
                    "does not fit the task " + Constants.name(task) + ", allowed there are "
                            + NetworkKeys.AUTO
                            + fitting.stream()
                                    .map(k -> ", " + Constants.name(k))
                                    .reduce("", String::concat));
        }
        return kind;
    }

    private static LearningSpec learning(AbstractConfig config) {
        int replayed = config.getInt(LearningKeys.REPLAY_EVENTS);
        int capacity = config.getInt(LearningKeys.REPLAY_CAPACITY);
        if (capacity < replayed) {
            throw new ConfigException(
                    LearningKeys.REPLAY_CAPACITY,
                    capacity,
                    "must be at least " + LearningKeys.REPLAY_EVENTS + ", which is " + replayed);
        }
        LearningSpec learning = LearningKeys.learning(config);
        if (learning.elbo().nPolicy() == NPolicy.RECURSIVE) {
            recursive(learning);
        }
        return learning;
    }

    private static void recursive(LearningSpec learning) {
        String policy = Constants.name(NPolicy.RECURSIVE);
        if (learning.replay().events() > 0) {
            throw new ConfigException(
                    UpdateKeys.N_POLICY,
                    policy,
                    "counts each event once, so it needs " + LearningKeys.REPLAY_EVENTS + "=0");
        }
        if (learning.elbo().klWeight() != 1) {
            throw new ConfigException(
                    UpdateKeys.N_POLICY, policy, "counts each event once, so it needs " + UpdateKeys.KL_WEIGHT + "=1");
        }
        if (learning.optimiser().rule() != RuleKind.VON && learning.batch().innerSteps() == 1) {
            throw new ConfigException(
                    UpdateKeys.N_POLICY,
                    policy,
                    "needs " + LearningKeys.STEPS + " above 1 or " + UpdateKeys.RULE
                            + "=von: a single adam step never feels the prior");
        }
    }
}
