package dev.wrtfarm.common.worker;

import java.util.Map;

/**
 * Send this one: a PUT to the URL, with exactly these headers.
 *
 * @param url presigned; good for one object and a limited time
 */
public record Upload(String sha256, String url, Map<String, String> headers) {}
