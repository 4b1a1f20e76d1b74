package io.credence.crash;

import io.credence.fixture.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Kills and pauses at seeded random moments, each of a random running instance, and model commands among them. */
final class Faults implements AutoCloseable {
    private enum Kind {
        KILL,
        PAUSE,
        BROKER,
        COMMAND
    }

    private static final int SHORTEST_MS = 2_000;
    private static final int LONGEST_MS = 7_000;

    private final List<Instance> instances;
    private final Brokers brokers;
    private final Recovery recovery;
    private final Orders orders;
    private final Random random;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private final List<Future<?>> repairs = new ArrayList<>();

    Faults(List<Instance> instances, Brokers brokers, Recovery recovery, Orders orders, long seed) {
        this.instances = instances;
        this.brokers = brokers;
        this.recovery = recovery;
        this.orders = orders;
        this.random = new Random(seed);
    }

    /** Does them all; returns when every instance has been started again. */
    void run(int kills, int pauses, int brokerKills, int commands) throws Exception {
        List<Kind> plan = new ArrayList<>(Collections.nCopies(kills, Kind.KILL));
        plan.addAll(Collections.nCopies(pauses, Kind.PAUSE));
        plan.addAll(Collections.nCopies(brokerKills, Kind.BROKER));
        plan.addAll(Collections.nCopies(commands, Kind.COMMAND));
        Collections.shuffle(plan, random);
        for (Kind kind : plan) {
            TimeUnit.MILLISECONDS.sleep(SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS));
            switch (kind) {
                case KILL -> kill(victim());
                case PAUSE -> pause(victim());
                case BROKER -> broker(random.nextInt(brokers.number()));
                case COMMAND -> orders.give(random);
            }
        }
        for (Future<?> repair : repairs) {
            repair.get();
        }
    }

    private Instance victim() throws IOException {
        Wait.until("an instance that runs", this::running, () -> !running().isEmpty());
        List<Instance> running = running();
        return running.get(random.nextInt(running.size()));
    }

    private List<Instance> running() throws IOException {
        List<Instance> running = new ArrayList<>();
        for (Instance instance : instances) {
            instance.verifyAlive();
            if (instance.running()) {
                running.add(instance);
            }
        }
        return running;
    }

    private void kill(Instance victim) throws InterruptedException {
        int pause = random.nextInt(3_000);
        announce("SIGKILL of instance " + victim.number() + ", back after " + pause + " ms");
        victim.kill();
        after(pause, () -> {
            victim.start();
            return null;
        });
    }

    private void pause(Instance victim) throws Exception {
        int pause = CrashSettings.SESSION_MS + 1_000 + random.nextInt(3_000);
        announce("SIGSTOP of instance " + victim.number() + " for " + pause + " ms");
        victim.pause();
        after(pause, () -> {
            victim.resume();
            return null;
        });
    }

    private void broker(int victim) throws Exception {
        announce("SIGKILL of broker " + victim);
        brokers.killAndRestart(victim);
    }

    private void announce(String what) {
        System.out.println("    " + what);
        recovery.fault(what);
    }

    private void after(int millis, Callable<Void> repair) {
        repairs.add(later.schedule(repair, millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
