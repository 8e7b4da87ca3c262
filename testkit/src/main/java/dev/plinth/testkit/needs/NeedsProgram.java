package dev.plinth.testkit.needs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The test starts a program that not every machine has. Add its package to the list in `./check`,
/// which installs it where the tests must be complete.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(NeedsProgram.All.class)
@ExtendWith(NeedsCondition.class)
public @interface NeedsProgram {
    /// Names of programs; one of them is enough.
    String[] value();

    /// Holds several of these annotations, each of which must be met.
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(NeedsCondition.class)
    @interface All {
        NeedsProgram[] value();
    }
}
