package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.meterline.testing.RequiresProgram;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of a running server in a real browser. Each class has a server of its own, each test a window of its own in which
 * an administrator is signed in. A test fails when a page wrote an error to the browser's console, threw one, or asked
 * another server for anything.
 */
@RequiresProgram("chromium")
abstract class BrowserTest {

    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "correct horse battery";

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private static final String NOTHING_MOVES = "() => document.getAnimations().every(it => it.playState !== 'running'"
            + " || it.effect.getComputedTiming().iterations === Infinity)";
    private static final String NOTHING_IS_ASKED =
            "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')";

    static TestServer server;

    /** Whose files data loaders may read. */
    static Path files;

    private static String signedIn;

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> expected = Collections.synchronizedList(new ArrayList<>());
    private BrowserContext context;

    /** The window of this test. */
    Page page;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        files = Files.createDirectory(folder.resolve("files"));
        server = TestServer.start(
                folder.resolve("data"), Map.of("loader.files_folder", files.toString()), InstantSource.system());
        try (BrowserContext first = Chromium.browser().newContext()) {
            Page page = first.newPage();
            page.navigate(server.setupUrl());
            page.getByLabel("E-mail").fill(EMAIL);
            page.getByLabel("Name").fill("Ada Miller");
            page.getByLabel("Password").fill(PASSWORD);
            page.getByText("Create administrator").click();
            page.waitForURL("**/console/live");
            signedIn = first.storageState();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void openWindow() {
        context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(server.url())
                        .setViewportSize(WIDTH, HEIGHT)
                        .setTimezoneId("Europe/Paris")
                        .setLocale("en-GB")
                        .setStorageState(signedIn));
        context.onConsoleMessage(this::note);
        context.onRequest(this::note);
        context.onWebError(error -> faults.add("thrown: " + error.error()));
        page = context.newPage();
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        context.close();
        assertThat(faults).isEmpty();
    }

    /** Another window of the same person. */
    Page anotherWindow() {
        return context.newPage();
    }

    /** Does something for which a form is laid out anew by a route, and waits until it is. */
    void laidOutAnew(String route, Runnable change) {
        page.waitForResponse(answer -> answer.url().endsWith(route), change);
        page.waitForFunction(NOTHING_IS_ASKED);
    }

    /** Lets the session of this test's windows be over, as when it has expired. */
    void loseSession() {
        context.clearCookies();
    }

    /** Signs somebody else in, in this test's windows. */
    void signInAs(String email, String password) {
        loseSession();
        page.navigate("/console/sign-in");
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(password);
        page.keyboard().press("Enter");
        page.waitForURL("**/console/live");
    }

    /** Says that answers with this status are part of the test; the browser notes each of 400 and above. */
    void expectAnswers(int status) {
        expected.add(status);
    }

    /** That axe finds nothing serious on the page as it stands. */
    void assertAccessible() {
        assertThat(violations()).as("axe on %s", page.url()).isEmpty();
    }

    /** What axe finds serious on the page as it stands. */
    List<String> violations() {
        page.waitForFunction(NOTHING_MOVES);
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(BrowserTest::sentence)
                        .toList();
    }

    private static String sentence(Rule rule) {
        return rule.getId() + ": " + rule.getHelp()
                + rule.getNodes().stream()
                        .map(node -> "\n    " + node.getHtml())
                        .collect(Collectors.joining());
    }

    private void note(ConsoleMessage message) {
        boolean foreseen = expected.stream().anyMatch(status -> message.text().contains("status of " + status));
        if (message.type().equals("error") && !foreseen) {
            faults.add("console: " + message.text() + " on " + page.url());
        }
    }

    private void note(Request request) {
        if (!request.url().startsWith(server.url()) && !request.url().startsWith("data:")) {
            faults.add("asked another server: " + request.url());
        }
    }
}
