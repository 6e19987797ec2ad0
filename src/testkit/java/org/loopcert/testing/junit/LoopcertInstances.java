package org.loopcert.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.loopcert.input.InputOptions;

/**
 * Runs a test method once for each of these instances. The method takes an {@link org.loopcert.testing.InstanceFile}, a
 * {@link org.loopcert.input.Problem} (then the file must be readable) or a {@link java.nio.file.Path}.
 *
 * <p>The options say of every file what the command line would; what they leave out is taken from the file.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LoopcertExtension.class)
public @interface LoopcertInstances {
    /**
     * Files, folders (all files directly in them) or globs with {@code /} between folders, such as
     * {@code instances/*.csv}; {@code **} crosses folders. On the class path and in the file system, unless
     * {@code classpath:} or {@code file:} in front says where. Each must lead to at least one file.
     */
    String[] value();

    /** The column of labels, or the array of labels. */
    String labels() default "";

    /** The columns of features, in this order. */
    String[] features() default {};

    /** Whether to put a column of ones in front of the features. */
    boolean constant() default false;

    /** T; negative where the file or the default says it. */
    long loops() default -1;

    /** The query alpha, an exact number. */
    String query() default "";

    /** Steps: {@code auto}, {@code chebyshev}, {@code lambda-max}, exact numbers. */
    String step() default "";

    /** What given steps are relative to. */
    InputOptions.Loss loss() default InputOptions.Loss.SUM;
}
