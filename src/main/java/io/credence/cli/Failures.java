package io.credence.cli;

import io.credence.stream.config.Credentials;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user sees of a failure: one sentence on standard error, and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FATAL = 1;
    static final int CONFIGURATION = 2;

    private final BooleanSupplier stacktrace;

    /** @param stacktrace whether the stack trace follows the sentence */
    Failures(BooleanSupplier stacktrace) {
        this.stacktrace = stacktrace;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        ConfigException fault = configFault(failure);
        say(command, sentence(fault == null ? failure : fault), failure);
        return fault == null ? FATAL : CONFIGURATION;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        say(command, sentence(failure), failure);
        if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            command.getErr()
                    .println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for what is understood.");
        }
        return CONFIGURATION;
    }

    private void say(CommandLine command, String sentence, Exception failure) {
        command.getErr().println("credence: " + Credentials.hidden(sentence));
        if (stacktrace.getAsBoolean()) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
    }

    /** Kafka wraps a wrong setting into one exception or two. */
    private static @Nullable ConfigException configFault(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConfigException fault) {
                return fault;
            }
        }
        return null;
    }

    /** What went wrong, for people: a class of Java only where there is nothing else to say. */
    static String sentence(Throwable failure) {
        Throwable root = failure;
        boolean unlinked = false;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            root = t;
            unlinked |= t instanceof LinkageError;
            if (t instanceof OutOfMemoryError) {
                return "there was not enough memory (" + t.getMessage() + "): give Java more (-Xmx), or take fewer or"
                        + " smaller models";
            }
        }
        if (unlinked) {
            return "native code cannot be loaded (" + root.getMessage() + "): the library for "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + " must be beside the jar, and"
                    + " the directory that it is unpacked to must be writable and allow execution: name one with"
                    + " -Dorg.bytedeco.javacpp.cachedir=DIRECTORY before -jar";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getName() : message.strip();
    }
}
