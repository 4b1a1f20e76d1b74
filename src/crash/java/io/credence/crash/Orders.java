package io.credence.crash;

import io.credence.stream.operate.Models;
import io.credence.stream.operate.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Model commands as an operator gives them, while instances die: a reset, a forget, or an import of what is published now. */
final class Orders {
    private final Models models;
    private final String first;
    private final Ledger ledger;

    Orders(Application application, Ledger ledger) {
        this.models = new Models(application.config());
        this.first = application.keyed() ? Feed.SITE : "";
        this.ledger = ledger;
    }

    /** Gives one; returns when it is in the training log. */
    void give(Random random) {
        List<Map.Entry<String, Published>> published =
                new ArrayList<>(models.list().entrySet());
        if (published.isEmpty()) {
            models.reset(first);
            announce("reset", first);
        } else {
            var model = published.get(random.nextInt(published.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    models.reset(model.getKey());
                    announce("reset", model.getKey());
                }
                case 1 -> {
                    models.forget(model.getKey());
                    announce("forget", model.getKey());
                }
                default -> {
                    models.importing(model.getKey(), model.getValue().state());
                    announce("import", model.getKey());
                }
            }
        }
        ledger.commands.incrementAndGet();
    }

    private static void announce(String what, String model) {
        System.out.println("    " + what + " of model '" + model + "'");
    }
}
