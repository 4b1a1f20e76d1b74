package io.credence.stream.serve;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.topology.ModelBehindException;
import io.credence.stream.wire.RegistryUnavailableException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadPolicyTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final ThreadPolicy policy = new ThreadPolicy("bike", Optional::empty, Duration.ofMinutes(5), nanos::get);
    private final Throwable fault = new StreamsException("no");
    private final Throwable registryAway =
            new StreamsException(new RegistryUnavailableException("away", new IOException("refused")));

    @Test
    void shouldStopWhenAFourthThreadDiesWithinTheWindow() {
        for (int i = 0; i < 3; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(fault));
            nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        }
        assertEquals(SHUTDOWN_CLIENT, policy.handle(fault));
    }

    @Test
    void shouldGoOnReplacingWhenThreadsDieSeldom() {
        for (int i = 0; i < 20; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(fault));
            nanos.addAndGet(Duration.ofSeconds(101).toNanos());
        }
    }

    @Test
    void shouldReplaceMoreThanThreeThreadsWhenTheRegistryIsAwayForLessThanItsTime() {
        for (int i = 0; i < 30; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(registryAway));
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        }
        assertEquals(SHUTDOWN_CLIENT, policy.handle(registryAway));
    }

    @Test
    void shouldWaitForTheNewestModelAsForTheRegistry() {
        Throwable behind = new StreamsException(new ModelBehindException("model 'a' was last used at version 0/7"));
        for (int i = 0; i < 10; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(behind));
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        }
        assertEquals(SHUTDOWN_CLIENT, policy.handle(behind));
    }

    @Test
    void shouldBeginAnewWhenTheRegistryHasAnsweredInBetween() {
        for (int outage = 0; outage < 5; outage++) {
            assertEquals(REPLACE_THREAD, policy.handle(registryAway));
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertEquals(REPLACE_THREAD, policy.handle(registryAway));
            nanos.addAndGet(ThreadPolicy.QUIET.toNanos() + 1);
        }
    }

    @Test
    void shouldCountOtherDeathsAloneWhenTheRegistryIsAwayToo() {
        for (int i = 0; i < 3; i++) {
            assertEquals(REPLACE_THREAD, policy.handle(fault));
            assertEquals(REPLACE_THREAD, policy.handle(registryAway));
        }
        assertEquals(SHUTDOWN_CLIENT, policy.handle(fault));
    }

    @Test
    void shouldStopAtTheFirstDeathWhenTheRegistryIsGivenNoTime() {
        assertEquals(
                SHUTDOWN_CLIENT,
                new ThreadPolicy("bike", Optional::empty, Duration.ZERO, nanos::get).handle(registryAway));
    }

    @Test
    void shouldStopAtOnceWhenTheJvmIsBroken() {
        assertEquals(SHUTDOWN_CLIENT, policy.handle(new StreamsException(new OutOfMemoryError("native"))));
        assertEquals(SHUTDOWN_CLIENT, policy.handle(new UnsatisfiedLinkError("no openblas")));
    }

    @Test
    void shouldStopAtOnceAndNameRightAndResourceWhenOneIsMissing() {
        Map<Throwable, String> faults = Map.of(
                GroupAuthorizationException.forGroupId("bike"),
                "the right READ on the group bike is missing",
                new TransactionalIdAuthorizationException("failed"),
                "the right WRITE on the transactional ids that begin with bike- is missing",
                new TopicAuthorizationException(Set.of("bike-scored")),
                "the right READ or WRITE on the topic(s) bike-scored is missing",
                new TopicAuthorizationException(Set.of("bike-learner-ring-changelog")),
                "the right CREATE, READ and WRITE on the topic(s) bike-learner-ring-changelog is missing",
                new ClusterAuthorizationException("failed"),
                "the right IDEMPOTENT_WRITE on the cluster is missing",
                new SaslAuthenticationException("the password is wrong"),
                "the broker does not accept our user or password: check sasl.jaas.config and sasl.mechanism (the password is"
                        + " wrong)",
                new SslAuthenticationException("failed", new CertificateException("no path to it")),
                "TLS with the broker fails: check ssl.truststore.*");
        faults.forEach((exception, sentence) -> {
            ThreadPolicy fresh = new ThreadPolicy("bike", Optional::empty, Duration.ofMinutes(5), nanos::get);

            assertEquals(SHUTDOWN_CLIENT, fresh.handle(new StreamsException(exception)));

            String cause = fresh.cause().orElseThrow();
            assertTrue(cause.startsWith(sentence), cause);
        });
    }

    @Test
    void shouldSayWhatTheBrokerSaysIsMissingWhenTheFaultNamesTopicsOnly() {
        ThreadPolicy asking = new ThreadPolicy(
                "bike",
                () -> Optional.of("the right READ on the topic t is missing"),
                Duration.ofMinutes(5),
                nanos::get);

        assertEquals(
                SHUTDOWN_CLIENT, asking.handle(new StreamsException(new TopicAuthorizationException(Set.of("t")))));

        assertEquals(Optional.of("the right READ on the topic t is missing"), asking.cause());
    }

    @Test
    void shouldKnowTheCauseOnlyWhenItStops() {
        policy.handle(fault);
        assertEquals(Optional.empty(), policy.cause());

        for (int i = 0; i < 3; i++) {
            policy.handle(fault);
        }
        assertEquals(Optional.of("no"), policy.cause());
    }
}
