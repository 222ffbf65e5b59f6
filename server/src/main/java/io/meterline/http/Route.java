package io.meterline.http;

import io.meterline.access.Scope;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One method of one path: who may call it, what it takes and what it does. */
public final class Route {

    private final String method;
    private final String path;
    private final @Nullable Scope scope;
    private final Handler handler;
    private final Set<String> parameters = new LinkedHashSet<>();
    private boolean idempotencyKey;
    private boolean form;
    private boolean writes;
    private boolean changes = true;
    private boolean audited;

    Route(String method, String path, @Nullable Scope scope, Handler handler) {
        this.method = method;
        this.path = path;
        this.scope = scope;
        this.handler = handler;
        this.writes = scope != null && scope != Scope.READ && (method.equals("POST") || method.equals("PUT"));
        this.idempotencyKey = method.equals("POST") && scope != null;
    }

    /** Query parameters that the route knows; {@code record.*} stands for every name that begins so. */
    public Route takes(String... names) {
        parameters.addAll(List.of(names));
        return this;
    }

    /** The route is a list: it takes {@link Page#PARAMETERS}. */
    public Route pages() {
        parameters.addAll(Page.PARAMETERS);
        return this;
    }

    /** A POST that creates nothing, or events: an {@code Idempotency-Key} is ignored. */
    public Route withoutIdempotencyKey() {
        idempotencyKey = false;
        return this;
    }

    /** The route makes nothing that stays, or makes room: it works on a full disk too. */
    public Route evenOnFullDisk() {
        writes = false;
        return this;
    }

    /** What people do by hand to events, which are no configuration: an entry in the audit log all the same. */
    public Route audited() {
        audited = true;
        return this;
    }

    /** The route only tries something: no entry in the audit log. */
    public Route changesNothing() {
        changes = false;
        return this;
    }

    /**
     * The route takes a form with a file: its handler reads it with {@link Call#form}, and honours an {@code
     * Idempotency-Key} with {@link Call#once}, since what was sent is known only then.
     */
    public Route takesForm() {
        form = true;
        return this;
    }

    public String method() {
        return method;
    }

    /** With {@code {name}} where a part varies. */
    public String path() {
        return path;
    }

    /** The scope that a key needs; null where no key is needed. */
    public @Nullable Scope scope() {
        return scope;
    }

    public Set<String> parameters() {
        return Collections.unmodifiableSet(parameters);
    }

    public boolean takesIdempotencyKey() {
        return idempotencyKey;
    }

    /** Whether a full disk is reason to refuse a call before it is read. */
    boolean writes() {
        return writes;
    }

    boolean changes() {
        return changes && (audited || scope == Scope.WRITE || scope == Scope.ADMIN) && !method.equals("GET");
    }

    boolean isForm() {
        return form;
    }

    Handler handler() {
        return handler;
    }
}
