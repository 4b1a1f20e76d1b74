package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.serve.StartupException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rights on the page for operators are what a service needs over TLS and SASL/SCRAM, all of it and no more: with exactly
 * these it learns, scores and starts again, and without any one of them it says which and stops.
 */
@Timeout(300)
final class LeastPrivilegeIT {
    private static SecuredBroker broker;
    private static GroupPositions positions;
    private static SecuredWork work;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start("a password");
        work = new SecuredWork(broker);
        positions =
                new GroupPositions(broker.operator().get("bootstrap.servers").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        positions.close();
        broker.close();
    }

    static List<Right> needed() throws IOException {
        return Right.onThePage("rights");
    }

    @Test
    void shouldBeDeniedNothingButWhatThePageCallsMoreWhenItHasExactlyTheRightsOnThePage() throws Exception {
        CredenceConfig config = work.application();
        broker.permit(work.resolved(config, "rights"));
        try (LogTape tape = new LogTape(Map.of("kafka.authorizer.logger", Level.INFO))) {
            assertEquals(Optional.empty(), twice(config));

            List<Right> more = work.resolved(config, "more rights");
            assertEquals(
                    List.of(),
                    tape.entries().stream()
                            .filter(line -> line.contains("is Denied"))
                            .filter(line -> more.stream().noneMatch(right -> right.isDenied(line)))
                            .toList());
        }
    }

    @Test
    void shouldLearnAndScoreWithTheSameRightsWhenTheBrokerSharesTheTasks() throws Exception {
        CredenceConfig config = work.application("group.protocol", "streams");
        broker.permit(work.resolved(config, "rights"));

        assertEquals(Optional.empty(), twice(config));
    }

    @Test
    void shouldNeedNoRightOfTheScorerWhenItOnlyLearns() throws Exception {
        CredenceConfig config = work.application("credence.topic.unlabelled", "");
        broker.permit(work.resolved(config, "rights").stream()
                .filter(right -> !right.name().matches(".*-(unlabelled|scored|score-)"))
                .toList());
        work.feed(config);

        assertEquals(Optional.empty(), once(config, "posteriors", 1));
        assertEquals(Optional.empty(), once(config, "posteriors", 1));
    }

    @Test
    void shouldNeedNoRightOfTheLearnerWhenItOnlyScores() throws Exception {
        // There is nobody who learns: its events are scored with the prior.
        CredenceConfig config = work.application("credence.topic.labelled", "", "credence.warmup.policy", "flag");
        broker.permit(work.resolved(config, "rights").stream()
                .filter(right -> !right.name().matches(".*-(labelled|training|changes|metrics|learner-)"))
                .filter(right -> !(right.name().endsWith("-posteriors") && right.operation() == AclOperation.WRITE))
                .toList());
        work.feed(config);

        assertEquals(Optional.empty(), once(config, "scored", 1));
        assertEquals(Optional.empty(), once(config, "scored", 1));
    }

    @Test
    void shouldCreateItsTopicsAndMissNoRightWhenItHasTheFurtherRightsToo() throws Exception {
        CredenceConfig config = work.application("credence.topics.create", "true");
        broker.permit(work.resolved(config, "rights"));
        broker.permit(work.resolved(config, "more rights"));
        try (LogTape tape = new LogTape(Map.of("io.credence", Level.WARN))) {
            assertEquals(Optional.empty(), twice(config));

            assertEquals(
                    List.of(),
                    tape.entries().stream()
                            .filter(entry -> entry.contains("io.credence") && entry.contains("right"))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("needed")
    void shouldStopAndNameTheRightWhenOneOfThePageIsMissing(Right missing) throws Exception {
        CredenceConfig config = work.application();
        broker.permit(needed().stream()
                .filter(right -> !right.equals(missing))
                .map(right -> right.of(config.masked()))
                .toList());

        String said = twice(config).orElseGet(() -> fail("it learns, scores and starts again without " + missing));

        assertTrue(said.startsWith("the right " + missing.operation() + " on the "), said);
        assertTrue(said.contains(" " + missing.of(config.masked()).name()), said);
        assertEquals(0, said.lastIndexOf("the right "), said);
    }

    /** Runs a service until it has learned and scored, and then again; gives what it said if it stopped by itself. */
    private static Optional<String> twice(CredenceConfig config) throws Exception {
        work.feed(config);
        Optional<String> first = once(config, "scored", 1);
        if (first.isPresent()) {
            return first;
        }
        work.feed(config);
        return once(config, "scored", 1 + work.newest(config, "scored"));
    }

    private static Optional<String> once(CredenceConfig config, String topic, long end) throws Exception {
        try (CredenceService service = new CredenceService(config)) {
            try {
                service.start();
            } catch (StartupException e) {
                return Optional.of(e.getMessage());
            }
            Wait.until(
                    "an end, or a service that learns and scores",
                    positions,
                    () -> service.exitCode() != 0
                            || work.newest(config, topic) >= end
                                    && service.ready()
                                    && (config.topics().labelled() == null
                                            || work.newest(config, "posteriors") > 0
                                                    && work.newest(config, "metrics") > 0));
            assertEquals(service.cause().isPresent() ? 1 : 0, service.exitCode());
            return service.cause();
        }
    }
}
