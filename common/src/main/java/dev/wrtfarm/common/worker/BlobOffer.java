package dev.wrtfarm.common.worker;

/**
 * A file that the worker could send.
 *
 * @param md5 base64, as the header Content-MD5 takes it
 */
public record BlobOffer(String sha256, long size, String md5) {}
