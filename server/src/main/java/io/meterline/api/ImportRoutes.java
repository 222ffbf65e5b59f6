package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.event.Timestamps;
import io.meterline.file.FileType;
import io.meterline.file.Import;
import io.meterline.file.ImportOptions;
import io.meterline.file.Imports;
import io.meterline.file.LineError;
import io.meterline.file.Upload;
import io.meterline.http.Call;
import io.meterline.http.FormParts;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files of events coming in: {@code /v1/imports}. */
public final class ImportRoutes implements Routes.Source {

    private static final String FILE = "file";
    private static final Set<String> FIELDS = Set.of("type", "partial", "replace");
    private static final int MAX_NAME = 255;

    private final Imports imports;

    public ImportRoutes(Imports imports) {
        this.imports = imports;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("imports");
        routes.post("/v1/imports", Scope.INGEST, this::create).takesForm().audited();
        routes.get("/v1/imports", Scope.READ, this::list).pages();
        routes.get("/v1/imports/{id}", Scope.READ, this::get);
        routes.post("/v1/imports/{id}/cancel", Scope.INGEST, this::cancel).withoutIdempotencyKey();
    }

    private record View(
            String id,
            Import.Status status,
            String fileName,
            FileType type,
            boolean partial,
            boolean replace,
            long bytes,
            int percent,
            long eventsRead,
            long eventsCreated,
            long eventsCorrected,
            long eventsIgnored,
            long eventsFailed,
            long customersCreated,
            String createdAt,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            Import.@Nullable Failure error,
            @Nullable List<LineError> errors) {

        static View of(Import one, @Nullable List<LineError> errors) {
            return new View(
                    one.id(),
                    one.status(),
                    one.options().fileName(),
                    one.options().type(),
                    one.options().partial(),
                    one.options().replace(),
                    one.bytes(),
                    one.percent(),
                    one.counts().read(),
                    one.counts().created(),
                    one.counts().corrected(),
                    one.counts().ignored(),
                    one.counts().failed(),
                    one.counts().customersCreated(),
                    Timestamps.text(one.createdAtMicros()),
                    text(one.startedAtMicros()),
                    text(one.finishedAtMicros()),
                    one.error(),
                    errors);
        }

        private static @Nullable String text(@Nullable Long micros) {
            return micros == null ? null : Timestamps.text(micros);
        }
    }

    private Reply create(Call call) throws IOException {
        try (Sent sent = new Sent(imports)) {
            call.form(sent);
            Upload upload = sent.upload();
            ImportOptions options = sent.options();
            byte[] digest = (upload.sha256() + "\n" + options).getBytes(StandardCharsets.UTF_8);
            return call.once(
                    digest,
                    () -> Reply.json(202, View.of(imports.create(call.environment(), options, upload), List.of())));
        }
    }

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(
                Listings.of(page, imports.list(call.environment(), Listings.request(page)), one -> View.of(one, null)));
    }

    private Reply get(Call call) {
        Imports.Detail found = imports.get(call.environment(), call.path("id"));
        return Reply.ok(View.of(found.value(), found.errors()));
    }

    private Reply cancel(Call call) {
        return Reply.json(202, View.of(imports.cancel(call.environment(), call.path("id")), null));
    }

    /** The form as it comes in. Closing it removes a file that no import was made of. */
    private static final class Sent implements FormParts, AutoCloseable {

        private final Imports imports;
        private final Map<String, String> fields = new HashMap<>();
        private @Nullable Upload upload;
        private String fileName = "";

        Sent(Imports imports) {
            this.imports = imports;
        }

        @Override
        public void field(String name, String value) {
            if (!FIELDS.contains(name)) {
                throw unknown(name);
            }
            if (fields.put(name, value) != null) {
                throw Requests.invalid(name, "must be sent once");
            }
        }

        @Override
        public void file(String name, String sentName, InputStream content) throws IOException {
            if (!name.equals(FILE)) {
                throw unknown(name);
            }
            if (upload != null) {
                throw Requests.invalid(FILE, "must be sent once; send each file in a request of its own");
            }
            upload = imports.receive(content);
            fileName = shown(sentName);
        }

        Upload upload() {
            return Requests.present(upload, FILE);
        }

        ImportOptions options() {
            return new ImportOptions(fileName, type(), flag("partial"), flag("replace"));
        }

        private FileType type() {
            String type = fields.get("type");
            return (type == null ? FileType.ofFileName(fileName) : FileType.of(type))
                    .orElseThrow(() -> Requests.invalid(
                            "type",
                            "must be csv, ndjson or parquet; it may be left out where the name of the file ends so"));
        }

        private boolean flag(String name) {
            return switch (fields.getOrDefault(name, "false")) {
                case "true" -> true;
                case "false" -> false;
                default -> throw Requests.invalid(name, "must be true or false");
            };
        }

        private static String shown(String name) {
            StringBuilder shown = new StringBuilder();
            name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                    .codePoints()
                    .filter(c -> !Character.isISOControl(c))
                    .limit(MAX_NAME)
                    .forEach(shown::appendCodePoint);
            return shown.toString();
        }

        private static RuleException unknown(String name) {
            String message = "The form has no field '" + name + "'. Its fields are file, type, partial and replace.";
            return new RuleException(
                    Kind.INVALID, "unknown_field", message, List.of(new Violation(name, "unknown_field", message)));
        }

        @Override
        public void close() throws IOException {
            if (upload != null) {
                upload.close();
            }
        }
    }
}
