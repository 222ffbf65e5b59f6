package io.meterline;

/** Turns arguments into a configuration and runs the server. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("meterline: nothing to run yet");
    }
}
