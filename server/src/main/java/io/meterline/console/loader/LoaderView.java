package io.meterline.console.loader;

import io.meterline.console.Choice;
import io.meterline.console.Refused;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data loader: its form, and its runs once it is there.
 *
 * @param loader null for a new one
 * @param runs the newest first
 * @param path of the loader, or of all when it is new
 * @param eventsPath where its events are
 * @param wouldReset why saving needs a second word; null when it does not
 */
public record LoaderView(
        @Nullable Loader loader,
        LoaderForm form,
        Refused refused,
        @Nullable String wouldReset,
        List<Choice> connections,
        String source,
        String kind,
        Checklist checklist,
        List<Run> runs,
        @Nullable History history,
        String path,
        String eventsPath,
        String curl) {

    private static final List<Choice> OVERLAPS = List.of(
            new Choice("", "usual: 10 minutes, or 0"),
            new Choice("PT1M", "1 minute"),
            new Choice("PT10M", "10 minutes"),
            new Choice("PT1H", "1 hour"),
            new Choice("P1D", "1 day"),
            new Choice("0", "0, of a number"),
            new Choice("1000", "1,000, of a number"));
    private static final List<Choice> RELOADS = List.of(
            new Choice("never", "never"),
            new Choice("P1D", "daily"),
            new Choice("P7D", "weekly"),
            new Choice("P30D", "every 30 days"));
    private static final List<Choice> IDENTITIES = List.of(
            new Choice("id_and_customer", "id and customer"), new Choice("id", "id: a row moves with its customer"));
    private static final List<Choice> EXCESSES = List.of(
            new Choice("fail", "properties: the run fails"), new Choice("keep_first", "properties: the first stay"));
    private static final List<Choice> DIGITS =
            List.of(new Choice("round", "rounded to 18 digits"), new Choice("reject", "the row is set aside"));

    /** The loader, on pages where it is there. */
    public Loader saved() {
        return Objects.requireNonNull(loader);
    }

    public boolean isNew() {
        return loader == null;
    }

    /** The run that waits or goes on, or the last one; null when there was none. */
    public @Nullable Run current() {
        return runs.isEmpty() ? null : runs.getFirst();
    }

    public LoaderState state() {
        return LoaderState.of(saved(), current());
    }

    public boolean active() {
        Run current = current();
        return current != null && current.active();
    }

    public List<Choice> refreshes() {
        return RefreshText.choices();
    }

    public List<Choice> overlaps() {
        return with(OVERLAPS, form.overlap());
    }

    public List<Choice> reloads() {
        return with(RELOADS, form.fullReload());
    }

    public List<Choice> identities() {
        return IDENTITIES;
    }

    public List<Choice> excesses() {
        return EXCESSES;
    }

    public List<Choice> digits() {
        return DIGITS;
    }

    private static List<Choice> with(List<Choice> choices, String value) {
        if (choices.stream().anyMatch(choice -> choice.value().equals(value))) {
            return choices;
        }
        List<Choice> more = new java.util.ArrayList<>(choices);
        more.add(Choice.of(value));
        return more;
    }

    /** What is wrong with the query itself; null for nothing. */
    public @Nullable QueryFault queryFault() {
        String said = refused.at("query");
        return said == null ? null : QueryFault.of(said, form.query());
    }

    /** A path below the loader's own. */
    public String at(String rest) {
        return path + rest;
    }
}
