package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    credence.topic.labelled; a b; topic name
                    credence.topic.scored; ..; topic name
                    credence.topics.create; perhaps; either true or false
                    credence.topics.partitions; 0; at least 1
                    credence.topics.replication.factor; -2; at least -1
                    credence.topics.training.retention.ms; -2; at least -1
                    credence.label; a..b; dotted path
                    credence.model.key; .a; dotted path
                    credence.event.id; ' a.'; dotted path
                    credence.task; ranking; regression, binary, multiclass, count
                    credence.label.min; none; Not a number of type DOUBLE
                    credence.label.max; Infinity; a finite number
                    credence.classes; a,,b; distinct names
                    credence.classes; a,a; distinct names
                    credence.features; ''; at least one field
                    credence.features; hour:circular(24); cyclic(period[,harmonics])
                    credence.features; hour:cyclic; cyclic needs a positive period
                    credence.features; temp,temp; given twice
                    credence.features.unseen; drop; zero, reject
                    credence.value.serde; no.such.Serde; could not be found
                    credence.value.serde; java.lang.String; Serde<GenericRecord>
                    credence.hidden; 64,0; whole numbers from 1 to 65536
                    credence.hidden; 99999; whole numbers from 1 to 65536
                    credence.activation; sigmoid; relu, tanh
                    credence.likelihood; cauchy; auto, gaussian
                    credence.prior.scale; 0; fan-in, empirical or a finite number above 0
                    credence.prior.scale; Infinity; fan-in, empirical or a finite number above 0
                    credence.batch.size; 0; at least 1
                    credence.batch.size; many; Not a number of type INT
                    credence.batch.linger.ms; -1; at least 0
                    credence.replay.events; -1; at least 0
                    credence.replay.capacity; 0; at least 1
                    credence.replay.capacity; 31; at least credence.replay.events
                    credence.batch.steps; 0; at least 1
                    credence.batch.steps.early; 0; at least 1
                    credence.early.events; -1; at least 0
                    credence.replay.weighting; equal; stratified, pooled
                    credence.drift; maybe; either true or false
                    credence.elbo.n.policy; all; seen, window, discounted, fixed, recursive
                    credence.elbo.n.policy; recursive; credence.replay.events=0
                    credence.elbo.n.events; 0; at least 1
                    credence.elbo.kl.weight; -1; finite number from 0
                    credence.elbo.estimator; exact; local, shared
                    credence.elbo.samples; 0; at least 1
                    credence.update.rule; sgd; adam, von
                    credence.update.rate.mu; 0; finite number above 0
                    credence.update.rate.rho; NaN; finite number above 0
                    credence.update.rate.horizon; 0; finite number above 0
                    credence.update.initial.scale; 0; finite number above 0
                    credence.update.average.horizon; 0.5; finite number from 1
                    credence.checkpoint.events; 0; at least 1
                    credence.seed; x; Not a number of type LONG
                    credence.samples; 0; at least 1
                    application.id; my/app; letters, digits
                    application.id; my app!; letters, digits
                    application.id; größe; letters, digits
                    application.id; ''; letters, digits
                    credence.interval; 1; above 0 and below 1
                    credence.interval; NaN; above 0 and below 1
                    credence.warmup.events; -1; at least 0
                    credence.score.batch.size; 0; at least 1
                    credence.score.linger.ms; -1; at least 0
                    credence.publish.interval.ms; 1; at least 10
                    credence.live.models; 0; at least 1
                    credence.alert.std; 0; finite number above 0
                    credence.flag.share; 0.5; number above 0 and below 0.5
                    credence.health.port; 65536; no more than 65535
                    credence.health.host; ''; non-empty
                    credence.startup.timeout.ms; 0; at least 1
                    credence.outage.timeout.ms; -1; at least 0
                    credence.shutdown.timeout.ms; 0; at least 1
                    """)
    void shouldNameKeyValueAndAllowedValuesWhenAValueIsWrong(String key, String value, String allowed) {
        ConfigException e = assertThrows(ConfigException.class, () -> CredenceConfig.of(Settings.with(key, value)));

        assertTrue(e.getMessage().contains(key), e.getMessage());
        assertTrue(e.getMessage().contains(allowed), e.getMessage());
        assertTrue(value.isEmpty() || e.getMessage().contains(value.strip().split(",")[0]), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "credence.batchsize, credence.batch.size",
        "credence.feature, credence.features",
        "credence.topic.deadletters, credence.topic.dead.letters"
    })
    void shouldNameTheNearestKeyWhenOneIsUnknown(String given, String meant) {
        ConfigException e = assertThrows(ConfigException.class, () -> CredenceConfig.of(Settings.with(given, "1")));

        assertEquals("unknown configuration " + given + ", did you mean " + meant + "?", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"application.id", "bootstrap.servers", "credence.features", "credence.label", "credence.topic.labelled"
    })
    void shouldNameTheKeyWhenANeededOneIsMissing(String key) {
        ConfigException e = assertThrows(ConfigException.class, () -> CredenceConfig.of(Settings.without(key)));

        assertTrue(e.getMessage().contains(key), e.getMessage());
    }

    @Test
    void shouldRefuseAWrongStreamsSettingWhenItIsGiven() {
        Map<String, Object> settings = Settings.with("processing.guarantee", "twice");

        ConfigException e = assertThrows(ConfigException.class, () -> CredenceConfig.of(settings));

        assertTrue(e.getMessage().contains("processing.guarantee"), e.getMessage());
    }
}
