package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changelogs of the scorer's stores as wide as the input topic that their tasks read.
 *
 * <p>Kafka Streams refuses to run when the two differ, and what it advises would delete the model. Partitions may be added
 * to these changelogs: an entry belongs to a partition of the input, not to a key that could move. The learner's stores
 * hang on the training topic, where a key would move away from its model: that is refused.
 */
final class InputGrowth {
    private final CredenceConfig config;
    private final AdminTopics topics;

    InputGrowth(CredenceConfig config, AdminTopics topics) {
        this.config = config;
        this.topics = topics;
    }

    /** @throws StartupException if a topic has other partitions than its stores, and more would not heal it */
    void fit() {
        Changelogs changelogs = Changelogs.of(config);
        TreeSet<String> all = config.topics().inputs().collect(Collectors.toCollection(TreeSet::new));
        all.addAll(changelogs.all());
        if (config.topics().learns()) {
            all.add(config.topics().training());
        }
        config.topics().hops().forEach(all::add);
        if (config.topics().series() != null) {
            all.add(config.topics().series());
        }
        all.add(config.topics().notices());
        Map<String, Integer> found = topics.existing(all);
        refuseOther(found, changelogs.learning());
        refuseMoved(found, config.topics().waiting(), changelogs.joining());
        refuseMoved(found, config.topics().events(), changelogs.deduplicating());
        refuseOtherNotices(found, changelogs.alerting());
        if (config.topics().series() != null) {
            refuseGrown(found, config.topics().series(), changelogs);
            return;
        }
        if (config.topics().events() != null) {
            refuseMoved(found, config.topics().events(), changelogs.scoring());
            return;
        }
        String input = config.topics().unlabelled();
        if (input == null || !found.containsKey(input)) {
            return;
        }
        int wanted = found.getOrDefault(input, 0);
        for (String changelog : changelogs.scoring()) {
            int has = found.getOrDefault(changelog, wanted);
            if (has > wanted) {
                throw new StartupException(fewer(input, wanted, has));
            }
            if (has < wanted) {
                topics.extend(changelog, wanted);
            }
        }
    }

    private void refuseOther(Map<String, Integer> found, List<String> learning) {
        String training = config.topics().training();
        Integer partitions = found.get(training);
        for (String changelog : learning) {
            Integer has = found.get(changelog);
            if (partitions != null && has != null && !has.equals(partitions)) {
                throw new StartupException("training topic " + training + " has " + partitions
                        + " partition(s), but its models were learned from " + has + ", says topic " + changelog
                        + ": keys would move away from their models. Export the models (credence model export), and import"
                        + " them under another application.id with another " + TopicSection.TRAINING);
            }
        }
    }

    /** The series topic is ours: its number of partitions is fixed when it is created. */
    private static void refuseGrown(Map<String, Integer> found, String series, Changelogs changelogs) {
        Integer partitions = found.get(series);
        for (String changelog : Stream.of(changelogs.remembering(), changelogs.scoring())
                .flatMap(List::stream)
                .toList()) {
            Integer has = found.get(changelog);
            if (partitions != null && has != null && !has.equals(partitions)) {
                throw new StartupException("series topic " + series + " has " + partitions
                        + " partition(s), but its series are remembered in " + has + ", says topic " + changelog
                        + ": series would move away from their past. Name another topic in " + TopicSection.SERIES
                        + " under another application.id");
            }
        }
    }

    /** What hangs on a topic that is read by event id would not find its events in the partitions where they are now. */
    private static void refuseMoved(Map<String, Integer> found, @Nullable String topic, List<String> changelogs) {
        Integer partitions = topic == null ? null : found.get(topic);
        for (String changelog : changelogs) {
            Integer has = found.get(changelog);
            if (partitions != null && has != null && !has.equals(partitions)) {
                throw new StartupException("topic " + topic + " has " + partitions + " partition(s), but topic "
                        + changelog + " has " + has
                        + ": what is stored by event id would not be found where it is. Name another topic, which is"
                        + " created with " + TopicSection.PARTITIONS + ", or delete " + changelog
                        + "; what waits there is lost, nothing that was learned");
            }
        }
    }

    private void refuseOtherNotices(Map<String, Integer> found, List<String> alerting) {
        String notices = config.topics().notices();
        for (String changelog : alerting) {
            int has = found.getOrDefault(changelog, 0);
            int now = found.getOrDefault(notices, has);
            if (has != 0 && has != now) {
                throw new StartupException("notices topic " + notices + " has " + now
                        + " partition(s), but its episodes were kept for " + has + ", says topic " + changelog
                        + ": models would move away from their open episodes. Name a new topic in "
                        + TopicSection.NOTICES
                        + " and delete that changelog: open episodes are forgotten, nothing else");
            }
        }
    }

    private static String fewer(String input, int now, int before) {
        return "input topic " + input + " has " + now + " partition(s), but had " + before
                + " when its events were last scored: it was deleted and created again with fewer. Give it as many again:"
                + " kafka-topics.sh --alter --topic " + input + " --partitions " + before
                + ", and start the service; nothing that was learned is lost";
    }
}
