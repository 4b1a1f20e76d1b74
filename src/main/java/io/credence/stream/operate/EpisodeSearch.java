package io.credence.stream.operate;

import io.credence.stream.avro.Alert;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks for the episode that somebody names on the alerts topic, as it was told of last. One thread. */
final class EpisodeSearch {
    private final String topic;
    private final String modelKey;
    private final String id;
    private final Map<String, Alert> last = new TreeMap<>();

    /**
     * @param modelKey of the model whose alert it is; empty for any
     * @param id of the episode, or of an event that was the worst of it in one of its records
     */
    EpisodeSearch(String topic, String modelKey, String id) {
        this.topic = topic;
        this.modelKey = modelKey;
        this.id = id;
    }

    /** Takes a record of the topic. Those of an episode come in order, as its id is their key. */
    void accept(Alert alert) {
        if (!modelKey.isEmpty() && !alert.getModelKey().equals(modelKey)) {
            return;
        }
        String episode = episode(alert);
        if (episode.equals(id) || alert.getEventId().equals(id) || last.containsKey(episode)) {
            last.put(episode, alert);
        }
    }

    /**
     * The last record of the one episode that is meant.
     *
     * @throws ModelException if there is none, or more than one
     */
    Alert found() {
        if (last.isEmpty()) {
            throw new ModelException("no alert of an episode or event '" + id + "'"
                    + (modelKey.isEmpty() ? "" : " of model '" + modelKey + "'") + " is on topic " + topic
                    + ": take the episodeId or eventId of one");
        }
        if (last.size() > 1) {
            TreeSet<String> models =
                    last.values().stream().map(Alert::getModelKey).collect(Collectors.toCollection(TreeSet::new));
            throw new ModelException("event '" + id
                    + "' is the worst of several episodes: take one of their episodeIds, " + last.keySet()
                    + (models.size() > 1 ? ", or name one of the models with --model: " + models : ""));
        }
        return last.values().iterator().next();
    }

    /** The id of an alert's episode; alerts that are older than episodes are each their own. */
    static String episode(Alert alert) {
        return alert.getEpisodeId().isEmpty() ? alert.getEventId() : alert.getEpisodeId();
    }
}
