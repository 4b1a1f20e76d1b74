package io.credence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;

/** The walls between the rooms. */
@AnalyzeClasses(packages = "io.credence", importOptions = ImportOption.DoNotIncludeTests.class)
final class WallsTest {
    private static final String[] PURE = {
        "..credence.feature..",
        "..credence.network..",
        "..credence.inference..",
        "..credence.predict..",
        "..credence.drift..",
        "..credence.alert..",
        "..credence.linalg.."
    };

    @ArchTest
    static final ArchRule PURE_ROOMS_KNOW_NO_KAFKA_AND_NO_AVRO = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "org.apache.flink..");

    @ArchTest
    static final ArchRule ND4J_AND_ITS_BLAS_STAY_IN_LINALG = noClasses()
            .that()
            .resideOutsideOfPackage("..credence.linalg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule INFERENCE_HAS_NO_CLOCK_LOGGER_IO_OR_UNSEEDED_RANDOMNESS = noClasses()
            .that()
            .resideInAnyPackage("..credence.inference..", "..credence.drift..", "..credence.predict..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.SplittableRandom");

    @ArchTest
    static final ArchRule ONE_CLASS_TALKS_TO_THE_REGISTRY = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.credence.event.SchemaRegistry")
            .and()
            .haveNameNotMatching("io\\.credence\\.event\\.SchemaRegistry\\$.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule THE_NETWORK_KNOWS_ONLY_ARRAYS = noClasses()
            .that()
            .resideInAPackage("..credence.network..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..credence.feature..",
                    "..credence.inference..",
                    "..credence.predict..",
                    "..credence.drift..",
                    "..credence.state..",
                    "..credence.topology..");

    @ArchTest
    static final ArchRule ROOMS_FORM_NO_CYCLE =
            slices().matching("io.credence.(*)..").should().beFreeOfCycles();
}
