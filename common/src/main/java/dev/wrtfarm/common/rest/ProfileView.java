package dev.wrtfarm.common.rest;

/**
 * A profile's revision, which never changes.
 *
 * @param id without the revision
 */
public record ProfileView(String id, int revision, String title, InlineRecipe recipe) {}
