package io.credence.cli;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.linalg.Platform;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.OfflineFold;
import io.credence.stream.state.StateDigest;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fold}: what the models must be, computed from the training log alone. */
@Command(
        name = "fold",
        description = "Fold the committed training log offline and print the digest of every model. The running service"
                + " has the same digest at the same version: see 'model show'.")
final class FoldCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--model", paramLabel = "KEY", description = "Print this model only.")
    private @Nullable String modelKey;

    @Option(
            names = "--at",
            paramLabel = "EPOCH/STEP",
            description = "Print the model as it was when it came to this version rather than at the end of the log."
                    + " Corrections of labels change counters and replay memory without a new version: those that came"
                    + " after it are not in it.")
    private @Nullable ModelVersion at;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        CredenceConfig config = options.load();
        Platform platform = Platform.current();
        out.println("platform cpu=" + platform.cpu() + " jdk=" + platform.jdk() + " blas=" + platform.blas());
        if (at != null) {
            String key = modelKey == null ? "" : modelKey;
            print(out, List.of(OfflineFold.at(config, key, at)));
            return;
        }
        OfflineFold.Result result = OfflineFold.run(config);
        out.printf(
                "log topic=%s partitions=%d examples=%d commands=%d refused=%d%n",
                config.topics().training(),
                result.partitions(),
                result.examples(),
                result.commands(),
                result.refused());
        if (result.firstOffsets() > 0) {
            out.println(
                    "warning: the beginning of the log has been deleted, so that these are not the service's models");
        }
        print(out, result.models());
    }

    private void print(PrintWriter out, List<LearnerState> models) {
        for (LearnerState state : models) {
            if (modelKey == null || modelKey.equals(state.modelKey())) {
                out.printf(
                        "model key=\"%s\" epoch=%d step=%d events=%d digest=%s%n",
                        state.modelKey(),
                        state.version().epoch(),
                        state.version().step(),
                        state.events(),
                        StateDigest.of(state));
            }
        }
        out.flush();
    }
}
