package io.credence.bayes.linalg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * What the bits of a posterior depend on besides its events: posteriors are byte-equal on equal platforms.
 *
 * @param cpu processor, its vector extensions for which the BLAS has kernels of their own, and architecture
 * @param jdk version and vendor of the Java runtime
 * @param blas version of the BLAS and checksum of its library
 */
public record Platform(String cpu, String jdk, String blas) {
    /*
     * The BLAS would tell its build and the kernels that it chose (openblas_get_config, openblas_get_corename), but the
     * Java binding that ND4J brings has no way to ask: the checksum of the library and what the choice depends on serve.
     */
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> EXTENSIONS =
            List.of("avx", "avx2", "fma", "avx512f", "avx512_bf16", "sve", "asimd");

    /** The platform of this process; unpacks and reads the BLAS library (about a second the first time). */
    public static Platform current() {
        return new Platform(
                processor() + " " + System.getProperty("os.arch"),
                System.getProperty("java.runtime.version") + " " + System.getProperty("java.vendor"),
                openblas_nolapack.OPENBLAS_VERSION.strip() + " crc32c=" + library() + forced());
    }

    /** What Linux says of the first processor; empty elsewhere or if it says nothing. */
    static String cpu(String key) {
        return Files.isReadable(CPU_INFO) ? first(lines(), key, "") : "";
    }

    private static String processor() {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.name");
        }
        List<String> lines = lines();
        List<String> flags =
                List.of(first(lines, "flags", first(lines, "Features", "")).split(" "));
        String name = first(lines, "model name", first(lines, "CPU part", "unknown"));
        return name + " "
                + String.join(" ", EXTENSIONS.stream().filter(flags::contains).toList());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(CPU_INFO);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + CPU_INFO, e);
        }
    }

    private static String first(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String library() {
        Blas.load();
        String binding = Loader.load(openblas_nolapack.class);
        Path directory = binding == null ? null : Path.of(binding).getParent();
        if (directory == null) {
            return "unknown";
        }
        try (var files = Files.list(directory)) {
            Path library = files.filter(f -> f.getFileName().toString().contains("libopenblas."))
                    .sorted()
                    .findFirst()
                    .orElse(null);
            if (library == null) {
                return "unknown";
            }
            CRC32C crc = new CRC32C();
            crc.update(Files.readAllBytes(library));
            return Long.toHexString(crc.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the BLAS library in " + directory, e);
        }
    }

    /** A kernel that was forced upon the BLAS. */
    private static String forced() {
        String core = CoreType.forced();
        return core == null ? "" : " coretype=" + core;
    }
}
