package dev.wrtfarm.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.wrtfarm.worker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.wrtfarm.worker";

  @ArchTest
  static final ArchRule features_form_no_cycle =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_root_knows_the_container =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".*..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "io.micrometer..");

  @ArchTest
  static final ArchRule stages_do_not_know_who_runs_them =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".claim..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".claim..", ROOT);

  @ArchTest
  static final ArchRule only_publishing_and_claiming_speak_to_the_farm =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".claim..", ROOT + ".publish..", ROOT + ".farm..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".farm..");

  @ArchTest
  static final ArchRule only_claiming_knows_kafka =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".claim..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule processes_are_started_in_two_places =
      classes()
          .that()
          .resideOutsideOfPackages(ROOT + ".host..", ROOT + ".sandbox..")
          .should()
          .onlyDependOnClassesThat()
          .doNotHaveFullyQualifiedName("java.lang.ProcessBuilder");
}
