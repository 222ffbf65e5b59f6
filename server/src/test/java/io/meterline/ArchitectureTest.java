package io.meterline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** The arrows between packages that ARCHITECTURE.md draws. */
@AnalyzeClasses(packages = "io.meterline", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "io.meterline";

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.meterline..");

    @ArchTest
    static final ArchRule eventImportsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.meterline.event..")
            .should()
            .dependOnClassesThat(OURS.and(outside("io.meterline.event..")))
            .because("it is the vocabulary that everything else shares")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule priceImportsOnlyTheVocabulary = noClasses()
            .that()
            .resideInAPackage("io.meterline.price..")
            .should()
            .dependOnClassesThat(OURS.and(outside("io.meterline.price..", "io.meterline.event..")))
            .because("turning a quantity into an amount is pure arithmetic")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule priceIsPure = classes()
            .that()
            .resideInAPackage("io.meterline.price..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.meterline.price..",
                    "io.meterline.event..",
                    "java.lang..",
                    "java.math..",
                    "java.util..",
                    "org.jspecify..")
            .because("it reads nothing, waits for nothing and knows no notation");

    @ArchTest
    static final ArchRule eventsAreStoredBehindOneInterface = noClasses()
            .that(OURS.and(outside("io.meterline.store.duckdb..", "io.meterline.store.clickhouse.."))
                    .and(isNotServer()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.meterline.store.duckdb..", "io.meterline.store.clickhouse..")
            .because("an engine is chosen in one place, Server")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule enginesDoNotKnowEachOther = slices().matching("io.meterline.store.(duckdb|clickhouse)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule logAndKeyIndexKnowNoEngine = noClasses()
            .that()
            .resideInAnyPackage("io.meterline.store.log..", "io.meterline.store.key..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.meterline.store.duckdb..", "io.meterline.store.clickhouse..")
            .because("an engine is built on them");

    @ArchTest
    static final ArchRule nothingImportsTheApiOrTheConsole = noClasses()
            .that(OURS.and(outside(ROOT, "io.meterline.api..", "io.meterline.console..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.meterline.api..", "io.meterline.console..")
            .because("they are two ways in, and what they lead to must not know them")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theApiAndTheConsoleDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("io.meterline.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.meterline.console..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.meterline.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingImportsTheRoot = noClasses()
            .that(OURS.and(outside(ROOT)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT)
            .because("the composition root knows everything and nobody knows it")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that(OURS.and(outside(ROOT)))
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .because("a test must be able to say what time it is; use the Clock that Server hands out")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that(OURS.and(outside(ROOT, "io.meterline.cli..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("a server logs")
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private static DescribedPredicate<JavaClass> isNotServer() {
        return DescribedPredicate.describe(
                "are not Server", type -> !type.getName().matches("io\\.meterline\\.Server(\\$.*)?"));
    }
}
