package io.credence.stream.state;

import io.credence.bayes.linalg.CounterRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * The program of the page "Reading the model": predictions from the records of the posteriors topic, by the schemas
 * alone. Of Credence it uses the generator of random numbers, to draw the weights that the service draws.
 */
final class ModelReader {
    /** The network's word on one event, in standardised units. */
    record Network(
            double output, double mean, double epistemic, double aleatoric, double known, double noise, double apart) {}

    private final GenericRecord snapshot;
    private final boolean binary;
    private final boolean[] numeric;
    private final List<Integer> sizes = new ArrayList<>();
    private final float[] mu;
    private final double[] sigma;
    private final int weights;
    private final double[] standardisation;

    /**
     * @param chunks values of the records of one version on the posteriors topic, in the order of their indexes
     * @param numeric whether the feature of each column is numeric
     * @param hidden units of each hidden layer, {@code credence.hidden}
     */
    ModelReader(
            List<byte[]> chunks, Schema chunk, Schema snapshot, boolean[] numeric, List<Integer> hidden, boolean binary)
            throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(
                chunks.stream().mapToInt(value -> value.length).sum());
        for (byte[] value : chunks) {
            whole.put((ByteBuffer) read(chunk, value, 5).get("payload"));
        }
        this.snapshot = read(snapshot, whole.array(), 0);
        this.binary = binary;
        this.numeric = numeric;
        sizes.add(numeric.length);
        sizes.addAll(hidden);
        sizes.add(1);
        mu = floats("mu");
        float[] rho = floats("rho");
        sigma = new double[rho.length];
        for (int i = 0; i < rho.length; i++) {
            sigma[i] = Math.log1p(Math.exp(rho[i]));
        }
        int count = 0;
        for (int l = 1; l < sizes.size(); l++) {
            count += (sizes.get(l - 1) + 1) * sizes.get(l);
        }
        weights = count;
        standardisation = doubles("standardisation");
    }

    private static GenericRecord read(Schema schema, byte[] bytes, int from) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
        return new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    }

    private float[] floats(String field) {
        FloatBuffer buffer = ((ByteBuffer) snapshot.get(field))
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private double[] doubles(String field) {
        return ((List<?>) snapshot.get(field))
                .stream().mapToDouble(v -> (Double) v).toArray();
    }

    /** Standardised columns; those that are not numeric features pass. */
    float[] standardise(double[] columns) {
        float[] x = new float[columns.length];
        for (int i = 0; i < x.length; i++) {
            double mean = standardisation[14 * i + 1];
            double deviation = Math.sqrt(standardisation[14 * i + 2] / standardisation[14 * i]);
            double z = deviation <= 1e-13 * Math.abs(mean) ? 0 : (columns[i] - mean) / deviation;
            if (columns[i] == standardisation[14 * i + 9]) {
                z = Math.copySign(Math.min(2, Math.abs(z)), z);
            } else if (Math.abs(z) > 5) {
                z = Math.copySign(5 * (1 + Math.log(Math.abs(z) / 5)), z);
            }
            x[i] = (float) (numeric[i] ? z : columns[i]);
            if (Float.isNaN(x[i])) {
                x[i] = numeric[i] ? 0 : (float) mean;
            }
        }
        return x;
    }

    /** The word of the champion, or its mixture with the rival's if there is one. */
    Network network(float[] x, long seed, int samples) {
        Network champion = member(0, x, seed, samples);
        if (mu.length == weights) {
            return champion;
        }
        double[] memory = doubles("memory");
        Network rival = member(1, x, seed, samples);
        double shift = -DriftReader.walkingShare(doubles("drift"), binary) * memory[3];
        double w = memory[1];
        double apart = Math.pow(rival.mean() + shift - champion.mean(), 2);
        double earned = Math.max(0, 2 * w - 1);
        return new Network(
                (1 - w) * champion.output() + w * (rival.output() + shift),
                (1 - w) * champion.mean() + w * (rival.mean() + shift),
                (1 - w) * champion.epistemic() + w * rival.epistemic() + w * (1 - w) * apart,
                (1 - w) * champion.aleatoric() + w * rival.aleatoric(),
                (1 - earned) * champion.known() + earned * rival.known() + earned * (1 - w) * apart,
                champion.noise(),
                apart);
    }

    /** A member's moments over S samples of its weights, drawn as the service draws them. */
    private Network member(int member, float[] x, long seed, int samples) {
        double ridge = binary ? 0 : ridge(x);
        CounterRandom random = CounterRandom.of(
                seed, CounterRandom.hash(snapshot.get("modelKey").toString()), 0, 6);
        float[] epsilon = new float[weights];
        double[] f = new double[samples];
        for (int s = 0; s < samples; s++) {
            int sign = s % 2 == 0 ? 1 : -1;
            if (sign == 1) {
                random.fill(epsilon, epsilon.length);
            }
            double[] w = new double[weights];
            for (int i = 0; i < w.length; i++) {
                int at = member * weights + i;
                w[i] = mu[at] + sign * sigma[at] * epsilon[i];
            }
            int pairs = samples / 2;
            double xi = ridge > 0 && s < 2 * pairs ? sign * quantile(0.5 + (s / 2 + 0.5) / (2.0 * pairs)) : 0;
            f[s] = forward(x, w) + ridge * xi;
        }
        double noise = doubles("observationNoise")[3 * member];
        if (binary) {
            return moments(f, noise, Double.NaN, 1);
        }
        float[] last = floats("lastLayer");
        int from = member * weights;
        int part = last.length / (mu.length / weights);
        KnownReader known = new KnownReader(
                sizes,
                Arrays.copyOfRange(mu, from, from + weights),
                Arrays.copyOfRange(sigma, from, from + weights),
                Arrays.copyOfRange(last, member * part, (member + 1) * part));
        return moments(f, noise, known.variance(x) + ridge * ridge, known.noise(noise));
    }

    /** How far beyond six deviations an event lies. */
    private double ridge(float[] x) {
        float[] highest = standardise(ends(4, 1));
        float[] lowest = standardise(ends(10, -1));
        double beyond = 0;
        for (int i = 0; i < x.length; i++) {
            double border = numeric[i] ? Math.max(6, x[i] > 0 ? highest[i] : -lowest[i]) : 6;
            beyond = Math.max(beyond, Math.abs(x[i]) - border);
        }
        return 0.5 * beyond * beyond;
    }

    private double[] ends(int from, int sign) {
        double[] seen = doubles("seen");
        double[] ends = new double[numeric.length];
        for (int i = 0, at = 2; i < ends.length; i++) {
            ends[i] = Double.NaN;
            if (numeric[i]) {
                double[] six = Arrays.stream(seen, at + from, at + from + 6)
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .toArray();
                ends[i] = six.length < 3 ? Double.NaN : sign * six[six.length - 3];
                at += 18;
            }
        }
        return ends;
    }

    private double forward(float[] x, double[] w) {
        double[] a = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            a[i] = x[i];
        }
        int at = 0;
        for (int l = 1; l < sizes.size(); l++) {
            int outputs = sizes.get(l);
            double[] z = new double[outputs];
            for (int j = 0; j < outputs; j++) {
                z[j] = w[at + a.length * outputs + j];
                for (int i = 0; i < a.length; i++) {
                    z[j] += w[at + i * outputs + j] * a[i];
                }
                z[j] = l < sizes.size() - 1 ? Math.max(0, z[j]) : z[j];
            }
            at += (a.length + 1) * outputs;
            a = z;
        }
        return a[0];
    }

    private Network moments(double[] f, double noise, double known, double share) {
        double output = 0;
        double mean = 0;
        double aleatoric = 0;
        for (double value : f) {
            double m = binary ? sigmoid(value) : value;
            output += value / f.length;
            mean += m / f.length;
            aleatoric += (binary ? m * (1 - m) : noise) / f.length;
        }
        double epistemic = 0;
        for (double value : f) {
            double m = binary ? sigmoid(value) : value;
            epistemic += (m - mean) * (m - mean) / (binary ? f.length : f.length - 1);
        }
        return new Network(output, mean, epistemic, aleatoric, known, share, 0);
    }

    /** Mean and variances of one event in units of the label: the drift layer, then the target's scale. */
    double[] predict(Network network, float[] x, long time) {
        double[] corrected = {network.mean(), network.epistemic(), network.aleatoric()};
        double[] stored = doubles("drift");
        if (stored.length > 0) {
            corrected = new DriftReader(stored, x.length, binary).correct(network, x, time);
        }
        corrected = binary ? towards(corrected, x) : corrected;
        int at = standardisation.length - 14;
        double n = standardisation[at];
        double size = standardisation[at + 1] == 0 ? 1 : Math.abs(standardisation[at + 1]);
        double doubt = size * Math.pow(2, 1 - n);
        double variance = standardisation[at + 2] / n;
        double told = variance > 0 ? Math.sqrt(variance + doubt * doubt) : Math.max(doubt, size / (100 * n));
        double unit = n == 0 ? 1 : told; // Classes have no unit.
        double centre = standardisation[at + 1];
        return new double[] {centre + unit * corrected[0], unit * unit * corrected[1], unit * unit * corrected[2]};
    }

    /** Far out, mean and variances of two classes go to how frequent class 1 is. */
    private double[] towards(double[] corrected, float[] x) {
        double[] seen = doubles("seen");
        double rate = seen[seen.length - 1];
        double w = ridge(x) / (1 + ridge(x));
        double between = w * (1 - w) * Math.pow(rate - corrected[0], 2);
        return new double[] {
            (1 - w) * corrected[0] + w * rate,
            (1 - w) * corrected[1] + w * rate * (1 - rate) + between,
            (1 - w) * corrected[2]
        };
    }

    static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** The quantile of the standard normal distribution, by bisection of Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/15 + …). */
    private static double quantile(double p) {
        double low = 0;
        double high = 6;
        for (int i = 0; i < 60; i++) {
            double z = (low + high) / 2;
            double sum = z;
            double term = z;
            for (int k = 3; k < 200; k += 2) {
                term *= z * z / k;
                sum += term;
            }
            boolean below = 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) < p;
            low = below ? z : low;
            high = below ? high : z;
        }
        return low;
    }
}
