package io.credence.tool.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The text of a file, read once from its beginning, so that a pipe will do; unpacked if it is gzip. */
final class TableText {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TableText() {}

    /** @throws CsvException naming the file and what is wrong with it */
    static String read(Path file) {
        try {
            return text(file, unpacked(bytes(file)));
        } catch (NoSuchFileException e) {
            throw new CsvException("file '" + file + "' does not exist");
        } catch (OutOfMemoryError e) {
            throw new CsvException("file '" + file + "' is too large for the memory of this process: raise -Xmx");
        } catch (IOException e) {
            throw new CsvException("file '" + file + "' cannot be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return System.in.readAllBytes();
        }
        if (Files.isDirectory(file)) {
            throw new CsvException("file '" + file + "' is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        }
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
        if (!gzip) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static String text(Path file, byte[] bytes) {
        Charset charset = charset(bytes);
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CsvException("file '" + file + "' is not " + charset + " text");
        }
    }

    /** UTF-8, unless a byte-order mark says UTF-16. */
    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff
                ? StandardCharsets.UTF_16BE
                : mark == 0xfffe ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }
}
