package io.meterline.console.loader;

import io.meterline.console.Pager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a loader, the newest first. */
public record RunList(
        Loader loader, List<Run> runs, long total, @Nullable Pager pager, String path, String curl) {}
