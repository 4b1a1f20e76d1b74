package io.credence.stream.serve;

import io.credence.stream.state.StoredBytesException;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.jspecify.annotations.Nullable;

/** A fault that a new thread would meet again, in one sentence: a right, credentials or a model of another shape. */
final class LastingFault {
    private static final String CHANGELOG = "-changelog";

    private LastingFault() {}

    /**
     * The sentence, if anything in a chain of causes is such a fault.
     *
     * @param application its {@code application.id}, which is also the group and what transactional ids begin with
     */
    static Optional<String> in(Throwable exception, String application) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            String sentence = sentence(t, application);
            if (sentence != null) {
                return Optional.of(sentence);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String sentence(Throwable fault, String application) {
        if (fault instanceof StoredBytesException stored) {
            return stored.isLasting() ? fault.getMessage() : null;
        }
        if (fault instanceof MissingSourceTopicException) {
            return "an input topic, or the training or posteriors topic, is not there any more: create it again with as"
                    + " many partitions as it had, and start the service; its own state is kept (" + fault.getMessage()
                    + ")";
        }
        if (fault instanceof GroupAuthorizationException group) {
            return missing("READ", "the group " + (group.groupId() == null ? application : group.groupId()));
        }
        if (fault instanceof TransactionalIdAuthorizationException) {
            return missing("WRITE", "the transactional ids that begin with " + application + "-");
        }
        if (fault instanceof TopicAuthorizationException topics) {
            return missing(rights(topics), "the topic(s) " + String.join(", ", topics.unauthorizedTopics()));
        }
        if (fault instanceof ClusterAuthorizationException) {
            return missing("IDEMPOTENT_WRITE", "the cluster");
        }
        if (fault instanceof AuthenticationException refusal) {
            return refused(refusal, "the broker");
        }
        return fault instanceof AuthorizationException ? said(fault, "the broker refuses what we ask of it") : null;
    }

    /**
     * Why we are not let in, and which settings decide it.
     *
     * @param who refuses us: the start of the sentence
     */
    static String refused(AuthenticationException refusal, String who) {
        if (refusal instanceof SaslAuthenticationException) {
            return who + " does not accept our user or password: check sasl.jaas.config and sasl.mechanism ("
                    + said(refusal, "no reason given") + ")";
        }
        if (refusal instanceof SslAuthenticationException) {
            return "TLS with " + who
                    + " fails: check ssl.truststore.*, which says whose certificates we trust, and ssl.keystore.*, which"
                    + " has ours (" + said(root(refusal), "no reason given") + ")";
        }
        return said(refusal, who + " refuses our credentials");
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** As far as the fault tells: it names topics, but not what was wanted of them. */
    private static String rights(TopicAuthorizationException fault) {
        boolean internal = fault.unauthorizedTopics().stream().anyMatch(topic -> topic.endsWith(CHANGELOG));
        boolean creating =
                String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains("create");
        return internal || creating ? "CREATE, READ and WRITE" : "READ or WRITE";
    }

    /** A right that the broker says is missing, as a sentence that names it and what it is for. */
    static String missing(String right, String resource) {
        return "the right " + right + " on " + resource
                + " is missing: grant it to the user that this service connects as (kafka-acls.sh --add), and start the"
                + " service again";
    }

    private static String said(Throwable fault, String otherwise) {
        String message = fault.getMessage();
        return message == null || message.isBlank() ? otherwise : message;
    }
}
