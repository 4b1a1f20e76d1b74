package io.credence.it;

import io.credence.fixture.Wait;
import io.credence.tool.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that knows who asks and what they may: a listener with passwords for the service, one without for its
 * operator, who may everything.
 */
public final class SecuredBroker implements AutoCloseable {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final EmbeddedBroker broker;
    private final String operator;
    private final String clients;
    private final String password;

    private SecuredBroker(EmbeddedBroker broker, String operator, String clients, String password) {
        this.broker = broker;
        this.operator = operator;
        this.clients = clients;
        this.password = password;
    }

    /** @param password of the user {@code service} */
    public static SecuredBroker start(String password) throws IOException {
        List<String> at = addresses(3);
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", "BROKER://" + at.get(0) + ",CONTROLLER://" + at.get(1) + ",CLIENT://" + at.get(2));
        settings.put("advertised.listeners", "BROKER://" + at.get(0) + ",CLIENT://" + at.get(2));
        settings.put("controller.quorum.voters", "1@" + at.get(1));
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENT:SASL_PLAINTEXT");
        settings.put("listener.name.client.sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.client.plain.sasl.jaas.config", LOGIN + " user_service=\"" + password + "\";");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        return new SecuredBroker(EmbeddedBroker.start(settings), at.get(0), at.get(2), password);
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
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", clients);
        settings.put("security.protocol", "SASL_PLAINTEXT");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", LOGIN + " username=\"service\" password=\"" + password + "\";");
        return settings;
    }

    /** How its operator does. */
    public Map<String, Object> operator() {
        return new HashMap<>(Map.of("bootstrap.servers", operator));
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
        try (Admin admin = Admin.create(operator())) {
            List<AclBinding> bindings = Stream.of(operations)
                    .map(operation -> new AclBinding(
                            new ResourcePattern(type, name, pattern),
                            new AccessControlEntry("User:service", "*", operation, permission)))
                    .toList();
            admin.createAcls(bindings).all().get();
            // The controller has it; the broker, which decides, hears of it a moment later.
            Wait.until(
                    "the broker knows the rule for " + name,
                    () -> admin.describeAcls(AclBindingFilter.ANY)
                            .values()
                            .get()
                            .size(),
                    () -> admin.describeAcls(AclBindingFilter.ANY)
                            .values()
                            .get()
                            .containsAll(bindings));
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
