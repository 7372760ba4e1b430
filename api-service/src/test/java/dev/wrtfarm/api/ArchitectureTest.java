package dev.wrtfarm.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

/** Arrows run one way: edges to features to common; and features form no circle. */
@AnalyzeClasses(packages = "dev.wrtfarm.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.wrtfarm.api.";

  @ArchTest
  static final ArchRule edges_call_features_and_never_the_other_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.wrtfarm.api..")
          .optionalLayer("rest")
          .definedBy(ROOT + "rest..")
          .optionalLayer("worker")
          .definedBy(ROOT + "worker..")
          .optionalLayer("access")
          .definedBy(ROOT + "access..")
          .layer("features")
          .definedBy(
              ROOT + "profile..", ROOT + "imagebuilder..", ROOT + "artifact..", ROOT + "build..")
          .whereLayer("rest")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("worker")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("access")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule features_form_no_circle =
      SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule profiles_know_no_other_feature =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "profile..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "imagebuilder..", ROOT + "artifact..", ROOT + "build..");

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
          .resideInAnyPackage(ROOT + "profile..", ROOT + "artifact..", ROOT + "build..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "io.vertx..");

  @ArchTest
  static final ArchRule every_package_says_what_may_be_null =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
