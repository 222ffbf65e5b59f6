package io.meterline.console.aggregator;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.EventTypes;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Fields;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The form of an aggregator, new or edited, and its figures while it is filled in. */
public final class BuilderPages implements Pages.Source {

    private static final String TEMPLATE = "aggregator/builder.jte";
    private static final int UNREADABLE = 422;

    private final EventTypes types;
    private final Tries tries;

    BuilderPages(EventTypes types, InstantSource clock) {
        this.types = types;
        this.tries = new Tries(clock);
    }

    /**
     * The form.
     *
     * @param editing what is edited, null for a new one
     * @param properties of the event type
     * @param usedBy the products that it measures
     */
    public record Builder(
            DefinitionForm form,
            @Nullable Aggregator editing,
            String seen,
            KnownTypes types,
            List<KnownTypes.Property> properties,
            List<Product> usedBy,
            Refused refused,
            String action) {}

    @Override
    public void register(Pages pages) {
        pages.get("/aggregators/new", Role.EDITOR, this::blank).takes("event_type");
        pages.post("/aggregators", Role.EDITOR, this::create);
        pages.post("/aggregators/form", Role.EDITOR, this::changed);
        pages.post("/aggregators/preview", Role.EDITOR, tries::show);
        pages.get("/aggregators/{id}/edit", Role.EDITOR, this::edit);
        pages.post("/aggregators/{id}", Role.EDITOR, this::save);
    }

    private View blank(Visit visit) {
        String type = visit.query().text("event_type").orElse("");
        return page(visit, DefinitionForm.blank(type), null, "", Refused.NOTHING, 200);
    }

    private View edit(Visit visit) {
        JsonNode json = visit.api().json(target(visit));
        Aggregator editing = visit.api().get(target(visit), Aggregator.class);
        return page(visit, DefinitionForm.of(editing), editing, Seen.of(json), Refused.NOTHING, 200);
    }

    private View create(Visit visit) {
        DefinitionForm form = sent(visit);
        try {
            Aggregator made = visit.api()
                    .create("/v1/aggregators", form.json(), visit.fields().get("form_id"), Aggregator.class);
            return View.goTo(
                    visit.path("/aggregators/" + made.id()), made.name() + " measures from now on, the past too.");
        } catch (ApiFault e) {
            return page(visit, form, null, "", Refused.by(e), UNREADABLE);
        }
    }

    private View save(Visit visit) {
        DefinitionForm form = sent(visit);
        Aggregator editing = visit.api().get(target(visit), Aggregator.class);
        if (!Seen.still(visit, target(visit))) {
            String seen = Seen.of(visit.api().json(target(visit)));
            return page(visit, form, editing, seen, Seen.changedMeanwhile(), UNREADABLE);
        }
        try {
            Aggregator saved = visit.api().put(target(visit), form.json(), Aggregator.class);
            String done = saved.version() == editing.version()
                    ? "Nothing was changed: this is version %d still.".formatted(saved.version())
                    : "Saved as version %d. Figures of the past are computed by it too.".formatted(saved.version());
            return new View.GoTo(visit.path("/aggregators/" + saved.id()), Toast.done(done));
        } catch (ApiFault e) {
            return page(visit, form, editing, visit.fields().raw(Seen.FIELD), Refused.by(e), UNREADABLE);
        }
    }

    /** The form after a button of the filter, another event type or another operation. */
    private View changed(Visit visit) {
        Fields fields = visit.fields();
        DefinitionForm form = DefinitionForm.of(fields);
        DefinitionForm edited =
                form.with(FilterForm.edited(form.filter(), fields.text("do").orElse("")));
        Aggregator editing = fields.text("aggregator_id")
                .map(id -> visit.api().get("/v1/aggregators/" + Api.encode(id), Aggregator.class))
                .orElse(null);
        Builder builder = builder(visit, edited, editing, fields.raw(Seen.FIELD), Refused.NOTHING);
        return visit.wantsPart() ? View.part("aggregator/form.jte", builder) : whole(builder, 200);
    }

    private static DefinitionForm sent(Visit visit) {
        DefinitionForm form = DefinitionForm.of(visit.fields());
        return form.with(FilterForm.withoutBlanks(form.filter()));
    }

    private static String target(Visit visit) {
        return "/v1/aggregators/" + Api.encode(visit.id("id"));
    }

    private View page(
            Visit visit, DefinitionForm form, @Nullable Aggregator editing, String seen, Refused refused, int status) {
        return whole(builder(visit, form, editing, seen, refused), status);
    }

    private Builder builder(
            Visit visit, DefinitionForm form, @Nullable Aggregator editing, String seen, Refused refused) {
        KnownTypes known = KnownTypes.of(types, visit);
        return new Builder(
                form,
                editing,
                seen,
                known,
                known.propertiesOf(form.eventType()),
                editing == null ? List.of() : Products.measuredBy(visit.api(), editing.id()),
                refused,
                visit.path("/aggregators" + (editing == null ? "" : "/" + editing.id())));
    }

    private static View whole(Builder builder, int status) {
        Crumb first = new Crumb(Area.AGGREGATORS.title(), Area.AGGREGATORS.path());
        List<Crumb> trail = Optional.ofNullable(builder.editing())
                .map(editing -> List.of(
                        first, new Crumb(editing.name(), "/aggregators/" + editing.id()), new Crumb("Edit", null)))
                .orElseGet(() -> List.of(first, new Crumb("New aggregator", null)));
        return new View.Whole(TEMPLATE, Area.AGGREGATORS, trail, builder, status);
    }
}
