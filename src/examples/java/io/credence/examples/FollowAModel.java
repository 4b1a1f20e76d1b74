package io.credence.examples;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.PosteriorReader;
import io.credence.stream.operate.Published;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * A program that follows a service's model on its topic and predicts with it, without a topology of its own.
 */
public final class FollowAModel {
    private FollowAModel() {}

    /**
     * Waits until the model has learned so many events, and asks it.
     *
     * @param config of the service
     * @param events labelled events that the model must have learned
     * @param question values by the names of the features
     */
    public static Prediction ask(CredenceConfig config, long events, Map<String, ?> question) {
        FeatureVector x = config.model().features().encode(question).orElseThrow();
        try (PosteriorReader models = new PosteriorReader(config);
                Consumer<byte[], byte[]> consumer = models.consumer()) {
            long learned = 0;
            while (learned < events) {
                for (Published version : models.poll(consumer, Duration.ofSeconds(1))) {
                    learned = version.state().events();
                }
            }
            return models.predictor("").predict(List.of(x)).get(0);
        }
    }

    public static void main(String[] args) {
        CredenceConfig config = CredenceConfig.load(Path.of(args[0]), System.getenv(), Map.of());
        Prediction p = ask(config, 1000, Map.of("distance", 3.2, "hour", 18));
        System.out.printf("%.2f, 95 %% within %.2f and %.2f%n", p.mean(), p.lower(), p.upper());
    }
}
