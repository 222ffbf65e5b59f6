package io.meterline.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names the programs of the machine that a test runs, such as {@code strace}.
 *
 * <p>Without one of them the test is skipped and {@link SkippedPrograms} names it in the last line of the run, so that
 * a bare machine can build. With {@code METERLINE_TESTS=all} in the environment it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(RequiredPrograms.class)
public @interface RequiresProgram {
    /** Names looked up on the {@code PATH}; all of them are needed. */
    String[] value();
}
