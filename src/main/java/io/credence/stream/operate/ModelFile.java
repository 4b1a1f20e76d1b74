package io.credence.stream.operate;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.Shape;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.state.StateSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A model in a file: all of a published snapshot, that is everything but the replay reservoir. Version 1; all numbers
 * are little-endian.
 *
 * <pre>
 *  0  4×u8   "CRDN"
 *  4  u8     version of this layout, 1
 *  5  u8     form of the snapshot: 1 is the Avro binary of PosteriorSnapshot
 *  6  i64    shape fingerprint
 * 14  i64    epoch
 * 22  i64    step
 * 30  i64    events
 * 38  32×u8  SHA-256 of bytes 0 to 37 and 70 to the end
 * 70  …      snapshot
 * </pre>
 */
public final class ModelFile {
    private static final byte[] MAGIC = {'C', 'R', 'D', 'N'};
    private static final byte VERSION = 1;
    private static final int CHECKSUM = 38;
    private static final int SNAPSHOT = 70;

    /** For what the shape does not say: the key, and how Avro frames its lists. */
    private static final int ROOM = 1 << 16;

    private ModelFile() {}

    /**
     * Writes a model: beside the file first, so that the file is there completely or not at all.
     *
     * @throws ModelException if that fails
     */
    public static void write(Path file, LearnerState state) {
        Path target = file.toAbsolutePath();
        try {
            Path draft = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
            try {
                Files.write(draft, encode(state));
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new ModelException("cannot write " + file + ": " + e, e);
        }
    }

    /**
     * The model in a file, of a shape that is known: a larger file cannot be one, and is not read.
     *
     * @throws ModelException if it cannot be read, is larger than such a model, or is no model of a version that is known
     */
    public static LearnerState read(Path file, Shape shape) {
        long most = SNAPSHOT + ROOM + 2 * StateSize.body(shape);
        try (InputStream in = open(file, most)) {
            byte[] head = in.readNBytes(SNAPSHOT);
            // Before the rest: what is no model may have no end.
            refuseOthers(head, file.toString());
            byte[] rest = in.readNBytes((int) Math.min(Integer.MAX_VALUE - SNAPSHOT, most));
            if (SNAPSHOT + rest.length > most) {
                throw tooLarge(file, "more than " + most, most);
            }
            byte[] bytes = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, bytes, head.length, rest.length);
            return decode(bytes, file.toString());
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e, e);
        }
    }

    private static InputStream open(Path file, long most) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ModelException(file + " is a directory, no exported model");
        }
        if (Files.isRegularFile(file) && Files.size(file) > most) {
            throw tooLarge(file, Long.toString(Files.size(file)), most);
        }
        return Files.newInputStream(file);
    }

    private static ModelException tooLarge(Path file, String size, long most) {
        return new ModelException(
                file + " has " + size + " bytes, but an export of a model of this configuration has at" + " most "
                        + most + ": it is none, or was made with another configuration of " + Shape.COVERED);
    }

    private static void refuseOthers(byte[] bytes, String name) {
        if (bytes.length < SNAPSHOT || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new ModelException(name + " is no exported model");
        }
    }

    static byte[] encode(LearnerState state) {
        byte[] snapshot = SnapshotCodec.encode(state);
        ByteBuffer file = ByteBuffer.allocate(SNAPSHOT + snapshot.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put(VERSION)
                .put((byte) SnapshotCodec.FORMAT)
                .putLong(state.fingerprint())
                .putLong(state.version().epoch())
                .putLong(state.version().step())
                .putLong(state.events())
                .put(SNAPSHOT, snapshot);
        return file.put(checksum(file.array())).array();
    }

    static LearnerState decode(byte[] bytes, String name) {
        refuseOthers(bytes, name);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        int version = file.get() & 0xff;
        int format = file.get() & 0xff;
        if (version != VERSION || format != SnapshotCodec.FORMAT) {
            throw new ModelException(name + " has version " + version + " with a snapshot of form " + format
                    + ", but this release reads version " + VERSION + " with form " + SnapshotCodec.FORMAT
                    + ": use the release of Credence that wrote it, or a newer one");
        }
        byte[] stored = Arrays.copyOfRange(bytes, CHECKSUM, SNAPSHOT);
        if (!MessageDigest.isEqual(stored, checksum(bytes))) {
            throw new ModelException(name + " is damaged: its checksum does not fit");
        }
        LearnerState state = SnapshotCodec.decode(Arrays.copyOfRange(bytes, SNAPSHOT, bytes.length))
                .fold(s -> s, fault -> {
                    throw new ModelException(name + ": " + fault.detail());
                });
        boolean told = file.getLong() == state.fingerprint()
                && state.version().equals(new ModelVersion(file.getLong(), file.getLong()))
                && file.getLong() == state.events();
        if (!told) {
            throw new ModelException(name + " is damaged: its header tells of another model");
        }
        return state;
    }

    private static byte[] checksum(byte[] file) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(file, 0, CHECKSUM);
            sha.update(file, SNAPSHOT, file.length - SNAPSHOT);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
