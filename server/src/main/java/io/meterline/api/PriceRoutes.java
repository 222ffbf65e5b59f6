package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.price.Checked;

/** {@code /v1/prices}: what a price would charge, before it is used. */
public final class PriceRoutes implements Routes.Source {

    @Override
    public void register(Routes routes) {
        routes.describedIn("prices");
        routes.post("/v1/prices/preview", Scope.READ, this::preview).withoutIdempotencyKey();
    }

    private Reply preview(Call call) {
        PreviewBody body = call.json(PreviewBody.class);
        Checked checked = body.checked();
        return Reply.ok(PreviewView.of(body.preview(checked.lenient()), checked.slips()));
    }
}
