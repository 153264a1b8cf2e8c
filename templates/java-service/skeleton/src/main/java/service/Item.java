package service;

/** The example resource: put the service's own in its place. */
public record Item(String id, String title) {}
