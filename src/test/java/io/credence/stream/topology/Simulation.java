package io.credence.stream.topology;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.TaskId;

/**
 * One schedule: which instance takes which step, and where it is cut, drawn from a seed. After it everything is read to
 * its end without faults, and compared with a fold of the log.
 */
final class Simulation {
    private static final int STEPS = 50;
    private static final int ROUNDS = 400;
    private static final int QUIET = 3;

    private final SimCase world;
    private final Supplier<? extends SimBuild> builds;
    private final Random random;
    private final SimCluster cluster;
    private final SimFeed feed;
    private final SimOracle oracle;
    private final List<SimInstance> instances = new ArrayList<>();
    private final List<SimInstance> zombies = new ArrayList<>();
    private final List<SimInstance> lingering = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private int started;
    private int cuts;

    private Simulation(SimCase world, long seed, Supplier<? extends SimBuild> builds) {
        this.world = world;
        this.builds = builds;
        this.random = new Random(seed);
        this.cluster = new SimCluster(world);
        this.feed = new SimFeed(world, cluster, random);
        this.oracle = new SimOracle(world, cluster);
    }

    /**
     * Runs a schedule.
     *
     * @return how often an instance ended before its time
     * @throws AssertionError with the steps, if a promise does not hold
     */
    static int run(SimCase world, long seed, Supplier<? extends SimBuild> builds) {
        Simulation simulation = new Simulation(world, seed, builds);
        try {
            simulation.run();
            return simulation.cuts;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "schedule " + seed + " (" + world + "): " + e.getMessage() + "\n"
                            + String.join("\n", simulation.trace),
                    e);
        }
    }

    private void run() {
        start();
        spread(world.tasks());
        for (int i = 0; i < 4; i++) {
            feed();
        }
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        settle();
        oracle.check(feed);
        trace.add("everything is killed");
        instances.clear();
        start();
        spread(world.tasks());
        oracle.checkStored(instances.get(0));
    }

    private void step() {
        int dice = random.nextInt(100);
        SimInstance who = instances.get(random.nextInt(instances.size()));
        if (dice < 22) {
            feed();
        } else if (dice < 52) {
            living(who, "processes", () -> process(who, 1 + random.nextInt(4)));
        } else if (dice < 64) {
            living(who, "commits", who::commit);
        } else if (dice < 76) {
            cluster.now += 1 + random.nextInt(random.nextInt(4) == 0 ? 2_000 : 150);
            living(who, "punctuates", () -> punctuate(who));
        } else if (dice < 81) {
            who.readModels(1 + random.nextInt(3));
        } else if (dice < 91) {
            int steps = 1 + random.nextInt(random.nextBoolean() ? 4 : 25);
            trace.add(who + " will be cut in " + steps + " steps");
            who.cutAfter(steps);
        } else {
            fault(dice - 91, who);
        }
    }

    private void fault(int which, SimInstance who) {
        switch (which) {
            case 0, 1 -> die(who, "is killed");
            case 2 -> living(who, "begins again after a corruption", who::revive);
            case 3, 4 -> {
                trace.add(who + " is paused and put out of the group");
                who.fence();
                instances.remove(who);
                zombies.add(who);
                spread(who.ids());
            }
            case 5, 6 -> zombie();
            case 7 -> timeOut();
            default -> moveTasks();
        }
    }

    /** The transactions that the dead have left open, which hold back every reader, are aborted. */
    private void timeOut() {
        trace.add("open transactions time out");
        lingering.forEach(SimInstance::abort);
        lingering.clear();
    }

    /** One that others take for dead goes on for a while. */
    private void zombie() {
        if (!zombies.isEmpty()) {
            SimInstance who = zombies.get(random.nextInt(zombies.size()));
            living(who, "goes on", () -> {
                process(who, 1 + random.nextInt(4));
                punctuate(who);
                if (random.nextBoolean()) {
                    who.commit();
                }
            });
        }
    }

    /** Everyone commits; then tasks move, to one that comes or away from one that goes. */
    private void moveTasks() {
        for (SimInstance who : List.copyOf(instances)) {
            living(who, "commits before a rebalance", who::commit);
        }
        List<TaskId> moving = new ArrayList<>();
        for (SimInstance who : instances) {
            for (TaskId id : who.ids()) {
                if (random.nextBoolean()) {
                    who.give(id);
                    moving.add(id);
                }
            }
        }
        if (instances.size() < 3) {
            start();
        }
        spread(moving);
    }

    private SimInstance start() {
        SimInstance fresh = new SimInstance(++started, world, cluster, builds);
        instances.add(fresh);
        return fresh;
    }

    /** Tasks whose owner is gone. */
    private void spread(List<TaskId> orphans) {
        if (instances.isEmpty()) {
            start();
        }
        for (TaskId id : orphans) {
            SimInstance who = instances.get(random.nextInt(instances.size()));
            trace.add(who + " takes " + id);
            who.take(id);
        }
    }

    private void process(SimInstance who, int records) {
        List<SimTask> tasks = who.tasks();
        for (int i = 0; i < records && !tasks.isEmpty(); i++) {
            tasks.get(random.nextInt(tasks.size())).process();
        }
    }

    private void punctuate(SimInstance who) {
        who.tasks().forEach(task -> task.punctuate(cluster.now));
    }

    /** Lets an instance do something, after which it may be gone. */
    private void living(SimInstance who, String what, Runnable doing) {
        trace.add(cluster.now + " " + who + " " + what);
        try {
            doing.run();
        } catch (SimInstance.Cut cut) {
            die(who, "is cut");
        } catch (ModelBehindException behind) {
            // The service replaces the thread, too.
            die(who, "has not seen the newest model");
        }
    }

    private void die(SimInstance who, String how) {
        trace.add(cluster.now + " " + who + " " + how);
        cuts++;
        if (random.nextBoolean()) {
            who.abort();
        } else {
            lingering.add(who);
        }
        boolean member = instances.remove(who);
        zombies.remove(who);
        if (member) {
            spread(who.ids());
        }
    }

    private void feed() {
        int dice = random.nextInt(20);
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (dice < 9) {
                feed.label();
            } else if (dice < 17) {
                feed.question();
            } else if (dice == 17) {
                feed.bad();
            } else if (i == 0) {
                Map<String, OnlineLearner> models = oracle.models();
                List<OnlineLearner> known = List.copyOf(models.values());
                LearnerState model = known.isEmpty()
                        ? null
                        : known.get(random.nextInt(known.size())).state();
                feed.command(model);
            }
        }
    }

    /** No more faults; until nothing has happened for some rounds. */
    private void settle() {
        trace.add("no more faults");
        zombies.forEach(SimInstance::abort);
        timeOut();
        instances.forEach(who -> who.cutAfter(0));
        int quiet = 0;
        for (int round = 0; quiet < QUIET; round++) {
            if (round > ROUNDS) {
                throw new AssertionError("there is no end");
            }
            long before = cluster.written();
            for (SimInstance who : List.copyOf(instances)) {
                living(who, "settles", () -> settle(who));
            }
            cluster.now += 800;
            quiet = cluster.written() == before ? quiet + 1 : 0;
        }
    }

    private void settle(SimInstance who) {
        who.readModels(Integer.MAX_VALUE);
        for (SimTask task : who.tasks()) {
            while (task.process()) {
                // All that is there.
            }
        }
        punctuate(who);
        who.commit();
    }
}
