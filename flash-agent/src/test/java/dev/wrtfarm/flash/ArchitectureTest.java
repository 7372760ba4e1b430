package dev.wrtfarm.flash;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.wrtfarm.flash",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.wrtfarm.flash";

  @ArchTest
  static final ArchRule features_form_no_cycle =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_engine_knows_neither_network_nor_journal =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".linux..",
              ROOT + ".medium..",
              ROOT + ".mark..",
              ROOT + ".run..",
              ROOT + ".image..",
              ROOT + ".device..",
              ROOT + ".wipe..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".journal..",
              ROOT + ".card..",
              ROOT + ".plan..",
              ROOT + ".lane..",
              ROOT + ".farm..",
              ROOT + ".agent..",
              ROOT + ".local..",
              "java.net..",
              "com.fasterxml..");

  @ArchTest
  static final ArchRule only_the_agent_speaks_to_the_farm =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".agent..", ROOT + ".farm..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".farm..", "java.net.http..");

  @ArchTest
  static final ArchRule only_lanes_write_to_devices =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + ".lane..", ROOT + ".run..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ROOT + ".run.FlashRun");

  @ArchTest
  static final ArchRule native_calls_are_made_in_one_place =
      classes()
          .that()
          .resideOutsideOfPackage(ROOT + ".linux..")
          .should()
          .onlyDependOnClassesThat()
          .doNotHaveFullyQualifiedName("java.lang.foreign.Linker");

  @ArchTest
  static final ArchRule processes_are_started_in_one_place =
      classes()
          .that()
          .resideOutsideOfPackage(ROOT + ".lane..")
          .should()
          .onlyDependOnClassesThat()
          .doNotHaveFullyQualifiedName("java.lang.ProcessBuilder");
}
