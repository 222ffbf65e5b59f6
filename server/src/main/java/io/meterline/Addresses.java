package io.meterline;

/** URLs of this server. */
final class Addresses {

    private Addresses() {}

    /** Where it listens. */
    static String of(String host, int port) {
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** The same for a browser on this machine, which knows no address that means all of them. */
    static String forBrowsers(String host, int port) {
        return of(host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host, port);
    }
}
