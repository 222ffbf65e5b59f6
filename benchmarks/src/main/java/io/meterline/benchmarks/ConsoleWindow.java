package io.meterline.benchmarks;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A window of the machine's Chromium, 1440 by 900. */
final class ConsoleWindow implements AutoCloseable {

    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;

    private ConsoleWindow(Playwright playwright, BrowserContext context) {
        this.playwright = playwright;
        this.context = context;
        this.page = context.newPage();
    }

    /** In which paths are those of a server, and the first administrator is signed in, made by the link for that. */
    static ConsoleWindow on(ServerProcess server) throws IOException {
        Path program = program();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        ConsoleWindow window = new ConsoleWindow(
                playwright,
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1440, 900)
                        .setBaseURL("http://127.0.0.1:" + server.port())));
        window.signIn(server.firstSignIn());
        return window;
    }

    private void signIn(String link) {
        page.navigate(link);
        page.getByLabel("E-mail").fill("bench@example.com");
        page.getByLabel("Name").fill("Bench");
        page.getByLabel("Password").fill("correct horse battery");
        page.getByText("Create administrator").click();
        page.waitForURL("**/console/live");
    }

    Page page() {
        return page;
    }

    /** Signs out. */
    void forget() {
        context.clearCookies();
    }

    private static Path program() throws IOException {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IOException("There is no Chromium on the PATH; the console is measured in one."));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
