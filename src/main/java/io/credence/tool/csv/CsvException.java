package io.credence.tool.csv;

/** A file that cannot be used; the message is one sentence that names the file and, where known, the row and column. */
public final class CsvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the user */
    public CsvException(String message) {
        super(message);
    }
}
