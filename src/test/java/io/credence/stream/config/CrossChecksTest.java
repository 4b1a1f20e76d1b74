package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossChecksTest {
    @Test
    void shouldNeedNoLabelWhenTheServiceOnlyScores() {
        Map<String, Object> settings = Settings.without("credence.topic.labelled");
        settings.remove("credence.label");
        settings.put("credence.topic.unlabelled", "hours");

        assertDoesNotThrow(() -> CredenceConfig.of(settings));
    }

    @Test
    void shouldNeedEventsWithAnIdWhenLabelsComeLater() {
        assertRefused(
                Settings.with("credence.topic.labels", "late"), "credence.topic.unlabelled", "credence.topic.labels");
        assertRefused(
                Settings.with("credence.topic.labels", "late", "credence.topic.unlabelled", "events"),
                "credence.event.id",
                "credence.topic.labels");
    }

    @Test
    void shouldTakeFeaturesOfThePastWhenAllLabelsComeLater() {
        Map<String, Object> settings = Settings.with(
                "credence.topic.labels", "late",
                "credence.topic.unlabelled", "events",
                "credence.event.id", "id",
                "credence.topics.partitions", "3",
                "credence.features", "temp,lag(label,1,arrived)");
        settings.remove("credence.topic.labelled");

        assertDoesNotThrow(() -> CredenceConfig.of(settings));
        settings.remove("credence.topic.labels");
        assertTrue(assertThrows(ConfigException.class, () -> CredenceConfig.of(settings))
                .getMessage()
                .contains("without credence.topic.labelled and credence.topic.labels"));
    }

    @Test
    void shouldNeedAnEventIdWhenRepeatsAreLookedFor() {
        assertRefused(Settings.with("credence.deduplicate.ms", "1000"), "credence.event.id", "credence.deduplicate.ms");
    }

    @Test
    void shouldRefuseTheLabelWhenItIsAmongTheFeatures() {
        assertRefused(Settings.with("credence.features", "temp,cnt?"), "credence.features", "cnt", "label");
    }

    @Test
    void shouldTakeOneTopicForBothWhenItCarriesBothKinds() {
        assertTrue(CredenceConfig.of(Settings.with("credence.topic.unlabelled", "hours"))
                .topics()
                .shared());
    }

    @ParameterizedTest
    @CsvSource({
        "credence.topic.scored, hours, credence.topic.labelled",
        "credence.topic.scored, bike-training, credence.topic.training",
        "credence.topic.dead.letters, bike-alerts, credence.topic.alerts",
        "credence.topic.unlabelled, bike-posteriors, credence.topic.unlabelled"
    })
    void shouldNameBothKeysWhenTwoTopicsAreOne(String key, String topic, String other) {
        assertRefused(Settings.with(key, topic), "credence.topic.", topic, "must differ from " + other);
    }

    @ParameterizedTest
    @CsvSource({"multiclass, a", "binary, 'a,b,c'", "regression, 'a,b'", "count, 'a,b'", "multiclass, ''"})
    void shouldRefuseTheClassesWhenTheyDoNotFitTheTask(String task, String classes) {
        assertRefused(Settings.with("credence.task", task, "credence.classes", classes), "credence.classes", task);
    }

    @ParameterizedTest
    @CsvSource({"count, ''", "binary, ''", "multiclass, 'a,b'"})
    void shouldRefuseABoundWhenTheTaskHasNone(String task, String classes) {
        Map<String, Object> settings =
                Settings.with("credence.task", task, "credence.classes", classes, "credence.label.min", "0");
        assertRefused(settings, "credence.label.min", "0", "must be unset for the task " + task);
    }

    @Test
    void shouldRefuseBoundsWhenTheyLeaveNothing() {
        assertRefused(
                Settings.with("credence.label.min", "1", "credence.label.max", "1"),
                "credence.label.max",
                "must be above credence.label.min, which is 1");
    }

    @Test
    void shouldBoundTheLabelWhenAsked() {
        LabelEncoder label = CredenceConfig.of(Settings.with("credence.label.max", "1.5"))
                .model()
                .label();
        assertEquals(Double.NEGATIVE_INFINITY, label.min());
        assertEquals(1.5, label.max());
    }

    @ParameterizedTest
    @CsvSource({
        "regression, '', heteroscedastic, HETEROSCEDASTIC",
        "regression, '', AUTO, GAUSSIAN",
        "Binary, '', auto, BERNOULLI",
        "multiclass, 'a,b,c', categorical, CATEGORICAL",
        "count, '', auto, NEGATIVE_BINOMIAL"
    })
    void shouldChooseTheLikelihoodWhenItFitsTheTask(String task, String classes, String text, LikelihoodKind kind) {
        CredenceConfig config = CredenceConfig.of(
                Settings.with("credence.task", task, "credence.classes", classes, "credence.likelihood", text));

        assertEquals(kind, config.model().network().likelihood());
    }

    @ParameterizedTest
    @CsvSource({"regression, poisson, 'auto, gaussian, heteroscedastic'", "binary, gaussian, 'auto, bernoulli'"})
    void shouldRefuseTheLikelihoodWhenItDoesNotFitTheTask(String task, String text, String allowed) {
        assertRefused(
                Settings.with("credence.task", task, "credence.likelihood", text),
                "credence.likelihood",
                text,
                allowed);
    }

    @Test
    void shouldRefuseTheRecursivePolicyWhenOneAdamStepWouldNeverFeelThePrior() {
        Map<String, Object> settings =
                Settings.with("credence.elbo.n.policy", "recursive", "credence.replay.events", "0");

        assertRefused(settings, "credence.elbo.n.policy", "credence.elbo.kl.weight=1");
        settings.put("credence.elbo.kl.weight", "1");
        assertRefused(settings, "credence.elbo.n.policy", "credence.batch.steps", "credence.update.rule=von");
        settings.put("credence.update.rule", "von");
        assertDoesNotThrow(() -> CredenceConfig.of(settings));
    }

    private static void assertRefused(Map<String, Object> settings, String... parts) {
        ConfigException e = assertThrows(ConfigException.class, () -> CredenceConfig.of(settings));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }
}
