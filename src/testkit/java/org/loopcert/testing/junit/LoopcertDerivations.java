package org.loopcert.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method once for each of these derivations. The method takes a
 * {@link org.loopcert.testing.DerivationFile}, a {@link org.loopcert.derivation.DerivationReport} (then the file must hold
 * a derivation) or a {@link java.nio.file.Path}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LoopcertExtension.class)
public @interface LoopcertDerivations {
    /**
     * Files, folders (all files directly in them) or globs with {@code /} between folders, such as
     * {@code proofs/*.derivation}; {@code **} crosses folders. On the class path and in the file system, unless
     * {@code classpath:} or {@code file:} in front says where. Each must lead to at least one file.
     */
    String[] value();
}
