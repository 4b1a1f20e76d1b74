package io.credence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The storeys, and the walls between their rooms. */
@AnalyzeClasses(packages = "io.credence", importOptions = ImportOption.DoNotIncludeTests.class)
final class WallsTest {
    /** From the ground up. Rooms of one line do not know each other; an arrow points to a line further up. */
    private static final List<List<String>> FROM_THE_GROUND = List.of(
            List.of("bayes.linalg", "bayes.feature", "bayes.alert"),
            List.of("bayes.network", "bayes.baseline"),
            List.of("bayes.predict"),
            List.of("bayes.drift"),
            List.of("bayes.inference"),
            List.of("bayes"),
            List.of("stream.avro"),
            List.of("stream.config"),
            List.of("stream.wire"),
            List.of("stream.state"),
            List.of("stream.event"),
            List.of("stream.topology"),
            List.of("stream.operate", "stream.http"),
            List.of("stream.serve"),
            List.of("tool.broker", "tool.csv"),
            List.of("tool.evaluate"),
            List.of("tool.demo", "tool.benchmark", "tool.feed", "tool.report"),
            List.of("cli"));

    @ArchTest
    static void anArrowShouldOnlyPointDown(JavaClasses classes) {
        for (int level = 0; level < FROM_THE_GROUND.size(); level++) {
            for (String room : FROM_THE_GROUND.get(level)) {
                String[] notBelow = FROM_THE_GROUND.subList(level, FROM_THE_GROUND.size()).stream()
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(room))
                        .map(WallsTest::inFull)
                        .toArray(String[]::new);
                noClasses()
                        .that()
                        .resideInAPackage(inFull(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBelow)
                        .allowEmptyShould(true)
                        .check(classes);
            }
        }
    }

    @ArchTest
    static final ArchRule EVERY_CLASS_LIVES_IN_A_ROOM = noClasses()
            .should()
            .resideOutsideOfPackages(Stream.concat(
                            FROM_THE_GROUND.stream().flatMap(List::stream).map(WallsTest::inFull),
                            Stream.of("io.credence"))
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule BAYES_KNOWS_NO_KAFKA_AND_NO_AVRO = noClasses()
            .that()
            .resideInAPackage("io.credence.bayes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache..", "java.util.logging..");

    @ArchTest
    static final ArchRule ND4J_AND_ITS_BLAS_STAY_IN_LINALG = noClasses()
            .that()
            .resideOutsideOfPackage("io.credence.bayes.linalg")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    /** Which kernels a processor has stands in files of the system, and is read once. */
    private static final DescribedPredicate<JavaClass> ASKS_WHAT_PROCESSOR_THERE_IS =
            JavaClass.Predicates.resideInAPackage("io.credence.bayes.linalg")
                    .and(DescribedPredicate.describe("asks for the processor", c -> List.of("Platform", "CoreType")
                            .contains(c.getSimpleName())));

    @ArchTest
    static final ArchRule BAYES_HAS_NO_CLOCK_LOGGER_IO_OR_UNSEEDED_RANDOMNESS = noClasses()
            .that()
            .resideInAPackage("io.credence.bayes..")
            .and(DescribedPredicate.not(ASKS_WHAT_PROCESSOR_THERE_IS))
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
            .haveFullyQualifiedName("java.util.SplittableRandom")
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
            .callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule ONE_CLASS_TALKS_TO_THE_REGISTRY = noClasses()
            .that()
            .haveNameNotMatching("io\\.credence\\.stream\\.wire\\.SchemaRegistry(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule ONLY_STATE_KNOWS_THE_BYTES_OF_A_MODEL = noClasses()
            .that()
            .resideOutsideOfPackages("io.credence.stream.state", "io.credence.stream.avro")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.credence.stream.avro.PosteriorSnapshot");

    @ArchTest
    static final ArchRule STOREYS_FORM_NO_CYCLE =
            slices().matching("io.credence.(*)..").should().beFreeOfCycles();

    private static String inFull(String room) {
        return "io.credence." + room;
    }
}
