package io.credence.stream.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.inference.NetworkSpec;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.network.Activation;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The keys of the network and its prior. */
public final class NetworkSection {
    /** {@code credence.hidden}. */
    public static final String HIDDEN = CredenceConfig.PREFIX + "hidden";

    /** {@code credence.activation}. */
    public static final String ACTIVATION = CredenceConfig.PREFIX + "activation";

    /** {@code credence.likelihood}. */
    public static final String LIKELIHOOD = CredenceConfig.PREFIX + "likelihood";

    /** {@code credence.prior.scale}. */
    public static final String PRIOR_SCALE = CredenceConfig.PREFIX + "prior.scale";

    static final String FAN_IN = "fan-in";
    private static final String EMPIRICAL = "empirical";
    static final String AUTO = "auto";

    private static final NetworkSpec USUAL = NetworkSpec.defaults(Task.REGRESSION);

    private NetworkSection() {}

    static ConfigDef define(ConfigDef def) {
        return new Section(def, "Network")
                .add(
                        HIDDEN,
                        LIST,
                        USUAL.hidden().stream().map(String::valueOf).toList(),
                        Allowed.layers(),
                        MEDIUM,
                        "The number of units of each hidden layer; empty for a linear model.")
                .add(
                        ACTIVATION,
                        STRING,
                        EnumText.name(USUAL.activation()),
                        Allowed.oneOf(Activation.class),
                        LOW,
                        "The activation function of the hidden layers.")
                .add(
                        LIKELIHOOD,
                        STRING,
                        AUTO,
                        Allowed.oneOf(LikelihoodKind.class, AUTO),
                        MEDIUM,
                        "The distribution of the label given the network's output. `auto` fits the task:"
                                + " gaussian for regression, bernoulli for binary, categorical for multiclass,"
                                + " negative_binomial for count. Regression also takes heteroscedastic, where the noise depends on the"
                                + " input.")
                .add(
                        PRIOR_SCALE,
                        STRING,
                        FAN_IN,
                        new Allowed("fan-in, empirical or a finite number above 0", v -> scale((String) v) >= 0),
                        LOW,
                        "The standard deviation of every weight before any event is seen. `fan-in` is one"
                                + " over the root of the number of the layer's inputs, times root two in hidden layers;"
                                + " `empirical` starts there and follows the posterior, layer by layer.")
                .end();
    }

    /** All but the likelihood, which depends on the task. */
    static void apply(AbstractConfig config, ModelSpecBuilder model) {
        String scale = config.getString(PRIOR_SCALE);
        model.hidden(config.getList(HIDDEN).stream().mapToInt(Integer::parseInt).toArray())
                .activation(EnumText.of(Activation.class, config.getString(ACTIVATION)))
                .priorScale(scale(scale))
                .priorFitted(fitted(scale));
    }

    /** Whether the prior's scale follows the posterior. */
    static boolean fitted(String text) {
        return text.equalsIgnoreCase(EMPIRICAL);
    }

    /** The prior's scale as {@code NetworkSpec} wants it: 0 for fan-in and empirical; negative if the text is neither. */
    static double scale(String text) {
        if (text.equalsIgnoreCase(FAN_IN) || fitted(text)) {
            return 0;
        }
        try {
            double scale = Double.parseDouble(text);
            return scale > 0 && Double.isFinite(scale) ? scale : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
