package dev.wrtfarm.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.wrtfarm.common", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** What crosses a process boundary must not drag a framework over it. */
  @ArchTest
  static final ArchRule common_needs_the_jdk_and_jspecify_only =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.wrtfarm.common..", "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("dev.wrtfarm.common.(*)..").should().beFreeOfCycles();
}
