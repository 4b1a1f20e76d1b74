package io.credence;

/** The command line of Credence. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("credence");
    }
}
