package io.meterline.file;

/**
 * What an upload asks for.
 *
 * @param fileName as the sender names it, only to be shown
 * @param partial true to take the good records of a file that has bad ones, and set those aside
 * @param replace true when the versions in the file win whatever their timestamps
 */
public record ImportOptions(String fileName, FileType type, boolean partial, boolean replace) {}
