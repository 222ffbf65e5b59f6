package io.meterline.benchmarks;

/** Chooses the benchmarks to run. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("meterline benchmarks: nothing to measure yet");
    }
}
