package dev.plinth.core.dockerfile;

/// One pair of ENV or LABEL, both sides as they were written.
public record KeyValue(String key, String value) {}
