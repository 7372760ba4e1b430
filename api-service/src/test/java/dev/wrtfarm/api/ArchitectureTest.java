package dev.wrtfarm.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.smallrye.mutiny.Uni;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Arrows run one way: edges to features to common; and features form no circle. */
@AnalyzeClasses(packages = "dev.wrtfarm.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.wrtfarm.api.";

  /** Every feature, and the others that it may know. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("tick", Set.of()),
          Map.entry("profile", Set.of()),
          Map.entry("imagebuilder", Set.of("profile")),
          Map.entry("artifact", Set.of("tick")),
          Map.entry("retention", Set.of("submission", "tick")),
          Map.entry("offer", Set.of("tick")),
          Map.entry("build", Set.of("artifact")),
          Map.entry("log", Set.of("build", "artifact")),
          Map.entry("submission", Set.of("build", "offer", "profile", "imagebuilder")),
          Map.entry("lease", Set.of("build", "log", "offer", "artifact", "tick")),
          Map.entry("event", Set.of("build", "submission", "lease", "log", "offer", "tick")),
          Map.entry("follow", Set.of("build", "lease", "log", "event", "artifact", "tick")),
          Map.entry("lab", Set.of("build")),
          Map.entry("flash", Set.of("lab", "build", "artifact", "submission")),
          Map.entry("flashlease", Set.of("flash", "lab", "lease", "build", "artifact", "tick")),
          Map.entry(
              "figure",
              Set.of(
                  "build",
                  "submission",
                  "lease",
                  "offer",
                  "artifact",
                  "tick",
                  "flash",
                  "flashlease",
                  "lab")));

  private static final String[] FEATURES =
      ARROWS.keySet().stream().map(each -> ROOT + each + "..").toArray(String[]::new);

  /** All but those that ask the download server themselves. */
  private static final String[] FEATURES_WITHOUT_HTTP =
      Stream.of(FEATURES).filter(each -> !each.contains("imagebuilder")).toArray(String[]::new);

  @ArchTest
  static final ArchRule edges_call_features_and_never_the_other_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.wrtfarm.api..")
          .optionalLayer("rest")
          .definedBy(ROOT + "rest..")
          .optionalLayer("worker")
          .definedBy(ROOT + "worker..")
          .optionalLayer("agent")
          .definedBy(ROOT + "agent..")
          .optionalLayer("access")
          .definedBy(ROOT + "access..")
          .layer("features")
          .definedBy(FEATURES)
          .whereLayer("rest")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("worker")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("agent")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("access")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule features_form_no_circle =
      SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static void features_know_only_those_below_them(JavaClasses code) {
    ARROWS.forEach((feature, known) -> {
      String[] unknown =
          ARROWS.keySet().stream()
              .filter(each -> !each.equals(feature) && !known.contains(each))
              .map(each -> ROOT + each + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + feature + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(unknown)
          .check(code);
    });
  }

  @ArchTest
  static final ArchRule only_the_store_knows_s3 =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "artifact..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.minio..");

  @ArchTest
  static final ArchRule only_edges_know_http =
      noClasses()
          .that()
          .resideInAnyPackage(FEATURES_WITHOUT_HTTP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "io.vertx..");

  /** Such a transaction, and its connection, would be held until the last item has come. */
  @ArchTest
  static final ArchRule no_transaction_waits_for_what_comes_later =
      noMethods()
          .that()
          .areAnnotatedWith(Transactional.class)
          .or()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Transactional.class)
          .should()
          .haveRawReturnType(
              assignableTo(Flow.Publisher.class)
                  .or(assignableTo(Uni.class))
                  .or(assignableTo(CompletionStage.class)));

  @ArchTest
  static final ArchRule every_package_says_what_may_be_null =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
