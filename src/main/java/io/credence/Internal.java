package io.credence;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A package whose public types are for Credence alone: they may change or go in any release, without a word.
 *
 * <p>They are public only because another package of Credence needs them. What is not marked is for users, and keeps its
 * promises from one minor release to the next. The mark stands on the package, so that a new type is internal until
 * somebody names it in {@link #except}.
 */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface Internal {
    /** The types of the package that are for users all the same. */
    Class<?>[] except() default {};
}
