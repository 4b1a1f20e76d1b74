package io.credence.bayes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.ModelSpecBuilder;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import io.credence.fixture.OtherJvm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The learner in a virtual machine that has its jars and no others: no Kafka, Avro, Logback or command line. */
final class LibraryJarsTest {
    /** The learner's jars, without versions and platforms. */
    private static final List<String> JARS = List.of(
            "commons-lang3",
            "commons-math3",
            "guava",
            "javacpp",
            "jna",
            "nd4j-api",
            "nd4j-common",
            "nd4j-native",
            "nd4j-native-api",
            "nd4j-native-preset",
            "openblas",
            "slf4j-api");

    /** Asks for every public signature of the face, which fails where one needs a class that is not there. */
    static final class Signatures {
        private Signatures() {}

        public static void main(String[] args) {
            for (Class<?> face : List.of(
                    Credence.class,
                    Learner.class,
                    ModelSpec.class,
                    ModelSpecBuilder.class,
                    Prediction.class,
                    Predictor.class)) {
                Method[] methods = face.getMethods();
                System.out.println(face.getSimpleName() + " " + (methods.length > 0));
            }
        }
    }

    @Test
    void shouldRunTheExampleWhenOnlyTheLearnersJarsAreThere() throws Exception {
        String output = run("io.credence.examples.LearnWithoutKafka");

        assertTrue(output.contains("at 20 degrees"), output);
    }

    @Test
    void shouldResolveEveryPublicSignatureWhenOnlyTheLearnersJarsAreThere() throws Exception {
        assertTrue(run(Signatures.class.getName()).contains("Predictor true"));
    }

    private static String run(String main) throws IOException, InterruptedException {
        return OtherJvm.run(main, entry -> !entry.toString().endsWith(".jar") || JARS.contains(artifact(entry)));
    }

    /** The name of a jar up to its version: {@code nd4j-api} of {@code nd4j-api-1.0.0-M2.1.jar}. */
    private static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*", "");
    }
}
