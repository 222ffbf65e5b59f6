package io.meterline.loader.source;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDBC drivers that the operator dropped into a folder.
 *
 * <p>The jars that lie in it directly are loaded together, those of each folder in it together too, and none sees our own
 * libraries, nor the other way round. A change of the folder is seen at the next connection, without a restart.
 */
final class Drivers {

    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

    private final Path folder;
    private List<String> known = List.of();
    private List<Driver> drivers = List.of();

    Drivers(Path folder) {
        this.folder = folder;
    }

    /** The first that takes a URL. Throws {@link SourceException} {@code driver_missing} or {@code driver_failed}. */
    Driver of(JdbcAddress address) {
        for (Driver driver : all()) {
            try {
                if (driver.acceptsURL(address.url())) {
                    return driver;
                }
            } catch (SQLException e) {
                LOG.debug("a driver refused to look at a URL: SQL state {}", e.getSQLState());
            }
        }
        throw new SourceException(
                "driver_missing",
                "No driver in " + folder + " on the server takes " + address.maskedUrl()
                        + ". Its operator puts the driver's jar there (setting loader.drivers_folder).",
                null);
    }

    private synchronized List<Driver> all() {
        try {
            List<Path> groups = groups();
            List<String> found = new ArrayList<>();
            for (Path group : groups) {
                for (Path jar : jars(group)) {
                    found.add(jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
                }
            }
            if (!found.equals(known)) {
                drivers = load(groups);
                known = List.copyOf(found);
            }
            return drivers;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<Path> groups() throws IOException {
        List<Path> groups = new ArrayList<>(List.of(folder));
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isDirectory).sorted().forEach(groups::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return groups;
    }

    private static List<Path> jars(Path group) throws IOException {
        try (Stream<Path> entries = Files.list(group)) {
            return entries.filter(entry -> entry.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    // The class loaders are never closed: connections may still use the drivers of an earlier look.
    @SuppressWarnings("resource")
    private static List<Driver> load(List<Path> groups) throws IOException {
        List<Driver> found = new ArrayList<>();
        for (Path group : groups) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : jars(group)) {
                urls.add(url(jar));
            }
            if (urls.isEmpty()) {
                continue;
            }
            URLClassLoader loader =
                    new URLClassLoader("drivers", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            try {
                for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                    found.add(driver);
                    LOG.info("found the JDBC driver {} in {}", driver.getClass().getName(), group);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                throw failed(e);
            }
        }
        return found;
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toAbsolutePath().toUri().toURL();
    }

    private static SourceException failed(Throwable e) {
        LOG.warn("a JDBC driver could not be loaded", e);
        return new SourceException(
                "driver_failed",
                "A driver on the server could not be loaded; its log says why. Are all jars that it needs in its folder?",
                e);
    }
}
