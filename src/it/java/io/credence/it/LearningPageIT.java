package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.fixture.Points;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of a service that only learns, of classes: it shows how well that goes, in the measures of classes. */
@Timeout(600)
final class LearningPageIT {
    private static final int POINTS = 60;

    @Test
    void shouldShowHowLearningGoesWhereNothingIsScored() throws Exception {
        Browser.assumeThereIsOne();
        try (Cluster cluster = new Cluster()) {
            cluster.create("alone-labelled");
            CredenceConfig config = config(cluster);
            try (CredenceService service = new CredenceService(config);
                    Browser browser = new Browser()) {
                service.start();
                cluster.await("it to be ready", service::ready);
                browser.look(1280, 900, false);
                browser.open(service.httpAddress().orElseThrow());
                send(cluster, config);
                browser.await(
                        "document.querySelector('#list td:nth-child(3)')?.textContent.startsWith('" + POINTS + "')");
                browser.await("Number(document.getElementById('error').dataset.points) > 0");
                browser.await("document.getElementById('h-error').textContent === 'Accuracy'");
                browser.await("document.getElementById('h-coverage').textContent === 'Log-loss'");
                // The labels alternate: the last class is always wrong, and a share of the labels lies between 0 and 1.
                browser.await(
                        "/^of late .*, since the beginning (1|0\\.\\d+), last class .*, last class, since the beginning 0(\\.\\d+)?$/"
                                + ".test(document.getElementById('error').getAttribute('aria-label'))");
                browser.await("Number(document.getElementById('elbo').dataset.points) > 0");
                browser.await("Number(document.getElementById('rate').dataset.points) > 0");
                browser.await("[...document.querySelectorAll('#facts div')].some(f => f.textContent === 'Learned"
                        + POINTS + "')");
                browser.await("document.getElementById('answer').textContent.startsWith('This service only learns')");
                assertEquals(List.of(), browser.errors());
            }
        }
    }

    private static CredenceConfig config(Cluster cluster) {
        Map<String, String> usual = Map.of(
                "credence.features", "a",
                "credence.hidden", "4",
                "credence.samples", "4",
                "credence.batch.size", "1",
                "credence.publish.interval.ms", "50",
                "credence.task", "binary");
        Map<String, String> settings = cluster.settings("alone", usual, "credence.http.port", "0");
        settings.remove("credence.topic.unlabelled");
        return CredenceConfig.of(settings);
    }

    private static void send(Cluster cluster, CredenceConfig config) throws Exception {
        Random random = new Random(5);
        try (Points points = new Points(config.serde(), "a")) {
            for (int i = 0; i < POINTS; i++) {
                double y = i % 2;
                cluster.send(
                        List.of(points.record("alone-labelled", "p" + i, 2 * y - 1 + 0.1 * random.nextGaussian(), y)));
            }
        }
    }
}
