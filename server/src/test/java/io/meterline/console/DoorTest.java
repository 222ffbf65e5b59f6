package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in and whose forms are taken, as a hostile client would try it. */
final class DoorTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final Map<String, String> ADA = Map.of("email", EMAIL, "password", PASSWORD);
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private static TestServer server;
    private static String cookie;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = TestServer.start(data);
        String setup = server.setupUrl();
        HttpResponse<String> first = post(
                "/console/setup",
                Map.of(),
                Map.of(
                        "token", setup.substring(setup.indexOf('=') + 1),
                        "email", "ada@example.com",
                        "name", "Ada",
                        "password", "correct horse battery"));
        assertThat(first.statusCode()).isEqualTo(303);
        cookie = cookie(first);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theLinkOfTheFirstStartWorksOnce() throws Exception {
        HttpResponse<String> again = post(
                "/console/setup",
                Map.of(),
                Map.of("token", "x".repeat(43), "email", "eve@example.com", "password", "correct horse battery"));

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOfOtherSites() throws Exception {
        HttpResponse<String> signedIn = post("/console/sign-in", Map.of(), ADA);
        String set = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("HttpOnly", "SameSite=Lax", "Path=/console").doesNotContain("Secure");

        HttpResponse<String> behindTls = post("/console/sign-in", Map.of("X-Forwarded-Proto", "https"), ADA);
        assertThat(behindTls.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
    }

    @Test
    void everyPageForbidsScriptsThatAreNotItsServers() throws Exception {
        for (HttpResponse<String> page :
                List.of(get("/console/sign-in", "meterline_session=none"), get("/console/live", cookie))) {
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(page.body()).doesNotContainPattern("<script>|style=\"|\\son[a-z]+=\"");
        }
    }

    @Test
    void aFormWithoutTheTokenOfItsSessionIsNotTaken() throws Exception {
        Map<String, String> form = Map.of("name", "Eve", "external_id", "eve");

        assertThat(post("/console/live/customers", Map.of("Cookie", cookie), form)
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/console/live/customers", Map.of("Cookie", cookie, "X-CSRF-Token", "guess"), form)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.client().get("/v1/customers/eve").status()).isEqualTo(404);
    }

    @Test
    void aFileIsTakenOnlyWithTheTokenInItsAddress() throws Exception {
        String csv = "timestamp,event_type,customer_id,record/id\n2026-01-05T21:56:52Z,calls,acme,call-1\n";

        assertThat(upload("/console/live/imports", csv).statusCode()).isEqualTo(403);
        assertThat(upload("/console/live/imports?csrf=guess", csv).statusCode()).isEqualTo(403);
        assertThat(server.client().get("/v1/imports").json().path("data")).isEmpty();

        HttpResponse<String> taken = upload("/console/live/imports?csrf=" + csrf(), csv);
        assertThat(taken.statusCode()).isEqualTo(303);
        assertThat(taken.headers().firstValue("Location").orElseThrow()).startsWith("/console/live/imports/imp_");
        assertThat(server.client()
                        .get("/v1/imports")
                        .json()
                        .at("/data/0/file_name")
                        .asString())
                .isEqualTo("usage.csv");
    }

    private static HttpResponse<String> upload(String path, String csv) throws IOException, InterruptedException {
        String form = "--edge\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n\r\n"
                + "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"usage.csv\"\r\n\r\n" + csv
                + "\r\n--edge--\r\n";
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Cookie", cookie)
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aFormOfAnotherSiteIsNotTakenEvenWithTheToken() throws Exception {
        Map<String, String> headers =
                Map.of("Cookie", cookie, "X-CSRF-Token", csrf(), "Origin", "https://evil.example");

        HttpResponse<String> refused = post("/console/live/customers", headers, Map.of("name", "Eve"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(post("/console/sign-in", Map.of("Origin", "null"), ADA).statusCode())
                .isEqualTo(403);
        assertThat(post("/console/sign-in", Map.of("Sec-Fetch-Site", "cross-site"), ADA)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void withoutASessionThereIsOnlyTheWayToTheSignIn() throws Exception {
        HttpResponse<String> page = get("/console/live/events?type=users", "meterline_session=guess");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location"))
                .hasValue("/console/sign-in?next=%2Fconsole%2Flive%2Fevents%3Ftype%3Dusers");

        HttpResponse<String> form = post(
                "/console/live/customers",
                Map.of("Referer", server.url() + "/console/live/customers/new?name=Eve"),
                Map.of("name", "Eve"));
        assertThat(form.headers().firstValue("Location"))
                .hasValue("/console/sign-in?next=%2Fconsole%2Flive%2Fcustomers%2Fnew%3Fname%3DEve");
        HttpResponse<String> part = post(
                "/console/live/customers",
                Map.of("HX-Request", "true", "HX-Current-URL", server.url() + "/console/test/customers"),
                Map.of("name", "Eve"));
        assertThat(part.headers().firstValue("HX-Redirect"))
                .hasValue("/console/sign-in?next=%2Fconsole%2Ftest%2Fcustomers");
    }

    @Test
    void theSignInLeadsToNoOtherSite() throws Exception {
        for (String next : new String[] {"https://evil.example", "//evil.example", "/console\\@evil.example", "/v1"}) {
            HttpResponse<String> signedIn =
                    post("/console/sign-in", Map.of(), Map.of("email", EMAIL, "password", PASSWORD, "next", next));
            assertThat(signedIn.headers().firstValue("Location")).as(next).hasValue("/console");
        }
    }

    @Test
    void theKeyOfTheApiOpensNoPageAndTheCookieNoRoute() throws Exception {
        HttpResponse<String> page = HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/console/live"))
                        .header("Authorization", "Bearer " + TestServer.LIVE_KEY)
                        .build(),
                BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(get("/v1/customers", cookie).statusCode()).isEqualTo(401);
    }

    private static String csrf() throws Exception {
        Matcher token = CSRF.matcher(get("/console/live", cookie).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Cookie", cookie)
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, Map<String, String> headers, Map<String, String> fields)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        headers.forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
