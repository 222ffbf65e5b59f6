package io.meterline.console.product;

import io.meterline.access.Role;
import io.meterline.console.ApiFault;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the forms of products do. */
public final class ProductForms implements Pages.Source {

    // The form of a review that warned says so, by what it warned of.
    private static final String OVER = "over";

    @Override
    public void register(Pages pages) {
        pages.post("/products/editor", Role.VIEWER, ProductForms::editor);
        pages.post("/products", Role.EDITOR, ProductForms::create);
        pages.post("/products/curl", Role.VIEWER, ProductForms::curl);
        pages.post("/products/{id}", Role.EDITOR, ProductForms::publish);
        pages.post("/products/{id}/review", Role.EDITOR, ProductForms::review);
        pages.post("/products/{id}/archive", Role.EDITOR, ProductForms::archive);
    }

    /**
     * The request that the form would make.
     *
     * @param command as curl
     */
    public record Curl(String command) {}

    /**
     * What publishing would do.
     *
     * @param over what somebody else published since the form was opened, and this would replace; null for nothing
     */
    public record Review(
            int version,
            List<Changes.Change> changes,
            Subscribers subscribers,
            @Nullable String over,
            String id) {}

    private static View editor(Visit visit) {
        ProductForm form = ProductForm.of(visit.fields()).edited(visit.fields().get("do"));
        String id = visit.fields().get("id");
        Product saved = id.isEmpty() ? null : visit.api().get(ProductPages.target(id), Product.class);
        boolean edits = visit.user().role().includes(Role.EDITOR) && (saved == null || saved.isActive());
        return View.part(
                "product/editor.jte",
                form.editor(visit.api(), new Aggregators(visit.api()), Refused.NOTHING, saved, edits));
    }

    private static View create(Visit visit) {
        ProductForm form = ProductForm.of(visit.fields());
        try {
            Product made = visit.api()
                    .create("/v1/products", form.body(), visit.fields().get("form_id"), Product.class);
            return View.goTo(
                    visit.path("/products/" + made.id()), made.name() + " is on sale. Subscriptions can have it now.");
        } catch (ApiFault fault) {
            Refused refused = Refused.by(fault);
            return ProductPages.made(visit, form.showing(refused), refused);
        }
    }

    private static View publish(Visit visit) {
        String target = ProductPages.target(visit.id("id"));
        ProductForm form = ProductForm.of(visit.fields());
        JsonNode before = visit.api().json(target);
        String seen = Seen.of(before);
        boolean warned = visit.fields().get(OVER).equals(seen);
        if (!warned && !Seen.still(visit, target)) {
            return ProductPages.saved(visit, before, form, Seen.changedMeanwhile(), seen);
        }
        try {
            Product after = visit.api().put(target, form.body(), Product.class);
            String path = "/products/" + after.id();
            String done = after.version() == ProductPages.read(before).version()
                    ? "Nothing differs from version " + after.version() + ", so there is no new one."
                    : "Version " + after.version()
                            + " is published. Statements that are not closed use it from now on.";
            return new View.GoTo(visit.path(path), Toast.done(done));
        } catch (ApiFault fault) {
            Refused refused = Refused.by(fault);
            return ProductPages.saved(visit, before, form.showing(refused), refused, seen);
        }
    }

    private static View review(Visit visit) {
        String id = visit.id("id");
        JsonNode before = visit.api().json(ProductPages.target(id));
        JsonNode after = ProductForm.of(visit.fields()).body();
        Product product = ProductPages.read(before);
        String now = Seen.of(before);
        boolean changed = !now.equals(visit.fields().raw(Seen.FIELD));
        Review review = new Review(
                product.version() + 1,
                Changes.between(before, after, new Aggregators(visit.api())),
                Subscribers.of(visit.api(), id),
                changed ? now : null,
                id);
        return View.part("product/review.jte", review);
    }

    private static View curl(Visit visit) {
        String id = visit.fields().get("id");
        String json = ProductForm.of(visit.fields()).body().toString();
        String command = id.isEmpty()
                ? visit.curl("POST", "/v1/products", json)
                : visit.curl("PUT", ProductPages.target(id), json);
        return View.part("product/curl.jte", new Curl(command));
    }

    private static View archive(Visit visit) {
        String target = ProductPages.target(visit.id("id"));
        Product product = visit.api().get(target, Product.class);
        visit.api().delete(target);
        return View.goTo(
                visit.path("/products?status=archived"),
                product.name() + " is archived. Subscriptions that have it keep it.");
    }
}
