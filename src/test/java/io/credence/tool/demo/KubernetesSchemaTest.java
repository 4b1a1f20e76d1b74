package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The manifests have only fields that Kubernetes knows, and those that it wants. */
final class KubernetesSchemaTest {
    /** Says so if an object has a field that its schema lacks, or lacks one that it must have. */
    private interface Schema {
        void validate(JsonElement object) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "monitoring.coreos.com/v1 ServiceMonitor", OperatorSchema::validate);

    /** Of KEDA and of kustomize no repository of libraries has a schema: the fields of their documentation that we use, as paths. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "kustomize.config.k8s.io/v1beta1 Kustomization",
            Set.of(
                    "resources",
                    "components",
                    "configMapGenerator.name",
                    "configMapGenerator.files",
                    "images.name",
                    "images.newTag",
                    "patches.target.kind",
                    "patches.target.name",
                    "patches.patch"),
            "kustomize.config.k8s.io/v1alpha1 Component",
            Set.of("resources"),
            "keda.sh/v1alpha1 ScaledObject",
            Set.of(
                    "spec.scaleTargetRef.apiVersion",
                    "spec.scaleTargetRef.kind",
                    "spec.scaleTargetRef.name",
                    "spec.minReplicaCount",
                    "spec.maxReplicaCount",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.type",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.value",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.periodSeconds",
                    "spec.triggers.type",
                    "spec.triggers.metadata",
                    "spec.triggers.authenticationRef.name"),
            "keda.sh/v1alpha1 TriggerAuthentication",
            Set.of("spec.secretTargetRef.parameter", "spec.secretTargetRef.name", "spec.secretTargetRef.key"));

    @Test
    void shouldHaveOnlyFieldsThatAreKnownWhenReadByTheirSchemas() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (JsonNode object : Manifests.objects()) {
            String kind = object.path("apiVersion").asText() + " "
                    + object.path("kind").asText();
            kinds.add(kind);
            if (SCHEMAS.containsKey(kind)) {
                SCHEMAS.get(kind).validate(JsonParser.parseString(object.toString()));
            } else {
                assertTrue(FIELDS.containsKey(kind), kind);
                Set<String> unknown = new TreeSet<>(Manifests.paths("", object));
                unknown.removeIf(path -> path.matches("apiVersion|kind|metadata\\.(name|labels\\..*)")
                        || FIELDS.get(kind).stream()
                                .anyMatch(known -> path.equals(known) || path.startsWith(known + ".")));
                assertEquals(Set.of(), unknown, kind);
            }
        }
        Set<String> all = new TreeSet<>(SCHEMAS.keySet());
        all.addAll(FIELDS.keySet());
        assertEquals(all, kinds);
    }

    @Test
    void shouldRefuseAFieldThatKubernetesDoesNotKnow() throws IOException {
        ObjectNode set = Manifests.object("StatefulSet").deepCopy();
        ((ObjectNode) set.at("/spec/template/spec/containers/0/readinessProbe/httpGet")).put("pathh", "/ready");

        assertThrows(
                IllegalArgumentException.class,
                () -> V1StatefulSet.validateJsonElement(JsonParser.parseString(set.toString())));
    }

    @Test
    void shouldRefuseWhatTheOperatorOfPrometheusDoesNotKnow() throws IOException {
        ObjectNode unknown = Manifests.object("ServiceMonitor").deepCopy();
        ((ObjectNode) unknown.at("/spec/endpoints/0")).put("intervall", "15s");
        ObjectNode mistyped = Manifests.object("ServiceMonitor").deepCopy();
        ((ObjectNode) mistyped.at("/spec/endpoints/0")).put("interval", 15);

        for (ObjectNode bad : new ObjectNode[] {unknown, mistyped}) {
            String said = assertThrows(
                            IllegalArgumentException.class,
                            () -> OperatorSchema.validate(JsonParser.parseString(bad.toString())))
                    .getMessage();
            assertTrue(said.startsWith("ServiceMonitor.spec.endpoints.interval"), said);
        }
    }
}
