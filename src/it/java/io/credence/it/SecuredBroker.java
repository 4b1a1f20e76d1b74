package io.credence.it;

import io.credence.fixture.Wait;
import io.credence.tool.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that knows who asks and what they may: a listener with TLS of both sides and passwords (SASL/SCRAM) for the
 * service, one without for its operator, who may everything.
 */
public final class SecuredBroker implements AutoCloseable {
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String USER = "service";
    private static final String LISTENER = "listener.name.client.";

    private final EmbeddedBroker broker;
    private final String operator;
    private final String clients;
    private final String password;
    private final Certificates certificates;

    private SecuredBroker(
            EmbeddedBroker broker, String operator, String clients, String password, Certificates certificates) {
        this.broker = broker;
        this.operator = operator;
        this.clients = clients;
        this.password = password;
        this.certificates = certificates;
    }

    /** @param password of the user {@code service} and of all key stores, six characters or more */
    public static SecuredBroker start(String password) throws Exception {
        Certificates certificates = Certificates.create(password);
        List<String> at = addresses(3);
        Map<String, String> settings = new HashMap<>(certificates.settings(LISTENER, "server"));
        settings.put("listeners", "BROKER://" + at.get(0) + ",CONTROLLER://" + at.get(1) + ",CLIENT://" + at.get(2));
        settings.put("advertised.listeners", "BROKER://" + at.get(0) + ",CLIENT://" + at.get(2));
        settings.put("controller.quorum.voters", "1@" + at.get(1));
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENT:SASL_SSL");
        settings.put(LISTENER + "ssl.client.auth", "required");
        settings.put(LISTENER + "sasl.enabled.mechanisms", MECHANISM);
        settings.put(LISTENER + MECHANISM.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", LOGIN + ";");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        SecuredBroker secured =
                new SecuredBroker(EmbeddedBroker.start(settings), at.get(0), at.get(2), password, certificates);
        secured.addUser();
        return secured;
    }

    private void addUser() throws Exception {
        try (Admin admin = Admin.create(operator())) {
            ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, kind, password)))
                    .all()
                    .get();
            Wait.until(
                    "the user is known",
                    () -> 0,
                    () -> admin.describeUserScramCredentials().users().get().contains(USER));
        }
    }

    private static List<String> addresses(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
            }
            return sockets.stream()
                    .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                    .toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** How the service connects. */
    public Map<String, Object> service() {
        Map<String, Object> settings = new HashMap<>(certificates.settings("", "client"));
        settings.put("bootstrap.servers", clients);
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", MECHANISM);
        settings.put("sasl.jaas.config", login(password));
        return settings;
    }

    /** What the service says who it is, with a password. */
    public static String login(String password) {
        return LOGIN + " username=\"" + USER + "\" password=\"" + password + "\";";
    }

    /** The keys of both sides. */
    public Certificates certificates() {
        return certificates;
    }

    /** How its operator does. */
    public Map<String, Object> operator() {
        // A new topic may refuse the first batch and take the second: the first is then out of order.
        return new HashMap<>(Map.of("bootstrap.servers", operator, "max.in.flight.requests.per.connection", 1));
    }

    /** Permits the service exactly these. */
    public void permit(List<Right> rights) throws Exception {
        acl(rights.stream()
                .map(right -> new AclBinding(
                        new ResourcePattern(right.type(), right.name(), right.pattern()),
                        entry(right.operation(), AclPermissionType.ALLOW)))
                .toList());
    }

    /** Permits the service something on everything whose name begins so. */
    public void permit(ResourceType type, String prefix, AclOperation... operations) throws Exception {
        acl(AclPermissionType.ALLOW, type, PatternType.PREFIXED, prefix, operations);
    }

    /** Forbids it on one resource, whatever else is permitted. */
    public void forbid(ResourceType type, String name, AclOperation... operations) throws Exception {
        acl(AclPermissionType.DENY, type, PatternType.LITERAL, name, operations);
    }

    /** The same on everything whose name begins so. */
    public void forbidAll(ResourceType type, String prefix, AclOperation... operations) throws Exception {
        acl(AclPermissionType.DENY, type, PatternType.PREFIXED, prefix, operations);
    }

    private void acl(
            AclPermissionType permission,
            ResourceType type,
            PatternType pattern,
            String name,
            AclOperation... operations)
            throws Exception {
        acl(Stream.of(operations)
                .map(operation ->
                        new AclBinding(new ResourcePattern(type, name, pattern), entry(operation, permission)))
                .toList());
    }

    private static AccessControlEntry entry(AclOperation operation, AclPermissionType permission) {
        return new AccessControlEntry("User:" + USER, "*", operation, permission);
    }

    private void acl(List<AclBinding> bindings) throws Exception {
        try (Admin admin = Admin.create(operator())) {
            admin.createAcls(bindings).all().get();
            // The controller has it; the broker, which decides, hears of it a moment later.
            Callable<Collection<AclBinding>> known =
                    () -> admin.describeAcls(AclBindingFilter.ANY).values().get();
            Wait.until(
                    "the broker knows the rules " + bindings, () -> known.call().size(), () -> known.call()
                            .containsAll(bindings));
        }
    }

    @Override
    public void close() throws IOException {
        broker.close();
        certificates.close();
    }
}
