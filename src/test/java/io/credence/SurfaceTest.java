package io.credence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is for users, and that it stays small and whole: the rest is marked {@link Internal}. */
@AnalyzeClasses(packages = "io.credence", importOptions = ImportOption.DoNotIncludeTests.class)
final class SurfaceTest {
    /** Generated from {@code schemas}, which are the contract there. */
    private static final String GENERATED = "io.credence.stream.avro";

    /**
     * The mark itself is one of them, and every section of the configuration; of labels that come later, what was predicted
     * before and their section; what a prediction owes to each feature; what of an event is an alarm, and what
     * people say of it; how a stream has changed.
     */
    private static final int MOST_TYPES = 73;

    @ArchTest
    static void theSurfaceShouldStaySmall(JavaClasses classes) {
        Set<String> names = classes.stream()
                .filter(type -> type.isTopLevelClass() && written(type) && forUsers(type))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(
                names.size() <= MOST_TYPES,
                () -> names.size() + " public types are not @Internal, and " + MOST_TYPES
                        + " is the bound. Each is a promise: mark the new one, or raise the bound and say why. "
                        + names);
    }

    @ArchTest
    static void whatIsForUsersShouldNameOnlyWhatIsForUsers(JavaClasses classes) {
        Set<String> exposing = classes.stream()
                .filter(type -> written(type) && forUsers(type))
                .flatMap(SurfaceTest::leaks)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), exposing, "signatures for users that name an @Internal type");
    }

    /** The lines {@code Type.member -> Internal} of one type, its own supertypes included. */
    private static Stream<String> leaks(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<String> above = parents.flatMap(parent -> named(type.getSimpleName(), parent));
        Stream<String> inside = type.getMembers().stream()
                .filter(SurfaceTest::reachable)
                .flatMap(member -> types(member).flatMap(t -> named(label(type, member), t)));
        return Stream.concat(above, inside);
    }

    private static Stream<String> named(String where, JavaType type) {
        return type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(raw -> raw.getPackageName().startsWith("io.credence") && !forUsers(raw))
                .map(raw -> where + " -> " + raw.getSimpleName());
    }

    private static String label(JavaClass type, JavaMember member) {
        return type.getSimpleName() + "." + (member instanceof JavaConstructor ? "new" : member.getName());
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Stream<JavaType> in = code.getParameterTypes().stream();
        Stream<JavaType> out = Stream.of(code.getReturnType());
        return Stream.of(in, out, code.getExceptionTypes().stream()).flatMap(s -> s);
    }

    private static boolean reachable(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean forUsers(JavaClass type) {
        if (!type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getSimpleName().equals("package-info")) {
            return false;
        }
        if (type.getEnclosingClass().isPresent()) {
            return forUsers(type.getEnclosingClass().get());
        }
        return !internal(type);
    }

    private static boolean written(JavaClass type) {
        return !type.getPackageName().equals(GENERATED);
    }

    private static boolean internal(JavaClass type) {
        return type.getPackage()
                .tryGetAnnotationOfType(Internal.class.getName())
                .map(mark -> mark.get("except")
                        .map(named -> Arrays.stream((Object[]) named).noneMatch(type::equals))
                        .orElse(true))
                .orElse(false);
    }
}
