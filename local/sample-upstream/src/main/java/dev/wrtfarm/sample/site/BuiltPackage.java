package dev.wrtfarm.sample.site;

/** A package file. */
record BuiltPackage(SamplePackage spec, String fileName, byte[] bytes) {}
