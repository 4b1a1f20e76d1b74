package io.credence.crash;

import io.credence.bayes.inference.OnlineLearner;
import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** One application under fire: feed it, hit it, let it finish, check the five promises. */
final class Phase implements AutoCloseable {
    private final CrashSettings run;
    private final int index;
    private final Brokers brokers;
    private final Application application;
    private final Feed feed;
    private final Recovery recovery;
    private final GroupPositions positions;
    private final List<Instance> instances = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<CompletableFuture<Void>> helpers = new ArrayList<>();

    Phase(CrashSettings run, int index, Brokers brokers, String registry) throws Exception {
        this.run = run;
        this.index = index;
        this.brokers = brokers;
        this.application = Application.of(run.phases().get(index), run, brokers.bootstrap(), registry);
        this.feed = new Feed(application, brokers.bootstrap(), run.seed() + index);
        this.recovery = new Recovery(feed.ledger());
        this.positions = new GroupPositions(brokers.bootstrap());
        Path directory = CrashSettings.directory().resolve(application.id());
        Path config = application.write(directory);
        for (int i = 0; i < run.instances(); i++) {
            instances.add(new Instance(i, directory, config, run.heap()));
        }
    }

    void run() throws Exception {
        System.out.println("  " + run.phases().get(index));
        createInputs();
        for (Instance instance : instances) {
            instance.start();
        }
        AtomicBoolean faultsOver = new AtomicBoolean();
        CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> feed.run(
                run.share(run.labelled(), index),
                run.share(run.unlabelled(), index),
                run.share(run.bad(), index),
                run.rate(),
                faultsOver::get));
        helpers.add(feeding);
        List<String> outputs = List.of(
                application.config().topics().scored(),
                application.config().topics().deadLetters());
        await("the topics", () -> positions.topics().containsAll(outputs));
        CompletableFuture<Void> watching = CompletableFuture.runAsync(this::watch);
        helpers.add(watching);
        await("the first scored events", () -> recovery.scored() > 0);
        List<Long> before = memory();
        Orders orders = new Orders(application, feed.ledger());
        try (Faults faults = new Faults(instances, brokers, recovery, orders, run.seed() + 1000 + index)) {
            faults.run(
                    run.share(run.kills(), index),
                    run.share(run.pauses(), index),
                    run.share(run.brokerKills(), index),
                    run.share(run.commands(), index));
        }
        await("recovery from every fault", recovery::missing, () -> recovery.missing() == 0);
        faultsOver.set(true);
        await("the end of the feed", feed::toSend, feeding::isDone);
        feeding.get();
        int fed = feed.ledger().unlabelled.size();
        await("all " + fed + " events scored", recovery::scored, () -> recovery.scored() >= fed);
        finish(before);
        over.set(true);
        await("the end of the reader", watching::isDone);
        watching.get();
    }

    private void finish(List<Long> before) throws Exception {
        Checks checks = new Checks(application.config(), brokers.clientSettings(), feed.ledger());
        int labelled = feed.ledger().labelled.size();
        await("all " + labelled + " examples logged", () -> checks.examples() >= labelled);
        Map<String, OnlineLearner> offline = checks.trainedOnce();
        await("the last step published", () -> checks.published(offline));
        System.out.printf("    resident memory of the instances in MB: %s, at the end %s%n", before, memory());
        for (Instance instance : instances) {
            instance.stop();
        }
        checks.scoredOnce();
        checks.setAsideOnce();
        checks.sameBytes(checks.trainedOnce());
        checks.versionsAdvance();
        if (application.config().topics().series() != null) {
            new SeriesCheck(application.config(), brokers.clientSettings()).toldRight();
        }
        List<Double> took = recovery.seconds();
        System.out.printf(
                "    %d faults; recovery median %.1f s, p99 %.1f s, longest %.1f s%n",
                took.size(),
                took.get(took.size() / 2),
                took.get((int) Math.ceil(0.99 * took.size()) - 1),
                took.get(took.size() - 1));
    }

    private List<Long> memory() {
        return instances.stream().map(i -> i.residentKb() / 1024).collect(Collectors.toList());
    }

    private void createInputs() throws Exception {
        short replicas = (short) Math.min(3, brokers.number());
        try (Admin admin = Admin.create(brokers.clientSettings())) {
            admin.createTopics(List.of(
                            new NewTopic(application.labelled(), Application.PARTITIONS, replicas),
                            new NewTopic(application.unlabelled(), Application.PARTITIONS, replicas)))
                    .all()
                    .get();
        }
    }

    private void watch() {
        try (Committed scored = new Committed(
                brokers.clientSettings(), application.config().topics().scored())) {
            while (!over.get()) {
                scored.poll().forEach(record -> recovery.scored(record.key(), record.partition()));
            }
        }
    }

    private void await(String what, Callable<Boolean> condition) {
        await(what, positions, condition);
    }

    /** Waits while something advances, no instance has ended by itself, and neither feed nor reader has failed. */
    private void await(String what, Callable<?> advancing, Callable<Boolean> condition) {
        String where = what + " (see " + CrashSettings.directory().resolve(application.id()) + ")";
        Wait.until(where, advancing, () -> {
            for (Instance instance : instances) {
                instance.verifyAlive();
            }
            for (CompletableFuture<Void> helper : helpers) {
                if (helper.isCompletedExceptionally()) {
                    // Whatever it is, and if Kafka calls it passing: nobody tries again.
                    Throwable cause = helper.handle((nothing, fault) -> fault).join();
                    throw new AssertionError("the feed or the reader has failed", cause);
                }
            }
            return condition.call();
        });
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        for (Instance instance : instances) {
            instance.discard();
        }
        feed.close();
        positions.close();
    }
}
