package io.credence.stream.config;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.LearningSpec;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.NPolicy;
import io.credence.bayes.inference.NetworkSpec;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.inference.RuleKind;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** From parsed keys to the model's specification: the only place that builds one from configuration. */
final class ModelSpecs {
    private ModelSpecs() {}

    /** @throws ConfigException if keys that are valid alone do not fit together */
    static ModelSpec of(AbstractConfig config) {
        LabelEncoder label = label(config);
        checkReplay(config);
        ModelSpecBuilder model = ModelSpec.builder()
                .features(features(config).specs())
                .unseen(unseen(config))
                .task(label.task())
                .classes(label.classes().toArray(String[]::new))
                .labelMin(label.min())
                .labelMax(label.max())
                .likelihood(likelihood(config.getString(NetworkSection.LIKELIHOOD), label.task()));
        NetworkSection.apply(config, model);
        LearningSection.apply(config, model);
        UpdateSection.apply(config, model);
        ScoringSection.apply(config, model);
        AlertSection.apply(config, model);
        ModelSpec spec = model.build();
        if (spec.learning().elbo().nPolicy() == NPolicy.RECURSIVE) {
            recursive(spec.learning());
        }
        return spec;
    }

    private static UnseenCategory unseen(AbstractConfig config) {
        return EnumText.of(UnseenCategory.class, config.getString(EventSection.UNSEEN));
    }

    private static FeatureEncoder features(AbstractConfig config) {
        String text = config.getString(EventSection.FEATURES);
        try {
            return new FeatureEncoder(FeatureSpec.parseList(text), unseen(config));
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
        Double min = bound(config, EventSection.LABEL_MIN, task);
        Double max = bound(config, EventSection.LABEL_MAX, task);
        if (min != null && max != null && min >= max) {
            throw new ConfigException(
                    EventSection.LABEL_MAX, max, "must be above " + EventSection.LABEL_MIN + ", which is " + min);
        }
        try {
            return new LabelEncoder(
                    task,
                    classes,
                    min == null ? Double.NEGATIVE_INFINITY : min,
                    max == null ? Double.POSITIVE_INFINITY : max);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(EventSection.CLASSES, classes, e.getMessage());
        }
    }

    private static @Nullable Double bound(AbstractConfig config, String key, Task task) {
        Double bound = config.getDouble(key);
        if (bound != null && task != Task.REGRESSION) {
            throw new ConfigException(
                    key,
                    bound,
                    "must be unset for the task " + EnumText.name(task)
                            + (task == Task.COUNT ? ", whose labels begin at 0 by themselves" : ""));
        }
        return bound;
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

    private static void checkReplay(AbstractConfig config) {
        int replayed = config.getInt(LearningSection.REPLAY_EVENTS);
        int capacity = config.getInt(LearningSection.REPLAY_CAPACITY);
        if (capacity < replayed) {
            throw new ConfigException(
                    LearningSection.REPLAY_CAPACITY,
                    capacity,
                    "must be at least " + LearningSection.REPLAY_EVENTS + ", which is " + replayed);
        }
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
